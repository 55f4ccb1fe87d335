// @ts-check
/** Own-article mode: a part of the page with its heading. */
import { h } from "../../base/dom.js";

/**
 * A part of the page with a heading that can have the focus.
 *
 * @param {string} id of the heading
 * @param {string|Node[]} title
 * @param {...import("../../base/dom.js").Child} children
 */
export function section(id, title, ...children) {
  return h(
    "div",
    { class: "cd-item", role: "group", "aria-labelledby": id },
    h("h3", { class: "cd-heading", id, tabindex: -1 }, ...[title].flat()),
    ...children,
  );
}
