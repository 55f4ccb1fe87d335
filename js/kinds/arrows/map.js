// @ts-check
/** The map that a learner draws: tap one node and then another, and an arrow to take it away. */
import { h, setAttributes, setText } from "../../base/dom.js";
import { canMove, picture, roomIn, run, watchWidth } from "./drawing.js";
import { layoutWithin } from "./layout.js";
import { UNKNOWN } from "./origins.js";
import { stepOf, targetAt } from "./tapping.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./names.js").ArrowsHost} ArrowsHost */
/** @typedef {import("./names.js").Names} Names */
/** @typedef {import("../../base/shapes.js").Link} Link */
/**
 * What the map asks of the answer. add gives back a fault in words, or nothing.
 *
 * @typedef {{add: (link: Link) => string, remove: (link: Link) => void, undo: () => void, canUndo: () => boolean}} Answer
 */

const MOVE_MILLISECONDS = 260;

/**
 * @param {ArrowsHost} host
 * @param {Names} names
 * @param {Answer} answer
 */
export function mapPart({ task, t, uid, say, signal }, names, answer) {
  const nodes = [...task.nodes.map(({ id }) => id), UNKNOWN];
  /** @type {Link[]} */
  let edges = [];
  let from = "";
  /** @type {{said: string, link: Link|null}} what was done last; link: the one whose relation can be said now */
  let last = { said: "", link: null };
  /** @type {Layout|undefined} */
  let placed;
  /** @type {SVGSVGElement|undefined} */
  let drawn;

  const how = h("p", { class: "cd-legend cd-map-how" }, t("arrows.how"));
  const box = h("div", { class: "cd-map-box", role: "group", tabindex: 0, "aria-label": t("arrows.box") });
  const state = h("p", { class: "cd-map-state" });
  const leave = h("button", { type: "button", class: "cd-button cd-small" }, t("arrows.leave"));
  const undo = h("button", { type: "button", class: "cd-button cd-small" }, t("arrows.undo"));
  const relations = task.relations.map(({ id, text }) => ({
    id,
    button: h("button", { type: "button", class: "cd-button cd-small" }, text),
  }));
  const kinds = h(
    "div",
    { class: "cd-map-relations", role: "group", "aria-label": t("arrows.relation") },
    ...relations.map(({ button }) => button),
  );
  const bar = h("div", { class: "cd-map-bar" }, state, kinds, h("div", { class: "cd-map-undo" }, leave, undo));
  const element = h("div", { class: "cd-map-frame" }, how, box, bar);

  /** @param {boolean} [moving] */
  function draw(moving = false) {
    const before = placed;
    const arrows = edges.map((edge) => ({ ...edge, label: names.relation(edge.relation) }));
    const boxes = nodes.map((id) => ({ id, title: names.node(id), parts: [] }));
    placed = layoutWithin(boxes, arrows, roomIn(box));
    const label = edges.length
      ? t("arrows.alt", { count: edges.length, links: edges.map(names.link).join("; ") })
      : t("arrows.altEmpty");
    drawn = picture(placed, { label, looks: edges.map(() => undefined), uid: (name) => uid(`draw-${name}`) });
    box.replaceChildren(drawn);
    mark();
    if (moving && before && canMove(drawn))
      run(drawn, placed, before, { boxOf: (id) => id, back: true, milliseconds: MOVE_MILLISECONDS });
  }

  /** Show where a link has been begun, and say in words what can be done now. */
  function mark() {
    for (const node of drawn?.querySelectorAll("[data-node]") ?? [])
      setAttributes(node, { "data-from": node.getAttribute("data-node") === from });
    setAttributes(bar, { "data-busy": Boolean(from || last.said) });
    setText(state, from ? t("arrows.fromTo", { from: names.node(from) }) : last.said || t("arrows.tapFirst"));
    leave.hidden = !from;
    undo.hidden = Boolean(from) || !answer.canUndo();
    kinds.hidden = Boolean(from) || !last.link || !relations.length;
    for (const { id, button } of relations)
      setAttributes(button, { "aria-pressed": String(last.link?.relation === id) });
  }

  /** @param {string} [said] */
  function drop(said = t("arrows.left")) {
    from = "";
    say(said);
    box.focus({ preventScroll: true });
    mark();
  }

  /** @param {Link} link */
  function put(link) {
    const fault = answer.add(link);
    const isOpen = relations.length > 0 && !link.relation;
    const said = { link: names.link(link) };
    last = fault
      ? { said: fault, link: null }
      : { said: isOpen ? t("arrows.drawnHow", said) : t("arrows.drawn", said), link };
    if (fault) say(fault);
    mark();
  }

  /** @param {MouseEvent} event */
  const pointOf = (event) => {
    const { left, top, width } = /** @type {SVGSVGElement} */ (drawn).getBoundingClientRect();
    const { left: begin, width: units } = /** @type {Layout} */ (placed);
    const unit = units / width;
    return { x: begin + (event.clientX - left) * unit, y: (event.clientY - top) * unit };
  };

  /** @param {MouseEvent} event */
  function tap(event) {
    if (!placed || !drawn) return;
    const step = stepOf(from, targetAt(placed, pointOf(event)), edges);
    if (step.does === "nothing") return;
    box.focus({ preventScroll: true });
    if (step.does === "remove") {
      const link = edges[step.arrow];
      answer.remove(link);
      last = { said: t("arrows.taken", { link: names.link(link) }), link: null };
      mark();
      return;
    }
    if (step.does === "begin") {
      from = step.node;
      say(t("arrows.fromTo", { from: names.node(from) }));
      mark();
      return;
    }
    const source = from;
    if (step.does === "leave") return drop();
    if (step.does === "known") {
      last = { said: t("arrows.known"), link: null };
      return drop(last.said);
    }
    from = "";
    put({ source, target: step.node, relation: null });
  }

  /** @param {PointerEvent} event */
  function point(event) {
    if (!placed || !drawn || event.pointerType === "touch") return;
    const step = stepOf(from, targetAt(placed, pointOf(event)), edges);
    setAttributes(drawn, { "data-over": step.does === "nothing" ? null : step.does });
    drawn.querySelectorAll(".cd-map-link").forEach((path, index) => {
      setAttributes(path, { "data-over": step.does === "remove" && step.arrow === index });
    });
  }

  box.addEventListener("click", tap, { signal });
  box.addEventListener("pointermove", point, { signal });
  element.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !from) return;
      event.preventDefault();
      event.stopPropagation(); // the host would leave the cell, too
      drop();
    },
    { signal },
  );
  leave.addEventListener("click", () => drop(), { signal });
  undo.addEventListener(
    "click",
    () => {
      last = { said: "", link: null };
      answer.undo();
      box.focus({ preventScroll: true });
      mark();
    },
    { signal },
  );
  for (const { id, button } of relations)
    button.addEventListener(
      "click",
      () => last.link && last.link.relation !== id && put({ ...last.link, relation: id }),
      { signal },
    );
  watchWidth(box, () => draw(), signal);

  return {
    element,
    /**
     * @param {Link[]} next
     * @param {boolean} moving whether the learner sees how the map changes
     */
    draw(next, moving) {
      edges = next;
      if (!moving) {
        from = "";
        last = { said: "", link: null };
      }
      draw(moving);
    },
    /**
     * Say what the lists have done, so that it can be undone here, too.
     *
     * @param {string} said
     */
    tell(said) {
      from = "";
      last = { said, link: null };
      mark();
    },
  };
}
