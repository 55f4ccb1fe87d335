// @ts-check
/** A passage as its words with an editor's marks, and what becomes of its text when some are struck or others put in. */
import { align, changesOf, wordsOf } from "./alignment.js";

/** @typedef {import("./alignment.js").Word} Word */
/** @typedef {"kept"|"struck"|"inserted"} Mark */
/** @typedef {{text: string, mark: Mark, change: number}} Item a word; change: which one it belongs to, from 0, or -1 */
/** @typedef {[number, number]} Picked the first and the last item that is picked */

/**
 * The words that are there, in their order: those that stayed, as the learner writes them; those that are struck, and
 * behind them those that were put in.
 *
 * @param {Word[]} words of the passage
 * @param {string} text the learner's
 */
export function itemsOf(words, text) {
  const own = wordsOf(text);
  const partners = align(
    words.map(({ folded }) => folded),
    own.map(({ folded }) => folded),
  );
  /** @type {Item[]} */
  const items = [];
  let kept = 0;
  /** @type {(given: Word[], mark: Mark, change: number) => void} */
  const add = (given, mark, change) => {
    for (const word of given) items.push({ text: word.text, mark, change });
  };
  changesOf(partners, own.length).forEach(({ struck, inserted }, change) => {
    add(own.slice(kept, inserted[0]), "kept", -1);
    add(words.slice(...struck), "struck", change);
    add(own.slice(...inserted), "inserted", change);
    kept = inserted[1];
  });
  add(own.slice(kept), "kept", -1);
  return items;
}

/**
 * Whether a text says the same as its passage: then nothing is stored of it.
 *
 * @param {Word[]} words
 * @param {string} text
 */
export function isSame(words, text) {
  const own = wordsOf(text);
  return own.length === words.length && own.every(({ folded }, index) => folded === words[index].folded);
}

/** @param {Item[]} items */
export const countChanges = (items) => new Set(items.map(({ change }) => change).filter((change) => change >= 0)).size;

/** The words of items as one text. @param {Item[]} items */
export const joined = (items) => items.map(({ text }) => text).join(" ");

/** What the passage reads when its items are taken as they are. @param {Item[]} items */
export const textOf = (items) => joined(items.filter(({ mark }) => mark !== "struck"));

/**
 * @param {string[]} parts
 */
const tidy = (parts) => parts.join(" ").trim().split(/\s+/u).join(" ");

/**
 * The text without the picked words.
 *
 * @param {Item[]} items
 * @param {Picked} picked
 */
export const struckOut = (items, picked) => replaced(items, picked, "");

/**
 * The text with other words in place of the picked ones.
 *
 * @param {Item[]} items
 * @param {Picked} picked
 * @param {string} words
 */
export const replaced = (items, [first, last], words) =>
  tidy([textOf(items.slice(0, first)), words, textOf(items.slice(last + 1))]);

/**
 * The text with words behind the last one that is picked.
 *
 * @param {Item[]} items
 * @param {Picked} picked
 * @param {string} words
 */
export const insertedAfter = (items, [, last], words) =>
  tidy([textOf(items.slice(0, last + 1)), words, textOf(items.slice(last + 1))]);

/**
 * The text with every change undone that the picked words touch.
 *
 * @param {Item[]} items
 * @param {Picked} picked
 */
export function putBack(items, [first, last]) {
  const touched = new Set(items.slice(first, last + 1).map(({ change }) => change));
  touched.delete(-1);
  const left = items.filter(({ mark, change }) => (touched.has(change) ? mark === "struck" : mark !== "struck"));
  return joined(left);
}
