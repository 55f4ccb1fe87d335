// @ts-check
/** The learner's map and the reference map, side by side in one layout, apart or merged by origin. */
import { h, setAttributes, setText, svg } from "../../base/dom.js";
import { pairs, referenceLinks } from "./compare.js";
import { canMove, picture, roomIn, run, watchWidth } from "./drawing.js";
import { layoutWithin, only } from "./layout.js";
import { independent, mergeByOrigin, nodesOf, originOf, UNKNOWN } from "./origins.js";

/** @typedef {import("../../base/shapes.js").ArrowsKey} ArrowsKey */
/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("./compare.js").Pair} Pair */
/** @typedef {import("./compare.js").Standing} Standing */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./names.js").ArrowsHost} ArrowsHost */
/** @typedef {import("./names.js").Names} Names */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {"mine"|"theirs"} Side */
/** @typedef {{drawn: Record<Side, SVGSVGElement>, placed: Layout, standings: Set<Standing>, isAbsent: boolean}} Drawing isAbsent: a box is on one of the maps only */

const RUN_MILLISECONDS = 520;
/** @type {Side[]} */
const SIDES = ["mine", "theirs"];
/** @type {{standing: Standing, said: (t: Translate) => string}[]} what the lines mean */
const LINES = [
  { standing: "both", said: (t) => t("arrows.line.both") },
  { standing: "relation", said: (t) => t("arrows.line.relation") },
  { standing: "mine", said: (t) => t("arrows.line.mine") },
  { standing: "theirs", said: (t) => t("arrows.line.theirs") },
  { standing: "optional", said: (t) => t("arrows.line.optional") },
];

/**
 * @param {ArrowsHost} host
 * @param {Names} names
 */
export function mapsPart({ t, uid, say, signal }, names) {
  let isMerged = false;
  /** @type {{mine: Link[], theirs: (Link & {weight?: number})[], origins: Record<string, string>}} */
  let now = { mine: [], theirs: [], origins: {} };
  /** @type {ReturnType<typeof setTimeout>[]} */
  let timers = [];

  const boxes = {
    mine: h("div", { class: "cd-map-box", role: "group", tabindex: 0, "aria-label": t("arrows.yourMap") }),
    theirs: h("div", { class: "cd-map-box", role: "group", tabindex: 0, "aria-label": t("arrows.referenceMap") }),
  };
  const numbers = {
    mine: h("strong", { class: "cd-merge-number" }),
    theirs: h("strong", { class: "cd-merge-reference" }),
  };
  const button = h("button", { type: "button", class: "cd-button cd-small" }, t("arrows.merge"));
  const rule = h("p", { class: "cd-hint" });
  const bar = h(
    "div",
    { class: "cd-merge" },
    h(
      "div",
      {},
      h("p", { class: "cd-merge-title" }, t("arrows.independent")),
      h("p", { class: "cd-merge-count" }, t("arrows.onYours"), " ", numbers.mine),
      h("p", { class: "cd-merge-count" }, t("arrows.onReference"), " ", numbers.theirs),
      rule,
    ),
    button,
  );
  const legend = h("ul", { class: "cd-map-legend", role: "list", "aria-label": t("arrows.legend") });
  const element = h(
    "div",
    { class: "cd-maps" },
    h(
      "div",
      { class: "cd-map-pair" },
      h("figure", {}, h("figcaption", { class: "cd-report-title" }, t("arrows.yourMap")), boxes.mine),
      h("figure", {}, h("figcaption", { class: "cd-report-title" }, t("arrows.referenceMap")), boxes.theirs),
    ),
    legend,
    bar,
  );

  const count = (/** @type {Side} */ side, /** @type {boolean} */ merged) =>
    independent(now[side], merged ? now.origins : {});
  const ruleWords = () => {
    if (!isMerged) return t("arrows.each");
    const isLost = SIDES.some((side) =>
      now[side].some(({ source }) => source !== UNKNOWN && originOf(now.origins, source) === UNKNOWN),
    );
    return isLost ? `${t("arrows.byOrigin")} ${t("arrows.notCounted")}` : t("arrows.byOrigin");
  };
  const stop = () => {
    timers.forEach((timer) => clearTimeout(timer));
    timers = [];
  };
  signal.addEventListener("abort", stop, { once: true });

  /**
   * @param {boolean} merged
   * @returns {Drawing}
   */
  function drawing(merged) {
    const [mine, theirs] = SIDES.map((side) => (merged ? mergeByOrigin(now[side], now.origins).edges : now[side]));
    const all = pairs(mine, theirs);
    const { groups } = mergeByOrigin([...now.theirs, ...now.mine], merged ? now.origins : {});
    const held = groups.map(({ id, members }) => ({
      id,
      title: names.node(id),
      parts: members.filter((member) => member !== id).map(names.node),
    }));
    const links = all.map((pair) => /** @type {Link} */ (pair.theirs ?? pair.mine));
    const room = Math.min(...SIDES.map((side) => roomIn(boxes[side])));
    const whole = layoutWithin(
      held,
      links.map((link) => ({ ...link, label: names.relation(link.relation) })),
      room,
    );
    const words = held
      .filter(({ parts }) => parts.length)
      .map(({ title, parts }) => t("arrows.holds", { node: title, nodes: parts.join(", ") }))
      .join(" ");
    const sides = SIDES.map((side) => sideOf(side, { all, whole, words, merged }));
    return {
      drawn: { mine: sides[0].drawn, theirs: sides[1].drawn },
      placed: whole,
      standings: new Set(all.map(({ standing }) => standing)),
      isAbsent: sides.some(({ absent }) => absent.size > 0),
    };
  }

  /**
   * @param {Side} side
   * @param {{all: Pair[], whole: Layout & {fits: boolean}, words: string, merged: boolean}} options
   */
  function sideOf(side, { all, whole, words, merged }) {
    const here = all.flatMap((pair, at) => {
      const link = pair[side];
      return link ? [{ at, link, standing: pair.standing }] : [];
    });
    const chosen = here.map(({ at, link }) => ({ at, label: names.relation(link.relation) }));
    const placed = { ...whole, ...only(whole, chosen) };
    const touched = new Set(nodesOf(here.map(({ link }) => link)));
    const absent = new Set(
      whole.boxes.filter(({ id, parts }) => !touched.has(id) && !parts.length).map(({ id }) => id),
    );
    const links = here.map(({ link }) => names.link(link)).join("; ");
    const label = merged
      ? t("arrows.altMerged", { groups: words, links })
      : t("arrows.alt", { count: here.length, links });
    const looks = here.map(({ standing }) => standing);
    return { absent, drawn: picture(placed, { label, looks, absent, uid: (part) => uid(`${side}-${part}`) }) };
  }

  /** @param {Drawing} shown */
  function place({ drawn, standings, isAbsent }) {
    for (const side of SIDES) boxes[side].replaceChildren(drawn[side]);
    legend.replaceChildren(
      ...LINES.filter(({ standing }) => standings.has(standing)).map(({ standing, said }) =>
        h("li", {}, lineSample(standing), h("span", {}, said(t))),
      ),
      ...(isAbsent ? [h("li", {}, boxSample(), h("span", {}, t("arrows.line.absent")))] : []),
    );
  }

  /** @param {boolean} moving */
  function draw(moving) {
    stop();
    const wanted = drawing(isMerged);
    setAttributes(button, { "aria-pressed": String(isMerged) });
    setText(rule, ruleWords());
    for (const side of SIDES) setText(numbers[side], String(count(side, isMerged)));
    if (!moving || !canMove(wanted.drawn.mine)) return place(wanted);
    const [apart, together] = isMerged ? [drawing(false), wanted] : [wanted, drawing(true)];
    place(apart);
    const boxOf = (/** @type {string} */ id) => originOf(now.origins, id);
    for (const side of SIDES) {
      run(apart.drawn[side], apart.placed, together.placed, {
        boxOf,
        back: !isMerged,
        milliseconds: RUN_MILLISECONDS,
      });
      countTo(numbers[side], count(side, !isMerged), count(side, isMerged));
    }
    timers.push(setTimeout(() => place(wanted), RUN_MILLISECONDS));
  }

  /**
   * @param {HTMLElement} number
   * @param {number} from
   * @param {number} to
   */
  function countTo(number, from, to) {
    const steps = Math.abs(from - to);
    setText(number, String(from));
    for (let step = 1; step <= steps; step += 1)
      timers.push(
        setTimeout(
          () => setText(number, String(from + Math.sign(to - from) * step)),
          (RUN_MILLISECONDS * step) / steps,
        ),
      );
  }

  button.addEventListener(
    "click",
    () => {
      isMerged = !isMerged;
      draw(true);
      say(t("arrows.said", { mine: count("mine", isMerged), theirs: count("theirs", isMerged), rule: ruleWords() }));
    },
    { signal },
  );
  watchWidth(boxes.mine, () => now.mine.length && draw(false), signal);

  return {
    element,
    /**
     * @param {ArrowsKey} key
     * @param {Link[]} edges
     */
    show(key, edges) {
      now = { mine: edges, theirs: referenceLinks(key), origins: key.origins };
      bar.hidden = !Object.keys(now.origins).length;
      isMerged = false;
      draw(false);
    },
  };
}

/** @param {Standing} standing */
const lineSample = (standing) =>
  svg(
    "svg",
    { class: "cd-map-sample", viewBox: "0 0 44 10", "aria-hidden": "true" },
    svg("path", { class: "cd-map-link", "data-look": standing, d: "M1 5H43" }),
  );

const boxSample = () =>
  svg(
    "svg",
    { class: "cd-map-sample", viewBox: "0 0 44 16", "aria-hidden": "true" },
    svg("g", { class: "cd-map-node", "data-absent": true }, svg("rect", { x: 6, y: 1, width: 32, height: 14, rx: 3 })),
  );
