// @ts-check
/** The frame of a view that is not a task, and the group of inputs that belong to one question. */
import { h, setAttributes } from "./dom.js";

/**
 * A view with its name at the top. The name is the heading with the id ``uid("title")``: here, or in the content.
 *
 * @param {(name: string) => string} uid
 * @param {{title?: string, kicker?: string, beside?: HTMLElement, name?: string}} head title: the view's name;
 *   kicker: shown above where the content has the name; beside: shown at its right; name: a class
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
 * Inputs with a legend, which belong to a task. Its title and its question are said by the task around them.
 *
 * @param {HTMLElement} legend
 * @param {...(HTMLElement|null)} content
 * @returns {HTMLFieldSetElement}
 */
export const inputGroup = (legend, ...content) => h("fieldset", { class: "cd-plain-fieldset" }, legend, ...content);

/**
 * Have a group described while the focus is in it. Who moves from control to control hears the description when the
 * focus comes in; who reads line by line has come past that text, and would hear it twice.
 *
 * @param {HTMLElement} group
 * @param {string} ids of what describes it
 * @param {AbortSignal} signal
 */
export function describeOnFocus(group, ids, signal) {
  const isWithin = (/** @type {EventTarget|null} */ target) => target instanceof Node && group.contains(target);
  group.addEventListener("focusin", () => setAttributes(group, { "aria-describedby": ids }), { signal });
  group.addEventListener(
    "focusout",
    ({ relatedTarget }) => isWithin(relatedTarget) || setAttributes(group, { "aria-describedby": null }),
    { signal },
  );
}
