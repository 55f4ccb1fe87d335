// @ts-check
/** The picture of a source map, and how its nodes run together. */
import { h, setAttributes, setText, svg } from "../../base/dom.js";
import { LINE, layout, SMALL } from "./layout.js";
import { independent, mergeByOrigin, nodesOf, originOf, UNKNOWN } from "./origins.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("../../base/shapes.js").ArrowsKey} ArrowsKey */
/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("../../base/result.js").Tone} Tone */
/** @typedef {import("../../base/types.js").Host<import("../../base/shapes.js").ArrowsTask, import("../../base/shapes.js").ArrowsResponse>} ArrowsHost */
/** @typedef {{node: (id: string) => string, relation: (id: string|null|undefined) => string, link: (link: Link) => string}} Names */

const PAD = 9;
const RUN_MILLISECONDS = 520;
/** Units of the picture to one em of the text around it, so that the picture grows with the text. */
const UNITS = 16;

/**
 * @param {Layout} placed
 * @param {{label: string, tones: (string|undefined)[], uid: (name: string) => string}} look tones: how each arrow was judged
 */
function picture(placed, { label, tones, uid }) {
  const { left, width, height, boxes, arrows } = placed;
  const marker = (/** @type {string} */ tone) =>
    svg(
      "marker",
      {
        id: uid(`head-${tone}`),
        class: "cd-map-head",
        "data-tone": tone,
        viewBox: "0 0 10 10",
        refX: 9,
        refY: 5,
        markerWidth: 8,
        markerHeight: 8,
        markerUnits: "userSpaceOnUse",
        orient: "auto",
      },
      svg("path", { d: "M0 0 10 5 0 10z" }),
    );
  const used = [...new Set(tones.map((tone) => tone ?? "plain"))];
  const drawn = svg(
    "svg",
    { class: "cd-map", viewBox: `${left} 0 ${width} ${height}`, role: "img", "aria-label": label },
    svg("defs", {}, ...used.map(marker)),
  );
  drawn.style.inlineSize = `${width / UNITS}em`;
  arrows.forEach(({ path }, index) => {
    const tone = tones[index] ?? "plain";
    drawn.append(
      svg("path", { class: "cd-map-link", "data-tone": tone, d: path, "marker-end": `url(#${uid(`head-${tone}`)})` }),
    );
  });
  for (const { label: name } of arrows) {
    if (!name) continue;
    drawn.append(
      svg("rect", { class: "cd-map-paper", x: name.x, y: name.y, width: name.width, height: name.height, rx: 3 }),
    );
    name.lines.forEach((line, row) =>
      drawn.append(
        svg(
          "text",
          {
            class: "cd-map-relation",
            x: name.x + name.width / 2,
            y: name.y + SMALL * row + 12,
            "text-anchor": "middle",
          },
          line,
        ),
      ),
    );
  }
  for (const box of boxes) {
    const middle = box.width / 2;
    drawn.append(
      svg(
        "g",
        {
          class: box.id === UNKNOWN ? "cd-map-node cd-map-unknown" : "cd-map-node",
          "data-node": box.id,
          "data-holds": String(box.parts.length),
          transform: `translate(${box.x} ${box.y})`,
        },
        svg("rect", { width: box.width, height: box.height, rx: 5 }),
        ...box.lines.map((line, row) =>
          svg("text", { class: "cd-map-title", x: middle, y: PAD + LINE * row + 12.5, "text-anchor": "middle" }, line),
        ),
        ...box.partLines.map((line, row) =>
          svg("text", { class: "cd-map-part", x: PAD, y: PAD + LINE * box.lines.length + SMALL * row + 16 }, line),
        ),
      ),
    );
  }
  return drawn;
}

/**
 * Let the nodes of a picture run to where their groups will stand, or come from there.
 *
 * @param {SVGSVGElement} drawn
 * @param {Layout} apart the layout that is drawn
 * @param {Layout} together
 * @param {(id: string) => string} groupOf
 * @param {boolean} back whether they come from there
 * @returns {number} how long it takes, in milliseconds: 0 where motion is not wanted
 */
function run(drawn, apart, together, groupOf, back) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches || !drawn.animate) return 0;
  const aside = apart.left + apart.width / 2 - together.left - together.width / 2;
  for (const node of drawn.querySelectorAll("[data-node]")) {
    const id = node.getAttribute("data-node") ?? "";
    const from = apart.boxes.find((box) => box.id === id);
    const to = together.boxes.find((box) => box.id === groupOf(id));
    if (!from || !to) continue;
    const ends = [`translate(${from.x}px, ${from.y}px)`, `translate(${to.x + aside}px, ${to.y}px)`].map(
      (transform) => ({ transform }),
    );
    node.animate(back ? ends.toReversed() : ends, {
      duration: RUN_MILLISECONDS,
      easing: "ease-in-out",
      fill: back ? "none" : "forwards",
    });
  }
  for (const line of drawn.querySelectorAll(".cd-map-link, .cd-map-relation, .cd-map-paper")) {
    line.animate([{ opacity: back ? 0 : 1 }, { opacity: back ? 0 : 0.15, offset: 0.6 }, { opacity: back ? 1 : 0 }], {
      duration: RUN_MILLISECONDS,
      fill: back ? "none" : "forwards",
    });
  }
  return RUN_MILLISECONDS;
}

/**
 * The picture, and after the check the button that merges it by origin.
 *
 * @param {ArrowsHost} host
 * @param {Names} names
 */
export function mapPart({ t, uid, say, signal }, names) {
  let isMerged = false;
  /** @type {{edges: Link[], tones: (Tone|undefined)[], origins: Record<string, string>}} */
  let now = { edges: [], tones: [], origins: {} };
  /** @type {ReturnType<typeof setTimeout>[]} */
  let timers = [];
  const box = h("div", { class: "cd-map-box", role: "group", tabindex: 0, "aria-label": t("arrows.box") });
  const button = h("button", { type: "button", class: "cd-button cd-small" }, t("arrows.merge"));
  const number = h("strong", { class: "cd-merge-number" });
  const rule = h("p", { class: "cd-hint" });
  const bar = h(
    "div",
    { class: "cd-merge", hidden: true },
    button,
    h("div", {}, h("p", { class: "cd-merge-count" }, t("arrows.independent"), " ", number), rule),
  );
  const element = h("div", { class: "cd-map-frame" }, bar, box);

  const count = (/** @type {boolean} */ together) => independent(now.edges, together ? now.origins : {});
  const ruleWords = (/** @type {boolean} */ together) => {
    if (!together) return t("arrows.each");
    return now.edges.some(({ source }) => source !== UNKNOWN && originOf(now.origins, source) === UNKNOWN)
      ? `${t("arrows.byOrigin")} ${t("arrows.notCounted")}`
      : t("arrows.byOrigin");
  };
  const stop = () => {
    timers.forEach((timer) => clearTimeout(timer));
    timers = [];
  };
  signal.addEventListener("abort", stop, { once: true });

  /** @returns {{drawn: SVGSVGElement, placed: Layout}} */
  function apart() {
    const boxes = nodesOf(now.edges).map((id) => ({ id, title: names.node(id), parts: [] }));
    const placed = layout(
      boxes,
      now.edges.map((edge) => ({ ...edge, label: names.relation(edge.relation) })),
    );
    const label = t("arrows.alt", { count: now.edges.length, links: now.edges.map(names.link).join("; ") });
    return { placed, drawn: picture(placed, { label, tones: now.tones, uid }) };
  }

  /** @returns {{drawn: SVGSVGElement, placed: Layout}} */
  function together() {
    const { groups, edges } = mergeByOrigin(now.edges, now.origins);
    const boxes = groups.map(({ id, members }) => ({
      id,
      title: names.node(id),
      parts: members.filter((member) => member !== id).map(names.node),
    }));
    const placed = layout(
      boxes,
      edges.map((edge) => ({ ...edge, label: names.relation(edge.relation) })),
    );
    const held = boxes
      .filter(({ parts }) => parts.length)
      .map(({ title, parts }) => t("arrows.holds", { node: title, nodes: parts.join(", ") }));
    const label = t("arrows.altMerged", { groups: held.join(" "), links: edges.map(names.link).join("; ") });
    return { placed, drawn: picture(placed, { label, tones: edges.map(() => undefined), uid }) };
  }

  /** @param {boolean} moving */
  function draw(moving) {
    stop();
    const [separate, merger] = [apart(), now.edges.length && bar.hidden ? null : together()];
    const wanted = isMerged && merger ? merger.drawn : separate.drawn;
    setAttributes(button, { "aria-pressed": String(isMerged) });
    setText(rule, ruleWords(isMerged));
    const [from, to] = [count(!isMerged), count(isMerged)];
    setText(number, String(to));
    box.replaceChildren(separate.drawn);
    const time =
      moving && merger
        ? run(separate.drawn, separate.placed, merger.placed, (id) => originOf(now.origins, id), !isMerged)
        : 0;
    if (!time) {
      box.replaceChildren(wanted);
      return;
    }
    timers.push(setTimeout(() => box.replaceChildren(wanted), time));
    const steps = Math.abs(from - to);
    for (let step = 0; step < steps; step += 1)
      timers.push(
        setTimeout(
          () => setText(number, String(from + Math.sign(to - from) * (step + 1))),
          (time * (step + 1)) / steps,
        ),
      );
    setText(number, String(from));
  }

  button.addEventListener(
    "click",
    () => {
      isMerged = !isMerged;
      draw(true);
      say(t("arrows.said", { count: count(isMerged), rule: ruleWords(isMerged) }));
    },
    { signal },
  );

  return {
    element,
    /**
     * @param {Link[]} edges
     * @param {(Tone|undefined)[]} tones
     * @param {ArrowsKey|undefined} key
     */
    draw(edges, tones, key) {
      now = { edges, tones, origins: key?.origins ?? {} };
      bar.hidden = !key || !edges.length || !Object.keys(now.origins).length;
      if (bar.hidden) isMerged = false;
      element.hidden = edges.length === 0;
      draw(false);
    },
  };
}
