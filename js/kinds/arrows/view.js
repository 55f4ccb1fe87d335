// @ts-check
/** The desk of a source map: the map to tap, the lists that say the same, and what is said after a check. */
import { h, hasFocus } from "../../base/dom.js";
import { inline } from "../../base/text.js";
import { linkForm } from "./form.js";
import { keepInPlace } from "./keep-in-place.js";
import { distinct, find } from "./links.js";
import look from "./map.css";
import { mapPart } from "./map.js";
import { linkText, namesOf } from "./names.js";
import { UNKNOWN } from "./origins.js";
import { reportPart } from "./report.js";
import rules from "./style.css";

export const style = `${look}\n${rules}`;

/** @typedef {import("../../base/shapes.js").ArrowsResponse} ArrowsResponse */
/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("./names.js").ArrowsHost} ArrowsHost */

const MOST_LINKS = 200;

/**
 * @param {ArrowsHost} host
 * @returns {import("../../base/types.js").Part<ArrowsResponse>}
 */
export function render(host) {
  const { task, t, uid, signal } = host;
  const names = namesOf(host);
  /** @type {Link[]} */
  let edges = [];
  /** @type {Link[][]} the maps before each change, the last one at the end */
  let history = [];
  const map = mapPart(host, names, { add, remove, undo, canUndo: () => history.length > 0 });
  const form = linkForm(host, names, (link) => {
    const fault = add(link);
    if (!fault) map.tell(t("arrows.drawn", { link: names.link(link) }));
    return fault;
  });
  const title = h("p", { class: "cd-report-title", id: uid("links") }, t("arrows.links"));
  const list = h("ul", { class: "cd-link-list", role: "list", "aria-labelledby": uid("links") });
  const empty = h("p", { class: "cd-hint" }, t("arrows.empty"));
  const report = reportPart(host, names);
  const notes = task.nodes.filter(({ note }) => note);
  const work = h(
    "div",
    { class: "cd-arrows-work" },
    map.element,
    form.element,
    h("div", { class: "cd-links" }, title, empty, list),
  );
  const element = h(
    "div",
    { class: "cd-arrows" },
    notes.length
      ? h(
          "dl",
          { class: "cd-classes" },
          ...notes.map(({ text, note }) => h("div", {}, h("dt", {}, ...inline(text)), h("dd", {}, ...inline(note)))),
        )
      : null,
    work,
  );

  /**
   * @param {Link} link
   * @returns {string} a fault in words, or nothing
   */
  function add(link) {
    const known = find(edges, link);
    if (known && (known.relation ?? null) === link.relation) return t("arrows.known");
    if (!known && edges.length >= MOST_LINKS) return t("arrows.full");
    put(known ? edges.map((edge) => (edge === known ? link : edge)) : [...edges, link]);
    const said = { link: names.link(link), count: edges.length };
    host.say(known ? t("arrows.changed", said) : t("arrows.added", said));
    return "";
  }

  /** @param {Link} link */
  function remove(link) {
    put(edges.filter((edge) => edge !== link));
    host.say(t("arrows.removed", { link: names.link(link), count: edges.length }));
  }

  function undo() {
    const before = history.pop();
    if (!before) return;
    change(before);
    host.say(t("arrows.undone", { count: edges.length }));
  }

  /** @param {Link[]} next */
  function put(next) {
    history.push(edges);
    change(next);
  }

  /** @param {Link[]} next */
  function change(next) {
    edges = next;
    draw(true);
    host.change({ kind: "arrows", edges });
  }

  /**
   * A focus on a line of the list stays there, or goes to the line that takes its place.
   *
   * @param {boolean} moving
   */
  function draw(moving) {
    const controls = () => [...list.querySelectorAll("button, select")].filter((one) => one instanceof HTMLElement);
    const focused = controls().findIndex((one) => hasFocus(one));
    empty.hidden = edges.length > 0;
    list.hidden = edges.length === 0;
    list.replaceChildren(...edges.map(row));
    map.draw(edges, moving);
    if (focused >= 0)
      (
        controls()
          .slice(0, focused + 1)
          .at(-1) ?? form
      ).focus();
  }

  /** @param {Link} edge */
  function row(edge) {
    const button = h(
      "button",
      { type: "button", class: "cd-button cd-small", "aria-label": t("arrows.removeOf", { link: names.link(edge) }) },
      t("arrows.remove"),
    );
    button.addEventListener(
      "click",
      () => {
        remove(edge);
        map.tell(t("arrows.taken", { link: names.link(edge) }));
      },
      { signal },
    );
    const relation = task.relations.length ? relationSelect(edge) : null;
    return h("li", { class: "cd-link-row" }, linkText(t, names, edge, true), relation, button);
  }

  /** @param {Link} edge */
  function relationSelect(edge) {
    const select = h(
      "select",
      {
        class: "cd-input cd-select cd-link-choose",
        "aria-label": t("arrows.relationOf", { link: names.link({ ...edge, relation: null }) }),
      },
      h("option", { value: "" }, t("arrows.choose")),
      ...task.relations.map(({ id, text }) => h("option", { value: id }, text)),
    );
    select.value = edge.relation ?? "";
    select.addEventListener("change", () => add({ ...edge, relation: select.value || null }), { signal });
    return select;
  }

  return {
    element,
    report: report.element,
    said: report.said,
    show(response, checked) {
      const known = new Set([UNKNOWN, ...task.nodes.map(({ id }) => id)]);
      edges = distinct(response?.edges ?? []).filter(
        ({ source, target }) => source !== target && known.has(source) && known.has(target),
      );
      history = [];
      keepInPlace(element, () => {
        work.hidden = checked;
        form.element.disabled = checked;
        draw(false);
      });
      if (checked && task.key) report.show(task.key, edges);
    },
  };
}
