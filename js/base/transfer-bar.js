// @ts-check
/** The bar that takes answers out as a file, and in. */
import { copyBox, savedText } from "./copy-box.js";
import { h, icon, setText } from "./dom.js";
import { statusLine } from "./save-status.js";

/** @typedef {import("./types.js").Desk} Desk */

/**
 * Saved or not, where nothing below says so; download, import.
 *
 * @param {Desk} desk
 * @param {import("./types.js").Store & import("./types.js").Transfer} store
 * @param {{save: (name: string, text: string) => boolean, withStatus: boolean}} given
 */
export function transferBar(desk, store, { save, withStatus }) {
  const { t, signal, say } = desk;
  const status = statusLine({ ...desk, say: () => undefined }); // the view below announces a problem; once is enough
  const said = h("p", { class: "cd-bar-said", "data-ok": "true" }, store.moved?.() ?? "");
  const tell = (/** @type {string} */ text, /** @type {boolean} */ ok) => {
    setText(said, text);
    said.dataset.ok = String(ok);
    say(text);
  };
  const copy = h("div", {});
  const download = h("button", { type: "button", class: "cd-button cd-small" }, icon("down"), t("bar.download"));
  const upload = h("button", { type: "button", class: "cd-button cd-small" }, icon("up"), t("bar.import"));
  const file = h("input", {
    type: "file",
    accept: ".json,application/json",
    multiple: true,
    hidden: true,
    "aria-label": t("bar.import"),
  });
  download.addEventListener(
    "click",
    () => {
      const { name, text } = store.file();
      const isSure = save(name, text);
      tell(savedText(t, name, isSure, true), true);
      copy.replaceChildren(isSure ? "" : copyBox(desk, text));
    },
    { signal },
  );
  upload.addEventListener("click", () => file.click(), { signal });
  file.addEventListener(
    "change",
    async () => {
      const chosen = [...(file.files ?? [])];
      const read = async (/** @type {File} */ one) => {
        const tooLarge = store.tooLarge(one.size);
        return tooLarge ? { ok: false, text: tooLarge } : store.read(await one.text());
      };
      const results = await Promise.all(chosen.map(read));
      file.value = "";
      const texts = new Set(results.map(({ text }) => text));
      if (results.length)
        tell(
          [...texts].join(" "),
          results.every(({ ok }) => ok),
        );
    },
    { signal },
  );
  const element = h(
    "div",
    { class: "cd-bar", role: "group", "aria-label": t("bar.title") },
    h(
      "div",
      { class: "cd-bar-line" },
      withStatus ? status.element : "",
      h("div", { class: "cd-bar-buttons" }, download, upload, file),
    ),
    said,
    copy,
  );
  store.listen(() => status.update(), signal);
  status.update();
  return element;
}
