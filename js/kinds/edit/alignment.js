// @ts-check
/** Puts a learner's text beside the original, word by word: the same as src/copydesk/kinds/edit/alignment.py. */

/** @typedef {{text: string, folded: string, start: number, end: number}} Word a word with its punctuation; start and end in UTF-16 units */
/** @typedef {{struck: [number, number], inserted: [number, number]}} Change words struck and words put in, each from and up to; either may be none */

// biome-ignore lint/suspicious/noControlCharactersInRegex: to Python these are white space
const WORD = /[^\p{White_Space}\x1c-\x1f]+/gu;
const SHAPES = /** @type {const} */ ([
  [/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/gu, '"'],
  [/[\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc\u2039\u203a]/gu, "'"],
  [/[\u2010-\u2015\u2212]/gu, "-"],
]);
export const STRUCK = -1;

/**
 * A text as it is compared: small letters, one shape for quotation marks and one for dashes, NFC.
 *
 * @param {string} text
 */
export function fold(text) {
  const shaped = SHAPES.reduce((so_far, [shapes, one]) => so_far.replace(shapes, one), text.normalize("NFC"));
  return shaped.toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}

/**
 * The words of a text, cut at white space.
 *
 * @param {string} text
 * @returns {Word[]}
 */
export const wordsOf = (text) =>
  [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    text: word,
    folded: fold(word),
    start: index,
    end: index + word.length,
  }));

/** @param {string} text */
export const foldedWords = (text) => wordsOf(text).map(({ folded }) => folded);

/**
 * For each word of the original its partner among the learner's words, or STRUCK.
 *
 * The partners are a longest common subsequence. Words that both texts begin or end with are partners. Between them,
 * where there is a choice, the earliest pair is taken, and a word of the original is passed over before one of the
 * learner's.
 *
 * @param {string[]} original
 * @param {string[]} own
 */
export function align(original, own) {
  /** @type {number[]} */
  const partners = original.map(() => STRUCK);
  let first = 0;
  while (first < Math.min(original.length, own.length) && original[first] === own[first]) {
    partners[first] = first;
    first += 1;
  }
  let [last, ownLast] = [original.length, own.length];
  while (Math.min(last, ownLast) > first && original[last - 1] === own[ownLast - 1]) {
    last -= 1;
    ownLast -= 1;
    partners[last] = ownLast;
  }
  for (const [place, ownPlace] of pairs(original.slice(first, last), own.slice(first, ownLast)))
    partners[first + place] = first + ownPlace;
  return partners;
}

/**
 * The pairs of a longest common subsequence, each as the places of its words.
 *
 * @param {string[]} original
 * @param {string[]} own
 */
function pairs(original, own) {
  const rows = rowsOf(original, own);
  /** @type {[number, number][]} */
  const found = [];
  let [place, ownPlace] = [0, 0];
  while (place < original.length && ownPlace < own.length) {
    if (original[place] === own[ownPlace]) {
      found.push([place, ownPlace]);
      place += 1;
      ownPlace += 1;
    } else if ((rows[own.length - ownPlace] >> BigInt(original.length - place - 1)) & 1n) place += 1;
    else ownPlace += 1;
  }
  return found;
}

/**
 * The table of lengths by bits (Hyyrö 2004), from the ends of both texts, a row for each of the own words. Bit k of a
 * row is 0 where the last k + 1 words of the original have a longer subsequence in common with the own words of that
 * row than the last k words have.
 *
 * @param {string[]} original
 * @param {string[]} own
 */
function rowsOf(original, own) {
  /** @type {Map<string, bigint>} */
  const places = new Map();
  original.forEach((word, index) => {
    places.set(word, (places.get(word) ?? 0n) | (1n << BigInt(original.length - 1 - index)));
  });
  const every = (1n << BigInt(original.length)) - 1n;
  const rows = [every];
  for (let index = own.length - 1; index >= 0; index -= 1) {
    const row = rows[rows.length - 1];
    const hits = row & (places.get(own[index]) ?? 0n);
    rows.push(((row + hits) | (row - hits)) & every);
  }
  return rows;
}

/**
 * The places where the texts differ, in order.
 *
 * @param {number[]} partners
 * @param {number} ownCount
 */
export function changesOf(partners, ownCount) {
  /** @type {Change[]} */
  const found = [];
  let [place, ownPlace] = [0, 0];
  [...partners, ownCount].forEach((partner, end) => {
    if (partner === STRUCK) return;
    if (end > place || partner > ownPlace) found.push({ struck: [place, end], inserted: [ownPlace, partner] });
    place = end + 1;
    ownPlace = partner + 1;
  });
  return found;
}
