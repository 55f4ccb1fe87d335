// @ts-check
/** Own-article mode, the text mended: a paragraph of it, or all, in the hands of the kind `edit`. */
import { h, uidMaker } from "../../base/dom.js";
import * as editView from "../../kinds/edit/view.js";
import { section } from "./section.js";
import { hostOf, taskOf } from "./task.js";

/** @typedef {import("../../base/types.js").Desk} Desk */
/** @typedef {import("../../base/shapes.js").EditResponse} EditResponse */
/** @typedef {import("./answers.js").OwnAnswers} OwnAnswers */
/** @typedef {{id: string, text: string}} Paragraph */

/** How long the learner must pause in typing before it is saved. */
const PAUSE_MILLISECONDS = 600;
/** As many as an answer file takes (kinds/edit/model.py). */
const MOST_PARAGRAPHS = 40;
const WHOLE = "all";
const LONGEST_OFFER = 60;

/**
 * The paragraphs of a text: its lines, and in a text of very many lines some of them together.
 *
 * @param {string} text
 * @returns {Paragraph[]}
 */
export function paragraphsOf(text) {
  const lines = text.split("\n").map((line) => line.trim());
  const full = lines.filter(Boolean);
  const size = Math.ceil(full.length / MOST_PARAGRAPHS);
  /** @type {Paragraph[]} */
  const paragraphs = [];
  for (let place = 0; place < full.length; place += size)
    paragraphs.push({ id: `P${paragraphs.length + 1}`, text: full.slice(place, place + size).join(" ") });
  return paragraphs;
}

/**
 * A paragraph is chosen, or the whole text, and mended like the passage of a task.
 *
 * @param {Desk} desk
 * @param {OwnAnswers} answers
 * @param {string} text
 */
export function mendPart(desk, answers, text) {
  const { t, signal } = desk;
  const uid = uidMaker();
  const paragraphs = paragraphsOf(text);
  let inner = new AbortController();
  signal.addEventListener("abort", () => inner.abort());
  /** @type {import("../../base/types.js").Part<EditResponse>|undefined} */
  let part;
  /** @type {Paragraph[]} */
  let shown = [];
  /** @type {(() => void)|null} what waits for a pause in typing */
  let waiting = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const place = h("div", {});
  const select = h("select", { class: "cd-input cd-select", id: uid("paragraph") });
  const element = section(
    uid("heading"),
    t("own.mend"),
    h("p", { class: "cd-prompt", id: uid("prompt") }, t("own.mendNote")),
    h("div", { class: "cd-own-field" }, h("label", { class: "cd-label", for: select.id }, t("own.mendWhat")), select),
    place,
  );

  element.classList.add("cd-own-mend");
  const option = (/** @type {string} */ value, /** @type {string} */ name) => h("option", { value }, name);
  select.append(
    option("", t("own.mendChoose")),
    ...(paragraphs.length > 1 ? paragraphs : []).map((paragraph) => {
      const characters = Array.from(paragraph.text);
      const beginning = characters.slice(0, LONGEST_OFFER).join("");
      const offer = characters.length > LONGEST_OFFER ? `${beginning}…` : beginning;
      return h("option", { value: paragraph.id, translate: "no" }, `${paragraph.id} ${offer}`);
    }),
    option(WHOLE, t("own.mendAll")),
  );

  function flush() {
    clearTimeout(timer);
    const put = waiting;
    waiting = null;
    put?.();
  }

  /**
   * Keep what was mended here, and what was mended in paragraphs that are not shown.
   *
   * @param {EditResponse} response
   */
  function put(response) {
    const others = Object.entries(answers.mended()).filter(([id]) => !shown.some((paragraph) => paragraph.id === id));
    answers.put("MEND", { kind: "edit", texts: { ...Object.fromEntries(others), ...response.texts } });
  }

  function show() {
    if (waiting) return; // what is being typed here is newer
    const mended = answers.mended();
    const own = Object.entries(mended).filter(([id]) => shown.some((paragraph) => paragraph.id === id));
    part?.show({ kind: "edit", texts: Object.fromEntries(own) }, false);
  }

  function draw() {
    flush();
    inner.abort();
    inner = new AbortController();
    shown = select.value === WHOLE ? paragraphs : paragraphs.filter(({ id }) => id === select.value);
    part = undefined;
    place.replaceChildren();
    if (!shown.length) return;
    part = editView.render({
      ...hostOf(desk, uid),
      task: taskOf({ id: "MEND", kind: "edit" }, shown),
      signal: inner.signal,
      change(response, { soon = false } = {}) {
        flush();
        waiting = () => put(response);
        if (soon) timer = setTimeout(flush, PAUSE_MILLISECONDS);
        else flush();
      },
      flush,
    });
    place.replaceChildren(part.element);
    show();
  }

  select.addEventListener("change", draw, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  const mended = Object.keys(answers.mended()).filter((id) => paragraphs.some((paragraph) => paragraph.id === id));
  if (mended.length) select.value = mended.length > 1 || paragraphs.length === 1 ? WHOLE : mended[0];
  draw();
  return { element, show, flush };
}
