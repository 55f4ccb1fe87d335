// @ts-check
/** The mended article as a page shows it: its words with an editor's marks, clean, or as found; notes in the margin. */
import { h } from "../../base/dom.js";
import { lessonName } from "../../base/lesson.js";
import { asWritten, inline } from "../../base/text.js";
import { supportTexts } from "../../kinds/verdict/view.js";
import { paragraphsOf } from "../reading/marks.js";
import { sourcesOf } from "./mending.js";

/** @typedef {import("./mending.js").CopyItem} CopyItem */
/** @typedef {import("./mending.js").MendedSentence} MendedSentence */
/** @typedef {import("./mending.js").Note} Note */
/** @typedef {import("../../base/contents.js").CopySource} CopySource */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {"marks"|"clean"|"found"} Manner marks: both wordings; clean: the learner's; found: the article's */

export const MANNERS = /** @type {const} */ (["marks", "clean", "found"]);

/**
 * The paragraphs, each with its notes beside it.
 *
 * @param {Translate} t
 * @param {MendedSentence[]} sentences
 * @param {Manner} manner
 */
export function copyText(t, sentences, manner) {
  const letters = lettersOf(sourcesOf(sentences.flatMap((each) => each.notes)));
  const bySentence = new Map(sentences.map((each) => [each.sentence.id, each]));
  const rows = paragraphsOf(sentences.map(({ sentence }) => sentence)).map((paragraph) => {
    const mended = paragraph.flatMap(({ id }) => bySentence.get(id) ?? []);
    const notes = manner === "found" ? [] : mended.flatMap((each) => each.notes);
    return h(
      "div",
      { class: "cd-copy-row" },
      h(
        "p",
        { class: "cd-copy-paragraph", "data-kind": paragraph[0].kind, dir: "auto", translate: "no" },
        ...mended.flatMap((each, place) => [place ? " " : "", ...sentenceWords(t, each, manner)]),
      ),
      notes.length
        ? h("ol", { class: "cd-copy-notes", role: "list" }, ...notes.map((note) => marginNote(t, note, letters)))
        : null,
    );
  });
  return h("div", { class: "cd-copy-text", "data-manner": manner }, ...rows);
}

/**
 * @param {Translate} t
 * @param {MendedSentence} mended
 * @param {Manner} manner
 * @returns {(HTMLElement|string)[]}
 */
function sentenceWords(t, { sentence, items, notes }, manner) {
  const id = h("span", { class: "cd-copy-id" }, sentence.id);
  if (manner === "found") return [id, " ", sentence.text];
  const shown = manner === "marks" ? items : withoutStruck(items);
  const verdicts = notes.filter(({ kind }) => kind === "verdict").map(({ number }) => number);
  const runs = runsOf(shown).flatMap((run, place, all) => {
    const { references } = run[run.length - 1];
    const after = place === all.length - 1 ? [...references, ...verdicts] : references;
    return [place ? " " : "", ...runWords(t, run, manner), ...(after.length ? [reference(t, after)] : [])];
  });
  return [id, " ", ...runs];
}

/**
 * The words that are left; the notes of those that are gone follow the word before them.
 *
 * @param {CopyItem[]} items
 */
function withoutStruck(items) {
  /** @type {CopyItem[]} */
  const left = [];
  for (const item of items) {
    const last = left.at(-1);
    if (item.mark !== "struck") left.push(item);
    else if (last && item.references.length)
      left[left.length - 1] = { ...last, references: [...last.references, ...item.references] };
  }
  return left;
}

/**
 * Words of one mark that are side by side, up to one with a note.
 *
 * @param {CopyItem[]} items
 */
function runsOf(items) {
  /** @type {CopyItem[][]} */
  const found = [];
  items.forEach((item, place) => {
    const before = items[place - 1];
    if (before && before.mark === item.mark && !before.references.length) found[found.length - 1].push(item);
    else found.push([item]);
  });
  return found;
}

/**
 * @param {Translate} t
 * @param {CopyItem[]} run
 * @param {Manner} manner
 * @returns {(HTMLElement|string)[]}
 */
function runWords(t, run, manner) {
  const words = run.map(({ text }) => text).join(" ");
  const { mark } = run[0];
  if (mark === "kept" || manner === "clean") return [words];
  const isStruck = mark === "struck";
  const named = t(isStruck ? "edit.wordStruck" : "edit.wordInserted", { words: "" });
  return [h("span", { class: "cd-sr", translate: "yes" }, named), h(isStruck ? "del" : "ins", {}, words)];
}

/**
 * @param {Translate} t
 * @param {number[]} numbers
 */
function reference(t, numbers) {
  const hidden = (/** @type {string} */ text) => h("span", { class: "cd-sr" }, text);
  const opening = hidden(` (${t("copy.note", { count: numbers.length })} `);
  return h("sup", { class: "cd-copy-reference", translate: "yes" }, opening, numbers.join(","), hidden(")"));
}

/**
 * By its id, the letter under which a source is listed.
 *
 * @param {CopySource[]} sources
 */
const lettersOf = (sources) => new Map(sources.map(({ id }, place) => [id, letter(place)]));

/**
 * A, B, ..., Z, AA, AB, ...
 *
 * @param {number} place from 0
 * @returns {string}
 */
export const letter = (place) =>
  (place >= 26 ? letter(Math.floor(place / 26) - 1) : "") + String.fromCharCode(65 + (place % 26));

/**
 * @param {Translate} t
 * @param {Note} note
 * @param {Map<string, string>} letters
 */
function marginNote(t, note, letters) {
  const { cards, lesson } = note;
  const place = lessonName(t, lesson);
  const sources = cards.map(({ id }) => letters.get(id)).join(", ");
  const basis = cards.length ? t("copy.basis", { count: cards.length, sources, lesson: place }) : place;
  return h(
    "li",
    { class: "cd-copy-note" },
    h("span", { class: "cd-copy-number" }, String(note.number)),
    h(
      "div",
      {},
      ...(note.kind === "change" ? changeNote(t, note) : verdictNote(t, note)),
      h("p", { class: "cd-copy-basis" }, basis),
    ),
  );
}

/**
 * @param {Translate} t
 * @param {import("./mending.js").ChangeNote} note
 */
function changeNote(t, { was, now }) {
  const line = (/** @type {string} */ name, /** @type {string} */ words) =>
    h("p", {}, h("span", { class: "cd-copy-name" }, name), " ", asWritten(words, "q"));
  if (!was) return [line(t("copy.putIn"), now)];
  if (!now) return [line(t("copy.struck"), was)];
  return [line(t("copy.was"), was), line(t("copy.now"), now)];
}

/**
 * @param {Translate} t
 * @param {import("./mending.js").VerdictNote} note
 */
function verdictNote(t, { claim, support, qualification, asOf }) {
  return [
    h("p", {}, ...inline(claim)),
    h(
      "p",
      {},
      h("strong", {}, supportTexts(t)[support].name),
      qualification ? h("span", {}, ": ", ...inline(qualification)) : null,
      h("span", { class: "cd-quiet" }, `. ${t("own.asOfSaid", { date: asOf })}`),
    ),
  ];
}

/**
 * What the letters in the notes stand for.
 *
 * @param {Translate} t
 * @param {MendedSentence[]} sentences
 */
export function sourceList(t, sentences) {
  const sources = sourcesOf(sentences.flatMap(({ notes }) => notes));
  if (!sources.length) return [];
  const lines = sources.map(({ title, publisher, date }, place) =>
    h(
      "li",
      {},
      h("span", { class: "cd-copy-letter" }, letter(place)),
      h("span", {}, ...inline(title), ". ", h("span", { class: "cd-quiet" }, `${publisher}. ${date}`)),
    ),
  );
  return [
    h("p", { class: "cd-copy-head" }, t("copy.sources")),
    h("ul", { class: "cd-copy-sources", role: "list" }, ...lines),
  ];
}
