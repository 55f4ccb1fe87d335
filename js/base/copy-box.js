// @ts-check
/** What to say of a file that the browser was asked to save, and its text to copy where it may not have been saved. */
import { h, setText } from "./dom.js";

/** @typedef {import("./types.js").Desk} Desk */

/**
 * A page in a frame of another site can't find out whether it may save files, so then it claims nothing.
 *
 * @param {import("./types.js").Translate} t
 * @param {string} name of the file
 * @param {boolean} isSure
 * @param {boolean} [isShown] whether its text is shown, to be copied
 */
export function savedText(t, name, isSure, isShown = false) {
  if (isSure) return t("bar.downloaded", { name });
  return `${t("bar.asked", { name })} ${isShown ? t("bar.copyInstead") : t("bar.ownTab")}`;
}

/**
 * A text to copy, with a button that copies it.
 *
 * @param {Pick<Desk, "t"|"signal"|"say">} desk
 * @param {string} text
 */
export function copyBox({ t, signal, say }, text) {
  const field = h("textarea", { class: "cd-input cd-copy-text", readonly: true, rows: 5, "aria-label": t("bar.text") });
  field.value = text;
  const said = h("span", {});
  const button = h("button", { type: "button", class: "cd-button cd-small" }, t("bar.copy"));
  button.addEventListener(
    "click",
    async () => {
      field.select();
      // A frame may forbid the first way and allow the second, which is old; the text stays selected for a third.
      const isWritten = await navigator.clipboard?.writeText(text).then(
        () => true,
        () => false,
      );
      const isCopied = isWritten || document.execCommand("copy");
      const words = isCopied ? t("bar.copied") : t("bar.selected");
      setText(said, words);
      say(words);
    },
    { signal },
  );
  return h("div", { class: "cd-copy-box" }, field, h("p", { class: "cd-bar-buttons" }, button, said));
}
