// @ts-check
/** The frame of a view that is no task, and the group of inputs that belong to one question. */
import { h } from "./dom.js";

/**
 * A view with its name at the top. The name is the heading with the id ``uid("title")``: here, or in the content.
 *
 * @param {(name: string) => string} uid
 * @param {{title?: string, kicker?: string, beside?: HTMLElement, name?: string}} head title: the view's name;
 *   kicker: what stands above where the content has the name; beside: what stands at its right; name: a class
 * @param {...HTMLElement} content
 * @returns {HTMLElement}
 */
export function panel(uid, { title, kicker, beside, name }, ...content) {
  const line = title ? h("p", { class: "cd-kicker", id: uid("title") }, title) : h("p", { class: "cd-kicker" }, kicker);
  return h(
    "div",
    { class: `cd-desk cd-desk-one ${name ?? ""}`.trim(), role: "group", "aria-labelledby": uid("title") },
    h("div", { class: "cd-head" }, h("div", { class: "cd-head-line" }, line, beside)),
    ...content,
  );
}

/**
 * Inputs with a legend, which belong to a task: a screen reader says the heading, the legend and the description.
 *
 * @param {string} headingId
 * @param {HTMLElement} legend
 * @param {string} describedBy ids of what describes the inputs
 * @param {...(HTMLElement|null)} content
 * @returns {HTMLFieldSetElement}
 */
export function inputGroup(headingId, legend, describedBy, ...content) {
  const labels = { "aria-labelledby": `${headingId} ${legend.id}`, "aria-describedby": describedBy };
  return h("fieldset", { class: "cd-plain-fieldset", ...labels }, legend, ...content);
}
