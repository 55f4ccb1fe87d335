// @ts-check
/** Finds pages of the book by words: which pages, in which order, and which words of a page to show. */
import MiniSearch from "minisearch";

/**
 * @typedef {object} Section a part of a page, from one heading to the next
 * @property {string} at its name in the page; empty for the top
 * @property {string} heading
 * @property {string} text
 *
 * @typedef {object} BookPage
 * @property {string} page its address from the top of the book
 * @property {string} title
 * @property {Section[]} sections
 *
 * @typedef {object} Found
 * @property {string} address
 * @property {string} title
 * @property {string} heading of the section that fits best; empty for the top of the page
 * @property {{text: string, isFound: boolean}[]} excerpt
 */

const MOST_PAGES = 20;
/** A page that fits less than this share of the best one is left out. */
const LEAST_SHARE = 0.08;
const EXCERPT_SIGNS = 180;
/** Titles weigh most: a reader who types one means that page. */
const BOOST = { title: 8, heading: 3 };
/** Between an exercise and its lesson, which have nearly one title, the lesson comes first. */
const LESSONS = /^lessons\//;
const LESSON_BOOST = 1.6;
const PARTS = /[^\p{L}\p{N}]+/u;

/** @param {string} word */
export const fold = (word) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {string} text */
const words = (text) => text.split(PARTS).filter(Boolean);

/** A slip is one letter; in a long word, two letters that changed places. @param {string} word */
const slips = (word) => (word.length < 3 ? false : word.length < 5 ? 1 : 2);

/**
 * Returns a function from words to the pages that fit, best first.
 * @param {BookPage[]} pages
 * @returns {(query: string) => Found[]}
 */
export function searchIn(pages) {
  const index = new MiniSearch({ fields: ["title", "heading", "text"], tokenize: words, processTerm: fold });
  index.addAll(
    pages.flatMap(({ title, sections }, number) =>
      sections.map(({ heading, text }, part) => ({
        id: `${number} ${part}`,
        ...(part ? { heading } : { title }),
        text,
      })),
    ),
  );
  return (query) => {
    const hits = index.search(query, {
      boost: BOOST,
      fuzzy: slips,
      prefix: (word) => word.length > 2,
      weights: { fuzzy: 0.15, prefix: 0.3 },
      boostDocument: (id) => (LESSONS.test(pages[Number(String(id).split(" ")[0])].page) ? LESSON_BOOST : 1),
    });
    /** @type {Map<number, {score: number, part: number, terms: string[]}>} the best part of each page */
    const best = new Map();
    for (const { id, score, terms } of hits) {
      const [number, part] = String(id).split(" ").map(Number);
      if (!best.has(number)) best.set(number, { score, part, terms });
    }
    const least = LEAST_SHARE * (hits[0]?.score ?? 0);
    return [...best]
      .filter(([, { score }]) => score >= least)
      .slice(0, MOST_PAGES)
      .map(([number, { part, terms }]) => {
        const { page, title, sections } = pages[number];
        const { at, heading, text } = sections[part];
        return {
          address: part && at ? `${page}#${at}` : page,
          title,
          heading: part ? heading : "",
          excerpt: excerptOf(text, terms),
        };
      });
  };
}

/**
 * Returns the stretch of a text with most of some words, cut between words, and which of its words they are.
 * @param {string} text
 * @param {string[]} terms
 */
export function excerptOf(text, terms) {
  const wanted = new Set(terms);
  const places = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    word: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const found = places.filter(({ word }) => wanted.has(word));
  let start = 0;
  let most = 0;
  for (const { start: begin } of found) {
    const near = found.filter((place) => place.start >= begin && place.end <= begin + EXCERPT_SIGNS);
    const kinds = new Set(near.map(({ word }) => word)).size;
    if (kinds > most) {
      most = kinds;
      start = begin;
    }
  }
  const lead = places.filter((place) => place.start < start && place.start >= start - 40)[0];
  const from = lead ? lead.start : start;
  const last = places.findLast((place) => place.end <= from + EXCERPT_SIGNS);
  const to = last && from + EXCERPT_SIGNS < text.length ? last.end : text.length;
  /** @type {{text: string, isFound: boolean}[]} */
  const pieces = [];
  let position = from;
  for (const place of found.filter((place) => place.start >= from && place.end <= to)) {
    pieces.push({ text: (pieces.length || !from ? "" : "… ") + text.slice(position, place.start), isFound: false });
    pieces.push({ text: text.slice(place.start, place.end), isFound: true });
    position = place.end;
  }
  pieces.push({ text: text.slice(position, to) + (to < text.length ? " …" : ""), isFound: false });
  return pieces.filter((piece) => piece.text);
}
