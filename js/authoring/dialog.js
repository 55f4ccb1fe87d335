// @ts-check
/** A dialog over the page: its heading, what is in it, and its buttons. */
import { h } from "../base/dom.js";

/**
 * Show a dialog until it is closed, by a button or by Escape; the focus goes back to where it was.
 *
 * @param {{root: HTMLElement, uid: (name: string) => string, title: string, content: (Node|string)[], buttons: {text: string, primary?: boolean, act?: () => void}[], wide?: boolean}} given
 * @returns {HTMLDialogElement}
 */
export function showDialog({ root, uid, title, content, buttons, wide = false }) {
  const before = /** @type {HTMLElement|null} */ (
    /** @type {Document|ShadowRoot} */ (root.getRootNode()).activeElement
  );
  const heading = h("h3", { class: "cd-author-heading", id: uid("dialog"), tabindex: -1 }, title);
  const dialog = h("dialog", {
    class: wide ? "cd-author-dialog cd-author-wide" : "cd-author-dialog",
    "aria-labelledby": heading.id,
  });
  const row = h("div", { class: "cd-author-buttons" });
  for (const { text, primary, act } of buttons) {
    const button = h("button", { type: "button", class: `cd-button${primary ? " cd-primary" : ""}` }, text);
    button.addEventListener("click", () => {
      dialog.close();
      act?.();
    });
    row.append(button);
  }
  dialog.append(heading, h("div", { class: "cd-author-dialog-body", tabindex: 0 }, ...content), row);
  dialog.addEventListener("close", () => {
    const isElsewhere = /** @type {Document|ShadowRoot} */ (root.getRootNode()).activeElement;
    dialog.remove();
    if ((!isElsewhere || dialog.contains(isElsewhere)) && before?.isConnected) before.focus();
  });
  root.append(dialog);
  dialog.showModal();
  heading.focus();
  return dialog;
}
