// @ts-check
/** Drawer: evidence cards to search and to open; what was opened, and when, is the answer. */
import { isRecord, noAnswer, scoreOf } from "../../base/formulas.js";
import { words } from "../../base/text.js";

/** @typedef {import("../../base/shapes.js").Card} Card */
/** @typedef {import("../../base/shapes.js").DrawerTask} DrawerTask */
/** @typedef {import("../../base/shapes.js").DrawerKey} DrawerKey */
/** @typedef {import("../../base/shapes.js").DrawerResponse} DrawerResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {{card: Card, quoted: number, found: number}} Hit quoted, found: share of the query's words in the quotation, in the whole card */

/** A card with fewer of the query's words than this is no hit. */
const LEAST_SHARE = 0.5;

export const ownsCards = true;
export const neverChecked = true;

/** @param {any} value @returns {value is DrawerResponse} */
export const isResponse = (value) =>
  Array.isArray(value.opened) &&
  value.opened.every(
    (/** @type {unknown} */ each) =>
      isRecord(each) &&
      typeof each.card === "string" &&
      typeof each.at === "string" &&
      !Number.isNaN(Date.parse(each.at)),
  );

/** @type {DrawerResponse} */
export const emptyResponse = { kind: "drawer", opened: [] };

/** @param {DrawerResponse} response */
export const isEmpty = (response) => response.opened.length === 0;

/** @param {DrawerResponse|null} response */
const openedIds = (response) => new Set(response?.opened.map(({ card }) => card));

/**
 * @param {DrawerTask} task
 * @param {DrawerResponse|null} response
 */
export const completeness = (task, response) => ({
  done: Math.min(task.least, openedIds(response).size),
  of: task.least,
});

/**
 * The share of the least number of cards that was opened.
 *
 * @param {DrawerTask} task
 * @param {DrawerKey} _key
 * @param {DrawerResponse|null} response
 */
export function score(task, _key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const { done, of } = completeness(task, response);
  return scoreOf(done / of, [{ part: "drawer", credit: done / of }]);
}

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export const progressText = (t, progress) =>
  t("drawer.left", { done: progress.done, of: progress.of, count: progress.of });

/**
 * @param {Translate} t
 * @param {DrawerTask} task
 * @param {DrawerKey} _key
 * @param {DrawerResponse} response
 */
export const summary = (t, task, _key, response) => progressText(t, completeness(task, response));

/** @param {string} text */
const wordSet = (text) => new Set(words(text.normalize("NFC").replaceAll("’", "'").toLowerCase()));

/**
 * The cards that hold at least half of the query's words: first those whose quotation holds most of them, so that
 * a sentence of the article finds its copies first.
 *
 * @param {Card[]} cards
 * @param {string} query
 * @returns {Hit[]}
 */
export function search(cards, query) {
  const asked = [...wordSet(query)];
  const share = (/** @type {Set<string>} */ held) => asked.filter((word) => held.has(word)).length / asked.length;
  if (!asked.length) return [];
  return cards
    .map((card) => ({
      card,
      quoted: share(wordSet(card.quote)),
      found: share(wordSet(`${card.title} ${card.quote} ${card.says}`)),
    }))
    .filter(({ found }) => found >= LEAST_SHARE)
    .sort((first, second) => second.quoted - first.quoted || second.found - first.found);
}

/**
 * Whether the first hits, those that quote the query best, only repeat the text.
 *
 * @param {Hit[]} hits
 */
export function isVoid(hits) {
  return (
    hits.length > 0 &&
    hits[0].quoted > 0 &&
    hits.filter(({ quoted }) => quoted === hits[0].quoted).every(({ card }) => card.role === "repeats")
  );
}
