// @ts-check
/** The bar of a page without a kernel. */
import { h, icon, setText } from "./dom.js";
import { statusLine } from "./status.js";

/** @typedef {import("./view.js").Desk} Desk */

/**
 * The bar of a page without a kernel: saved or not, download, import.
 *
 * @param {Desk} desk
 * @param {import("./host/page.js").PageStore} store
 * @param {(name: string, text: string) => void} save
 */
export function pageBar(desk, store, save) {
  const { t, signal, say } = desk;
  const status = statusLine({ ...desk, say: () => undefined }); // the view below announces a problem; once is enough
  const said = h("p", { class: "cd-bar-said" });
  const tell = (/** @type {string} */ text, /** @type {boolean} */ ok) => {
    setText(said, text);
    said.dataset.ok = String(ok);
    say(text);
  };
  const download = h("button", { type: "button", class: "cd-button cd-small" }, icon("down"), t("bar.download"));
  const upload = h("button", { type: "button", class: "cd-button cd-small" }, icon("up"), t("bar.import"));
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": t("bar.import") });
  download.addEventListener(
    "click",
    () => {
      const { name, text } = store.file();
      save(name, text);
      tell(t("bar.downloaded", { name }), true);
    },
    { signal },
  );
  upload.addEventListener("click", () => file.click(), { signal });
  file.addEventListener(
    "change",
    async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      const tooLarge = store.tooLarge(chosen.size);
      const result = tooLarge ? { ok: false, text: tooLarge } : store.read(await chosen.text());
      file.value = "";
      tell(result.text, result.ok);
    },
    { signal },
  );
  const element = h("div", { class: "cd-bar", role: "group", "aria-label": t("bar.title") }, h("div", { class: "cd-bar-line" }, status.element, h("div", { class: "cd-bar-buttons" }, download, upload, file)), said);
  store.listen(() => status.update(), signal);
  status.update();
  return element;
}
