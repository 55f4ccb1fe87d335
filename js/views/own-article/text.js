// @ts-check
/** A text of the learner's own: whether it can be taken, its sentences and words, and where its marks are. */
import { WORD } from "../../base/text.js";

/** @typedef {import("../../base/shapes.js").MarkedSpan} MarkedSpan */
/** @typedef {import("../../base/shapes.js").SpansResponse} SpansResponse */
/** @typedef {import("../../base/shapes.js").Token} Token */
/** @typedef {{id: string, text: string, start: number, end: number}} Sentence start and end in code points of the whole text */

/** The most characters (code points) of a text: about 3,500 words. */
export const MOST_CHARACTERS = 20_000;
/** A file that is larger holds no text of that length; it is refused before it is read. */
export const MOST_BYTES = 6 * MOST_CHARACTERS;
/** A piece without a sentence end is cut at the last space before this length: a mark must fit an answer file. */
const LONGEST_SENTENCE = 2000;
const PIECE = new RegExp(
  `[^]{1,${LONGEST_SENTENCE}}$|[^]{1,${LONGEST_SENTENCE}}(?=\\s)|[^]{1,${LONGEST_SENTENCE}}`,
  "gu",
);
/** What marks of the whole text name as their passage. */
export const WHOLE = "article";

/**
 * A text as it is kept: one kind of line end, no halves of a character.
 *
 * @param {string} text
 */
export const tidy = (text) =>
  text
    .replace(/^\uFEFF/u, "")
    .replace(/\r\n?/gu, "\n")
    .replace(/\p{Surrogate}/gu, "\uFFFD");

/**
 * Why a text cannot be taken, as a key of the catalogue with its numbers, or null where it can.
 *
 * @param {string} text
 * @returns {{key: string, params?: Record<string, number>}|null}
 */
export function refusal(text) {
  if (text.includes("\0")) return { key: "own.notText" };
  const length = Array.from(text).length;
  if (length > MOST_CHARACTERS) return { key: "own.tooLong", params: { length, most: MOST_CHARACTERS } };
  return text.match(WORD) ? null : { key: "own.empty" };
}

/**
 * The sentences of a text by the browser's own rules (Unicode, UAX 29); each line by itself where a browser has none.
 *
 * @param {string} text
 * @param {string} language
 * @param {typeof Intl.Segmenter} [Segmenter]
 * @returns {Sentence[]}
 */
export function sentencesOf(text, language, Segmenter = Intl.Segmenter) {
  const segments = Segmenter
    ? Array.from(new Segmenter(language, { granularity: "sentence" }).segment(text), ({ segment }) => segment)
    : (text.match(/[^\n]*\n|[^\n]+/gu) ?? []);
  const pieces = segments.flatMap((segment) => segment.match(PIECE) ?? []);
  /** @type {Sentence[]} */
  const sentences = [];
  let place = 0;
  for (const segment of pieces) {
    const inner = segment.trim();
    const start = place + Array.from(segment.slice(0, segment.length - segment.trimStart().length)).length;
    place += Array.from(segment).length;
    if (inner)
      sentences.push({ id: `S${sentences.length + 1}`, text: inner, start, end: start + Array.from(inner).length });
  }
  return sentences;
}

/**
 * Start and end, in code points, of each word: the same words as model/tokens.py finds.
 *
 * @param {string} text
 * @returns {Token[]}
 */
export function tokensOf(text) {
  let units = 0;
  let points = 0;
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => {
    const start = points + Array.from(text.slice(units, index)).length;
    points = start + Array.from(word).length;
    units = index + word.length;
    return [start, points];
  });
}

/**
 * Marks in sentences as marks of the whole text.
 *
 * @param {Sentence[]} sentences
 * @param {MarkedSpan[]} spans
 * @returns {MarkedSpan[]}
 */
export function toWhole(sentences, spans) {
  const starts = new Map(sentences.map(({ id, start }) => [id, start]));
  return spans.map(({ passage, label, selector: [position, quote] }) =>
    shiftSpan(WHOLE, label, position, quote, starts.get(passage) ?? 0),
  );
}

/**
 * Marks of the whole text as marks in its sentences. A mark whose words are not in the text belongs to another
 * text, and is left out.
 *
 * @param {string} text
 * @param {Sentence[]} sentences
 * @param {MarkedSpan[]} spans
 * @returns {MarkedSpan[]}
 */
export function toSentences(text, sentences, spans) {
  const characters = Array.from(text);
  return spans
    .filter(({ selector: [{ start, end }, { exact }] }) => characters.slice(start, end).join("") === exact)
    .flatMap(({ label, selector: [position, quote] }) =>
      sentences
        .filter(({ start, end }) => position.start < end && position.end > start)
        .map(({ id, start }) => shiftSpan(id, label, position, quote, -start)),
    );
}

/**
 * @param {string} passage
 * @param {string} label
 * @param {import("../../base/shapes.js").PositionSelector} position
 * @param {import("../../base/shapes.js").QuoteSelector} quote
 * @param {number} by code points
 * @returns {MarkedSpan}
 */
function shiftSpan(passage, label, { start, end }, quote, by) {
  return { passage, label, selector: [{ type: "TextPositionSelector", start: start + by, end: end + by }, quote] };
}
