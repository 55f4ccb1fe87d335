// @ts-check
/** Picking sentences of the article by ticking them. */
import { h } from "../base/dom.js";
import { showDialog } from "./dialog.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./form.js").Sentence} Sentence */

/**
 * A button that opens the article's sentences.
 *
 * @param {Form} form
 * @param {{label: string, at: string, chosen: () => string[], done: (chosen: Sentence[]) => void}} given
 */
export function sentencePicker(form, { label, at, chosen, done }) {
  const button = h("button", { type: "button", class: "cd-button cd-small", "data-at": at }, label);
  button.addEventListener("click", () => {
    const { t, material, uid } = form;
    const before = new Set(chosen());
    const rows = material.sentences.map((sentence) => {
      const control = h("input", { class: "cd-tick", type: "checkbox", value: sentence.id });
      control.checked = before.has(sentence.id);
      const id = h("span", { class: "cd-author-id" }, sentence.id);
      const words = h("span", { dir: "auto", translate: "no" }, sentence.text);
      return { sentence, control, row: h("label", { class: "cd-author-tick" }, control, id, words) };
    });
    const root = /** @type {HTMLElement} */ (form.element.closest(".copydesk"));
    showDialog({
      root,
      uid,
      title: t("author.pick.title"),
      content: rows.length ? rows.map(({ row }) => row) : [h("p", {}, t("author.pick.none"))],
      buttons: [
        {
          text: t("author.pick.take"),
          primary: true,
          act: () => done(rows.filter(({ control }) => control.checked).map(({ sentence }) => sentence)),
        },
        { text: t("author.cancel") },
      ],
      wide: true,
    });
  });
  return button;
}
