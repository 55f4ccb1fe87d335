// @ts-check
/** The marks of a spans key: words of a passage with a label, quoted as the file has them. */
import { isUnwritten, listAt, placedWords } from "../raw.js";

/** @typedef {{label: string, place: number, span: any, start: number, end: number, first: number, last: number}} Mark a span of the key, where it is, and its first and last word */

/**
 * Where a quotation begins, or -1; occurrences are counted from 1, as in `model.py`.
 *
 * @param {string} text
 * @param {string} quote
 * @param {number} occurrence
 */
export function placeOf(text, quote, occurrence = 1) {
  let start = -1;
  for (let count = 0; count < occurrence; count += 1) {
    start = text.indexOf(quote, start + 1);
    if (start < 0) return -1;
  }
  return start;
}

/**
 * Which occurrence of a quotation begins at a place.
 *
 * @param {string} text
 * @param {string} quote
 * @param {number} start
 */
export function occurrenceAt(text, quote, start) {
  let occurrence = 0;
  for (let found = text.indexOf(quote); found >= 0 && found <= start; found = text.indexOf(quote, found + 1))
    occurrence += 1;
  return occurrence;
}

/**
 * The marks of a passage, by label and in the order of the text.
 *
 * @param {any} entry
 * @param {{id: string, text: string}} passage
 * @returns {Mark[]}
 */
export function marksOf(entry, passage) {
  const words = placedWords(passage.text);
  /** @type {Mark[]} */
  const marks = [];
  for (const [label, spans] of Object.entries(entry.key?.labels ?? {})) {
    (spans ?? []).forEach((/** @type {any} */ span, /** @type {number} */ place) => {
      if (span.passage !== passage.id) return;
      const start = placeOf(passage.text, span.quote, span.occurrence);
      const end = start + span.quote.length;
      const first = start < 0 ? -1 : words.findIndex((word) => word.end > start);
      const last = start < 0 ? -1 : words.findLastIndex((word) => word.start < end);
      marks.push({ label, place, span, start, end, first, last });
    });
  }
  return marks.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Give words a label, or take the mark away that is exactly these words.
 *
 * @param {any} entry
 * @param {{id: string, text: string}} passage
 * @param {{label: string, first: number, last: number, why: string}} mark
 * @returns {boolean} whether the words are marked now
 */
export function toggleMark(entry, passage, { label, first, last, why }) {
  const words = placedWords(passage.text);
  const [start, end] = [words[first].start, words[last].end];
  const spans = listAt(entry, ["key", "labels", label]);
  const same = marksOf(entry, passage).find(
    (mark) => mark.label === label && mark.first === first && mark.last === last,
  );
  if (same) {
    spans.splice(same.place, 1);
    return false;
  }
  const quote = passage.text.slice(start, end);
  const occurrence = occurrenceAt(passage.text, quote, start);
  spans.push({ passage: passage.id, quote, ...(occurrence > 1 ? { occurrence } : {}), why });
  inTextOrder(entry, label);
  return true;
}

/**
 * Put the spans of a label into the order of the passages and of their words.
 *
 * @param {any} entry
 * @param {string} label
 */
function inTextOrder(entry, label) {
  const passages = /** @type {any[]} */ (entry.passages ?? []);
  const rank = (/** @type {any} */ span) => passages.findIndex(({ id }) => id === span.passage);
  const start = (/** @type {any} */ span) => placeOf(passages[rank(span)]?.text ?? "", span.quote, span.occurrence);
  entry.key.labels[label].sort(
    (/** @type {any} */ a, /** @type {any} */ b) => rank(a) - rank(b) || start(a) - start(b),
  );
}

/**
 * Take away the marks that touch some words, whatever their label.
 *
 * @param {any} entry
 * @param {{id: string, text: string}} passage
 * @param {number} first
 * @param {number} last
 * @returns {number} how many there were
 */
export function eraseMarks(entry, passage, first, last) {
  const touched = marksOf(entry, passage).filter((mark) => mark.first <= last && mark.last >= first);
  for (const { label, span } of touched) {
    const spans = entry.key.labels[label];
    spans.splice(spans.indexOf(span), 1);
  }
  return touched.length;
}

/**
 * Drop the example that a new task comes with: its mark shows how it's done, and says that it is still to be explained.
 * Marks that the author has made and not yet explained have an instruction of their own, and stay.
 *
 * @param {any} entry
 * @param {string} own the instruction of the author's marks
 */
export function dropExample(entry, own) {
  const { labels = {} } = entry.key ?? {};
  for (const label of Object.keys(labels))
    labels[label] = labels[label].filter((/** @type {any} */ { why }) => !isUnwritten(why) || why === own);
}

/**
 * Forget what a key says of a passage.
 *
 * @param {any} entry
 * @param {string} passage
 */
export function forgetPassage(entry, passage) {
  const without = (/** @type {any[]} */ spans) => (spans ?? []).filter((span) => span.passage !== passage);
  const { labels = {}, panel = {} } = entry.key ?? {};
  for (const label of Object.keys(labels)) labels[label] = without(labels[label]);
  for (const label of Object.keys(panel)) panel[label] = panel[label].map(without);
}

/**
 * How each word of a passage looks: of several marks on a word the one of more weight, then the shorter one.
 *
 * @param {any} entry
 * @param {{id: string, text: string}} passage
 * @param {(mark: Mark) => string} nameOf what its label is called
 * @returns {import("../word-board.js").Look[]}
 */
export function looksOf(entry, passage, nameOf) {
  const words = placedWords(passage.text);
  const labels = /** @type {any[]} */ (entry.labels ?? []);
  const weight = (/** @type {Mark} */ { span }) => span.weight ?? 1;
  const byRank = marksOf(entry, passage).sort((a, b) => weight(b) - weight(a) || a.last - a.first - (b.last - b.first));
  /** @type {(Mark|undefined)[]} */
  const marks = words.map((_, place) => byRank.find(({ first, last }) => place >= first && place <= last));
  return words.map(({ text }, place) => {
    const mark = marks[place];
    if (!mark) return {};
    const index = labels.findIndex(({ id }) => id === mark.label);
    return {
      label: index + 1,
      tag: nameOf(mark),
      starts: marks[place - 1] !== mark,
      ends: marks[place + 1] !== mark,
      joined: marks[place - 1] === mark,
      mark: weight(mark) === 1 ? undefined : weight(mark) > 0 ? "defensible" : "wrong",
      name: `${text}, ${nameOf(mark)}`,
    };
  });
}

/**
 * The keyboard letter of a new label: its first letter that no other label has, or any that is free.
 *
 * @param {string} text
 * @param {string[]} taken
 */
export function freeLetter(text, taken) {
  const letters = [...text.toLowerCase(), ..."abcdefghijklmnopqrstuvwxyz"].filter((letter) => /^[a-z]$/.test(letter));
  return letters.find((letter) => !taken.includes(letter)) ?? "z";
}
