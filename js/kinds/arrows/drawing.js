// @ts-check
/** A laid-out source map as a picture, and how its boxes run from one layout to another. */
import { svg } from "../../base/dom.js";
import { UNKNOWN } from "./origins.js";
import { LINE, SMALL } from "./wrap.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").PlacedBox} PlacedBox */
/** @typedef {import("./compare.js").Standing} Standing */

const PAD = 9;
/** Units of the picture to one em of the text around it, so that the picture grows with the text. */
const UNITS = 16;

/**
 * @param {Layout & {fits?: boolean}} placed fits: the picture is drawn smaller rather than scrolled
 * @param {{label: string, looks: (Standing|undefined)[], uid: (name: string) => string, absent?: Set<string>}} options
 *   looks: how each arrow appears on the two maps; absent: boxes that no arrow of this map touches
 */
export function picture(placed, { label, looks, uid, absent = new Set() }) {
  const { left, width, height, apart, fits, boxes, arrows } = placed;
  const used = [...new Set(looks.map((look) => look ?? "plain"))];
  const drawn = svg(
    "svg",
    { class: "cd-map", viewBox: `${left} 0 ${width} ${height}`, role: "img", "aria-label": label },
    svg("defs", {}, ...used.map((look) => head(look, uid(`head-${look}`)))),
  );
  drawn.style.inlineSize = `${width / UNITS}em`;
  drawn.style.maxInlineSize = fits ? "100%" : "";
  if (apart !== null) drawn.append(svg("path", { class: "cd-map-apart", d: `M${left + 10} ${apart}h${width - 20}` }));
  arrows.forEach(({ path }, index) => {
    const look = looks[index] ?? "plain";
    drawn.append(
      svg("path", { class: "cd-map-link", "data-look": look, d: path, "marker-end": `url(#${uid(`head-${look}`)})` }),
    );
  });
  for (const { label: name } of arrows) {
    if (!name) continue;
    const middle = name.x + name.width / 2;
    drawn.append(
      svg("rect", { class: "cd-map-paper", x: name.x, y: name.y, width: name.width, height: name.height, rx: 3 }),
      ...name.lines.map((line, row) =>
        svg(
          "text",
          { class: "cd-map-relation", x: middle, y: name.y + SMALL * row + 12, "text-anchor": "middle" },
          line,
        ),
      ),
    );
  }
  drawn.append(...boxes.map((box) => boxPicture(box, absent.has(box.id))));
  return drawn;
}

/**
 * @param {string} look
 * @param {string} id
 */
const head = (look, id) =>
  svg(
    "marker",
    {
      id,
      class: "cd-map-head",
      "data-look": look,
      viewBox: "0 0 10 10",
      refX: 9,
      refY: 5,
      markerWidth: 9,
      markerHeight: 9,
      markerUnits: "userSpaceOnUse",
      orient: "auto",
    },
    svg("path", { d: "M0 0 10 5 0 10z" }),
  );

/**
 * @param {PlacedBox} box
 * @param {boolean} isAbsent
 */
function boxPicture(box, isAbsent) {
  const middle = box.width / 2;
  const text = box.lines.length * LINE + (box.partLines.length ? 6 + box.partLines.length * SMALL : 0);
  const top = Math.max(PAD, (box.height - text) / 2);
  return svg(
    "g",
    {
      class: box.id === UNKNOWN ? "cd-map-node cd-map-unknown" : "cd-map-node",
      "data-node": box.id,
      "data-holds": String(box.parts.length),
      "data-absent": isAbsent,
      transform: `translate(${box.x} ${box.y})`,
    },
    svg("rect", { width: box.width, height: box.height, rx: 5 }),
    ...box.lines.map((line, row) =>
      svg("text", { class: "cd-map-title", x: middle, y: top + LINE * row + 12.5, "text-anchor": "middle" }, line),
    ),
    ...box.partLines.map((line, row) =>
      svg("text", { class: "cd-map-part", x: PAD, y: top + LINE * box.lines.length + SMALL * row + 16 }, line),
    ),
  );
}

/**
 * How much room a box has for a picture, in units of the picture; a good guess where nothing is laid out yet.
 *
 * @param {HTMLElement} box
 */
export function roomIn(box) {
  const style = getComputedStyle(box);
  const inside = box.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
  const room = (inside / Number.parseFloat(style.fontSize)) * UNITS;
  return room > 0 ? room : 700;
}

/**
 * Draw again when the width changes.
 *
 * @param {HTMLElement} box
 * @param {() => void} draw
 * @param {AbortSignal} signal
 */
export function watchWidth(box, draw, signal) {
  if (!globalThis.ResizeObserver) return;
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (!box.clientWidth || box.clientWidth === width) return;
    width = box.clientWidth;
    draw();
  });
  observer.observe(box);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}

/** @param {SVGSVGElement} drawn */
export const canMove = (drawn) => Boolean(drawn.animate) && !matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Let the boxes of a picture run to their places in another layout, or come from there.
 *
 * @param {SVGSVGElement} drawn
 * @param {Layout} here the layout that is drawn
 * @param {Layout} there
 * @param {{boxOf: (id: string) => string, back: boolean, milliseconds: number}} options boxOf: which box there is meant; back: whether they come from there
 */
export function run(drawn, here, there, { boxOf, back, milliseconds }) {
  const aside = here.left + here.width / 2 - there.left - there.width / 2;
  for (const node of drawn.querySelectorAll("[data-node]")) {
    const id = node.getAttribute("data-node") ?? "";
    const from = here.boxes.find((box) => box.id === id);
    const to = there.boxes.find((box) => box.id === boxOf(id));
    if (!from || !to) continue;
    const ends = [`translate(${from.x}px, ${from.y}px)`, `translate(${to.x + aside}px, ${to.y}px)`].map(
      (transform) => ({ transform }),
    );
    node.animate(back ? [...ends].reverse() : ends, {
      duration: milliseconds,
      easing: "ease-in-out",
      fill: back ? "none" : "forwards",
    });
  }
  for (const line of drawn.querySelectorAll(".cd-map-link, .cd-map-relation, .cd-map-paper")) {
    line.animate([{ opacity: back ? 0 : 1 }, { opacity: back ? 0 : 0.15, offset: 0.6 }, { opacity: back ? 1 : 0 }], {
      duration: milliseconds,
      fill: back ? "none" : "forwards",
    });
  }
}
