// @ts-check
/** Own-article mode, the way in: a text is pasted or loaded, looked at, and taken or refused in plain words. */
import { h, setAttributes, setText, uidMaker } from "../../base/dom.js";
import { MOST_BYTES, MOST_CHARACTERS, refusal, tidy } from "./text.js";

const MOST_TITLE = 200;

/**
 * @param {import("../../base/types.js").Desk} desk
 * @param {{text: string, title: string, marks: number}} old the text that is there, or an empty one
 * @param {{take: (text: string, title: string) => void, cancel: () => void}} then
 */
export function intake({ content, t, signal, say }, old, { take, cancel }) {
  const uid = uidMaker();
  const number = new Intl.NumberFormat(content.language);
  const title = h("input", {
    class: "cd-input",
    id: uid("title"),
    type: "text",
    maxlength: MOST_TITLE,
    autocomplete: "off",
    value: old.title,
    dir: "auto",
  });
  const area = h("textarea", {
    class: "cd-input cd-area",
    id: uid("text"),
    rows: 10,
    dir: "auto",
    spellcheck: "false",
    "aria-describedby": `${uid("count")} ${uid("fault")}`,
  });
  area.value = old.text;
  const count = h("p", { class: "cd-hint", id: uid("count") });
  const fault = h("p", { class: "cd-fault", id: uid("fault") });
  const file = h("input", { type: "file", accept: ".txt,text/plain", hidden: true, "aria-label": t("own.load") });
  const load = h("button", { type: "button", class: "cd-button" }, t("own.load"));
  const use = h("button", { type: "button", class: "cd-button cd-primary" }, t("own.use"));
  const stay = h("button", { type: "button", class: "cd-button" }, t("own.keepOld"));

  /** @param {string} text */
  function complain(text) {
    setText(fault, text);
    setAttributes(area, { "aria-invalid": text ? "true" : null });
    if (text) say(text);
  }

  const tell = () =>
    setText(
      count,
      t("own.count", {
        length: number.format(Array.from(tidy(area.value)).length),
        most: number.format(MOST_CHARACTERS),
      }),
    );
  const inWords = (/** @type {Record<string, number>} */ params = {}) =>
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, number.format(value)]));

  area.addEventListener(
    "input",
    () => {
      tell();
      complain("");
    },
    { signal },
  );
  load.addEventListener("click", () => file.click(), { signal });
  file.addEventListener(
    "change",
    async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      const tooLarge = chosen.size > MOST_BYTES;
      const text = tooLarge ? "" : tidy(decode(await chosen.arrayBuffer()));
      file.value = "";
      const refused = tooLarge
        ? { key: "own.fileTooLarge", params: { most: MOST_CHARACTERS } }
        : text.includes("\uFFFD")
          ? { key: "own.notUtf8" }
          : refusal(text);
      if (refused) {
        complain(`${t(refused.key, inWords(refused.params))} ${t("own.unchanged")}`);
        return;
      }
      area.value = text;
      if (!title.value) title.value = chosen.name.replace(/\.txt$/iu, "").slice(0, MOST_TITLE);
      tell();
      complain("");
      say(t("own.loaded", { name: chosen.name }));
    },
    { signal },
  );
  use.addEventListener(
    "click",
    () => {
      const text = tidy(area.value);
      const refused = refusal(text);
      if (refused) {
        complain(t(refused.key, inWords(refused.params)));
        area.focus();
      } else take(text, title.value.trim());
    },
    { signal },
  );
  stay.addEventListener("click", cancel, { signal });
  tell();
  return h(
    "div",
    { class: "cd-item", role: "group", "aria-labelledby": uid("heading") },
    h("h3", { class: "cd-heading", id: uid("heading"), tabindex: -1 }, t(old.text ? "own.other" : "own.begin")),
    h("p", { class: "cd-prompt" }, old.text ? t("own.replaces", { count: old.marks }) : t("own.private")),
    h("label", { class: "cd-label", for: title.id }, t("own.title")),
    title,
    h("label", { class: "cd-label", for: area.id }, t("own.text")),
    area,
    count,
    fault,
    h("div", { class: "cd-actions" }, use, load, file, old.text ? stay : null),
  );
}

/**
 * The text of a file: UTF-8, or UTF-16 where it begins so, as some editors on Windows save it.
 *
 * @param {ArrayBuffer} bytes
 */
function decode(bytes) {
  const [first, second] = new Uint8Array(bytes);
  return new TextDecoder(first === 0xff && second === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
}
