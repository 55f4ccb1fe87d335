// @ts-check
/** The reliability picture: how sure the learner was against how often right, as SVG, in words and as a table. */
import { h, setText, svg, uidMaker } from "../base/dom.js";
import { panel } from "../base/panel.js";
import { percentIn } from "../base/text.js";
import { answersTo } from "../store/page.js";
import { browserStorage } from "../store/storage.js";
import { BANDS, brier, judgements, LEAST_IN_BAND, reliability } from "./measures.js";
import style from "./reliability.css";

export { style };

/** @typedef {import("../base/types.js").Translate} Translate */
/** @typedef {import("./measures.js").Band} Band */

const WIDEST = 520;
const NARROWEST = 260;

/** @param {import("../base/types.js").Desk<import("../base/contents.js").ReliabilityContent>} desk */
export function render(desk) {
  const { content, store, t, signal } = desk;
  const uid = uidMaker();
  const percent = percentIn(content.language);
  const number = new Intl.NumberFormat(content.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const count = h("p", { class: "cd-progress" });
  const body = h("div", { class: "cd-reliability" });
  const picture = h("div", { class: "cd-reliability-picture" });
  /** @type {Band[]} */
  let bands = [];
  let shown = "";
  let width = WIDEST;

  const draw = () => picture.replaceChildren(reliabilityPicture(t, percent, bands, width));

  function update() {
    const given = [...judgements(content.tasks, store.entries()), ...judgementsElsewhere(content)];
    const state = JSON.stringify(given);
    if (state === shown) return;
    shown = state;
    bands = reliability(given);
    setText(count, t("reliability.count", { count: given.length }));
    if (given.length < LEAST_IN_BAND) {
      body.replaceChildren(
        h("p", { class: "cd-reliability-few" }, t("reliability.tooFew", { count: given.length, least: LEAST_IN_BAND })),
        h("p", { class: "cd-quiet" }, t("reliability.howTo")),
      );
      return;
    }
    draw();
    const score = number.format(brier(given) ?? 0);
    body.replaceChildren(
      picture,
      key(t),
      h(
        "p",
        { class: "cd-brier" },
        h("strong", {}, t("reliability.brier", { score })),
        " ",
        h("span", { class: "cd-quiet" }, t("reliability.brierNote")),
      ),
      h(
        "details",
        { class: "cd-reliability-numbers" },
        h("summary", {}, t("reliability.table")),
        table(t, percent, bands),
      ),
    );
  }

  if (typeof ResizeObserver === "function") {
    const observer = new ResizeObserver(([entry]) => {
      const found = Math.max(NARROWEST, Math.min(WIDEST, Math.floor(entry.contentRect.width)));
      if (Math.abs(found - width) < 8) return;
      width = found;
      if (picture.isConnected) draw();
    });
    observer.observe(body);
    signal.addEventListener("abort", () => observer.disconnect());
  }
  store.listen(update, signal);
  if (content.lessons?.length) globalThis.addEventListener?.("storage", update, { signal });
  update();
  return panel(
    uid,
    { title: content.title, beside: count },
    h("p", { class: "cd-reliability-mirror" }, t("reliability.mirror")),
    body,
  );
}

/**
 * The judgements in other lessons: in a notebook Python sends their answers, in a page this browser keeps them.
 *
 * @param {Pick<import("../base/contents.js").ReliabilityContent, "lessons"> & import("../base/contents.js").Common} content
 * @param {import("../store/storage.js").KeyValueStorage|null} [storage]
 */
export function judgementsElsewhere(content, storage = browserStorage()) {
  return content.lessons.flatMap(({ lesson, tasks, entries }) =>
    judgements(tasks, answersTo(content, { lesson, entries }, storage)),
  );
}

/**
 * What the picture shows, in words: the same bands and numbers as in the figure of a notebook.
 *
 * @param {Translate} t
 * @param {Intl.NumberFormat} percent
 * @param {Band[]} bands
 */
export function description(t, percent, bands) {
  const said = bands
    .filter(({ count }) => count)
    .map(({ band, count, right, enough }) => {
      const numbers = { band: percent.format(band / 100), right: Math.round((right ?? 0) * count), count };
      return enough ? t("reliability.band", numbers) : t("reliability.bandFew", numbers);
    });
  return t("reliability.alt", { bands: said.join(" ") });
}

/**
 * @param {Translate} t
 * @param {Intl.NumberFormat} percent
 * @param {Band[]} bands
 * @param {number} width in the same units as the size of the text, so that text stays readable in a narrow column
 */
function reliabilityPicture(t, percent, bands, width) {
  const left = 58;
  const right = 26;
  const top = 46;
  const inner = Math.min(340, width - left - right + 60);
  const height = top + inner + 88;
  const across = (/** @type {number} */ share) => left + 14 + ((share - 0.5) / 0.5) * (width - left - right - 14);
  const up = (/** @type {number} */ share) => top + inner - share * inner;
  const base = top + inner + 38;
  const radius = width < 340 ? 11 : 14;
  const element = svg("svg", {
    class: "cd-reliability-svg",
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": description(t, percent, bands),
  });
  const label = (
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {string} */ text,
    /** @type {Record<string, string>} */ more = {},
  ) => element.append(svg("text", { x, y, ...more }, text));
  for (const share of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
    element.append(svg("line", { class: "cd-grid", x1: left, x2: width - 6, y1: up(share), y2: up(share) }));
    label(left - 7, up(share) + 4, percent.format(share), { "text-anchor": "end", class: "cd-tick-label" });
  }
  element.append(svg("line", { class: "cd-axis", x1: left, x2: width - 6, y1: base, y2: base }));
  for (const band of BANDS)
    label(across(band / 100), base + 18, percent.format(band / 100), {
      "text-anchor": "middle",
      class: "cd-tick-label",
    });
  label(left + (width - left) / 2, height - 8, t("reliability.x"), { "text-anchor": "middle" });
  label(14, top + inner / 2, t("reliability.y"), {
    "text-anchor": "middle",
    transform: `rotate(-90 14 ${top + inner / 2})`,
  });
  label(left, 18, t("reliability.above"), { class: "cd-region", "text-anchor": "start" });
  label(width - 6, base - 7, t("reliability.below"), { class: "cd-region", "text-anchor": "end" });
  element.append(svg("line", { class: "cd-diagonal", x1: across(0.5), x2: across(1), y1: up(0.5), y2: up(1) }));
  for (const { band, count, right: share, confidence, enough } of bands) {
    if (share === null || confidence === null) continue;
    const [x, y] = [across(confidence), up(share)];
    if (enough) element.append(svg("line", { class: "cd-gap-line", x1: x, x2: x, y1: up(confidence), y2: y }));
    element.append(
      svg("circle", { class: "cd-dot", "data-band": band, "data-enough": String(enough), cx: x, cy: y, r: radius }),
    );
    label(x, y + 4.5, String(count), { "text-anchor": "middle", class: "cd-dot-count", "data-enough": String(enough) });
  }
  return element;
}

/** @param {Translate} t */
function key(t) {
  const line = svg(
    "svg",
    { class: "cd-key-mark", viewBox: "0 0 28 16", "aria-hidden": "true", focusable: "false" },
    svg("line", { class: "cd-diagonal", x1: 1, x2: 27, y1: 8, y2: 8 }),
  );
  const dot = (/** @type {boolean} */ enough) =>
    svg(
      "svg",
      { class: "cd-key-mark", viewBox: "0 0 28 16", "aria-hidden": "true", focusable: "false" },
      svg("circle", { class: "cd-dot", "data-enough": String(enough), cx: 14, cy: 8, r: 6 }),
    );
  return h(
    "ul",
    { class: "cd-reliability-key", role: "list" },
    h("li", {}, line, t("reliability.diagonal")),
    h("li", {}, dot(true), t("reliability.enough", { least: LEAST_IN_BAND })),
    h("li", {}, dot(false), t("reliability.few")),
  );
}

/**
 * @param {Translate} t
 * @param {Intl.NumberFormat} percent
 * @param {Band[]} bands
 */
function table(t, percent, bands) {
  const head = [t("reliability.sure"), t("reliability.judgements"), t("reliability.right"), t("reliability.share")];
  return h(
    "table",
    { class: "cd-table" },
    h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
    h(
      "tbody",
      {},
      ...bands.map(({ band, count, right, enough }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, percent.format(band / 100)),
          h("td", {}, String(count)),
          h("td", {}, right === null ? "–" : String(Math.round(right * count))),
          h(
            "td",
            { class: enough ? null : "cd-quiet" },
            right === null
              ? "–"
              : enough
                ? percent.format(right)
                : t("reliability.shareFew", { share: percent.format(right) }),
          ),
        ),
      ),
    ),
  );
}
