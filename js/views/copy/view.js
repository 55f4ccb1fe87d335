// @ts-check
/** The corrected copy: the article as the learner mended it, with margin notes and sources, to print and to save. */
import { savedText } from "../../base/copy-box.js";
import { h, setText, uidMaker } from "../../base/dom.js";
import { lessonName } from "../../base/lesson.js";
import { panel } from "../../base/panel.js";
import { paperHtml, printPaper } from "../../base/paper.js";
import { localeOf } from "../../base/text.js";
import { saveAsFile } from "../../store/download.js";
import { answersTo } from "../../store/page.js";
import { browserStorage } from "../../store/storage.js";
import { copyText, MANNERS, sourceList } from "./copy-text.js";
import { mendedCopy } from "./mending.js";
import paperStyle from "./paper.css";
import style from "./style.css";

export { style };

/** @typedef {import("../../base/contents.js").CopyContent} CopyContent */
/** @typedef {import("./mending.js").MendedCopy} MendedCopy */
/** @typedef {import("./mending.js").Note} Note */
/** @typedef {import("../../base/types.js").Translate} Translate */

const FILE = "corrected-copy.html";

/** @param {import("../../base/types.js").Desk<CopyContent>} desk */
export function render(desk) {
  const { content, store, t, signal, say } = desk;
  const uid = uidMaker();
  const count = h("p", { class: "cd-progress" });
  const body = h("div", { class: "cd-copy" });
  /** @type {import("./copy-text.js").Manner} */
  let manner = "marks";
  let shown = "";

  const names = { marks: t("copy.marks"), clean: t("copy.clean"), found: t("copy.found") };
  const choices = MANNERS.map((id) => {
    const input = h("input", { type: "radio", class: "cd-tick", name: uid("manner"), value: id });
    input.checked = id === manner;
    input.addEventListener("change", () => choose(id), { signal });
    return h("label", { class: "cd-pill" }, input, h("span", {}, names[id]));
  });
  const button = (/** @type {string} */ text, /** @type {() => void} */ press) => {
    const made = h("button", { type: "button", class: "cd-button" }, text);
    made.addEventListener("click", press, { signal });
    return made;
  };
  const said = h("p", { class: "cd-bar-said" });
  const paper = () => ({
    title: content.title,
    language: content.language,
    style: paperStyle,
    body: [h("main", {}, ...paperBody(t, content, current()))],
  });
  const save = button(t("copy.save"), () => {
    const words = savedText(t, FILE, saveAsFile(FILE, paperHtml(paper()), "text/html"));
    setText(said, words);
    say(words);
  });
  const print = button(t("copy.print"), () => printPaper(paper()));

  /** @param {import("./copy-text.js").Manner} id */
  function choose(id) {
    manner = id;
    shown = "";
    update();
    say(names[id]);
  }

  const current = () =>
    mendedCopy(content.copy, ({ lesson, entries }) =>
      lesson === content.lesson ? store.entries() : answersTo(content, { lesson, entries }, browserStorage()),
    );

  function update() {
    const copy = current();
    const state = JSON.stringify(copy);
    if (state === shown) return;
    shown = state;
    const notes = copy.sentences.flatMap((each) => each.notes);
    setText(count, countText(t, notes));
    body.replaceChildren(
      ...(notes.length || copy.waiting.length ? [] : emptyNote(desk)),
      ...waitingNote(t, copy.waiting),
      copyText(t, copy.sentences, manner),
      ...(manner === "found" ? [] : sourceList(t, copy.sentences)),
    );
  }

  store.listen(update, signal);
  globalThis.addEventListener("storage", update, { signal }); // what is mended in another tab
  update();
  return panel(
    uid,
    { title: content.title, beside: count, name: "cd-copy-view" },
    h(
      "fieldset",
      { class: "cd-plain-fieldset cd-copy-manners" },
      h("legend", { class: "cd-legend" }, t("copy.show")),
      h("div", { class: "cd-pills" }, ...choices),
    ),
    body,
    h("p", { class: "cd-hint" }, t("copy.rights")),
    h("div", { class: "cd-bar-buttons" }, print, save),
    said,
  );
}

/**
 * @param {Translate} t
 * @param {Note[]} notes
 */
function countText(t, notes) {
  const changes = notes.filter(({ kind }) => kind === "change").length;
  const verdicts = notes.length - changes;
  const parts = [t("edit.changes", { count: changes }), ...(verdicts ? [t("copy.verdicts", { count: verdicts })] : [])];
  return parts.join(", ");
}

/** @param {import("../../base/types.js").Desk<CopyContent>} desk */
function emptyNote({ content, t }) {
  const lessons = content.copy.lessons.map(({ lesson, page }) => {
    const name = lessonName(t, lesson);
    return h("li", {}, page ? h("a", { href: page }, name) : name);
  });
  return [
    h("p", { class: "cd-copy-empty" }, t("copy.empty")),
    h("ul", { class: "cd-copy-lessons", role: "list" }, ...lessons),
  ];
}

/**
 * @param {Translate} t
 * @param {string[]} waiting
 */
const waitingNote = (t, waiting) =>
  waiting.length
    ? [h("p", { class: "cd-copy-empty" }, t("copy.waiting", { count: waiting.length, sentences: waiting.join(", ") }))]
    : [];

/**
 * What goes on paper: the mended text with its notes and sources, then the text as it was found.
 *
 * @param {Translate} t
 * @param {Pick<CopyContent, "title"|"language">} content
 * @param {MendedCopy} copy
 * @returns {HTMLElement[]}
 */
function paperBody(t, { title, language }, { sentences, waiting }) {
  const day = new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long" }).format(new Date());
  const notes = sentences.flatMap((each) => each.notes);
  return [
    h("h1", {}, title),
    h("p", { class: "cd-copy-about" }, t("copy.about", { day, notes: countText(t, notes) })),
    ...waitingNote(t, waiting),
    copyText(t, sentences, "clean"),
    ...sourceList(t, sentences),
    h("h2", {}, t("copy.found")),
    copyText(t, sentences, "found"),
    h("p", { class: "cd-copy-about" }, t("copy.rights")),
  ];
}
