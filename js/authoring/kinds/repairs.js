// @ts-check
/** The faults of an edit key, made from words selected in a passage: a quotation that is there once, and its repairs. */
import { wordsOf } from "../../kinds/edit/alignment.js";
import { isUnwritten, listAt, newId } from "../raw.js";

/** @typedef {{id: string, text: string}} Passage */
/** @typedef {{fault: any, place: number, kept: boolean, start: number, first: number, last: number}} Stretch a fault or a kept stretch of a key, and the words it touches */

/** @param {string} text @param {string} quote */
const isOnce = (text, quote) => text.indexOf(quote) >= 0 && text.indexOf(quote, text.indexOf(quote) + 1) < 0;

/**
 * The faults and kept stretches of a passage, in the order of the text.
 *
 * @param {any} entry
 * @param {Passage} passage
 * @returns {Stretch[]}
 */
export function stretchesOf(entry, passage) {
  const words = wordsOf(passage.text);
  const of = (/** @type {any[]} */ all, /** @type {boolean} */ kept) =>
    all.flatMap((fault, place) => {
      if (fault.passage !== passage.id) return [];
      const start = passage.text.indexOf(fault.quote);
      const end = start + fault.quote.length;
      const first = start < 0 ? -1 : words.findIndex((word) => word.end > start);
      const last = start < 0 ? -1 : words.findLastIndex((word) => word.start < end);
      return [{ fault, place, kept, start, first, last }];
    });
  const { faults = [], keep = [] } = entry.key ?? {};
  return [...of(faults, false), ...of(keep, true)].sort((a, b) => a.start - b.start);
}

/**
 * Words of a passage as a quotation that it has once: where the words alone come twice, with as many words before and
 * behind them as it takes. Null where no stretch of it is there once.
 *
 * @param {string} text
 * @param {number} first
 * @param {number} last
 * @returns {{quote: string, before: string, spot: string, after: string}|null}
 */
export function quotation(text, first, last) {
  const words = wordsOf(text);
  const spot = text.slice(words[first].start, words[last].end);
  let [from, to] = [first, last];
  for (;;) {
    const quote = text.slice(words[from].start, words[to].end);
    if (isOnce(text, quote)) {
      const before = text.slice(words[from].start, words[first].start);
      return { quote, before, spot, after: text.slice(words[last].end, words[to].end) };
    }
    if (from === 0 && to === words.length - 1) return null;
    if (from > 0) from -= 1;
    else to += 1;
  }
}

/**
 * Drop the correction that a new task comes with as an example; the author's own have an instruction of their own.
 *
 * @param {any} entry
 * @param {string} own
 */
export function dropExample(entry, own) {
  const isOwn = (/** @type {any} */ { why }) => !isUnwritten(why) || why === own;
  for (const part of ["faults", "keep"]) if (entry.key?.[part]) entry.key[part] = entry.key[part].filter(isOwn);
}

/**
 * Have some words mended: others in their place, or none.
 *
 * @param {any} entry
 * @param {Passage} passage
 * @param {{first: number, last: number, words: string, why: string}} change
 * @returns {boolean} whether that can be said
 */
export function addFault(entry, passage, { first, last, words, why }) {
  const quoted = quotation(passage.text, first, last);
  if (!quoted || overlaps(entry, passage, first, last)) return false;
  const { quote, before, spot, after } = quoted;
  const repair = (before + words.trim() + after).trim().split(/\s+/u).join(" ");
  const faults = listAt(entry, ["key", "faults"]);
  faults.push({
    id: newId(faults.map(({ id }) => id)),
    passage: passage.id,
    quote,
    ...(quote === spot ? {} : { spot }),
    repairs: [repair],
    why,
  });
  return true;
}

/**
 * @param {any} entry
 * @param {Passage} passage
 * @param {{first: number, last: number, why: string}} stretch
 * @returns {boolean} whether that can be said
 */
export function addKeep(entry, passage, { first, last, why }) {
  const quoted = quotation(passage.text, first, last);
  if (!quoted || overlaps(entry, passage, first, last)) return false;
  listAt(entry, ["key", "keep"]).push({ passage: passage.id, quote: quoted.quote, why });
  return true;
}

/**
 * @param {any} entry
 * @param {Passage} passage
 * @param {number} first
 * @param {number} last
 */
export const overlaps = (entry, passage, first, last) =>
  stretchesOf(entry, passage).some((stretch) => stretch.first <= last && stretch.last >= first);

/**
 * @param {any} entry
 * @param {string} passage
 */
export function forgetPassage(entry, passage) {
  for (const part of ["faults", "keep"]) {
    if (entry.key?.[part])
      entry.key[part] = entry.key[part].filter((/** @type {any} */ one) => one.passage !== passage);
  }
}
