// @ts-check
/** The words of the interface, and how a task's own text is laid out. */
import en from "../../src/copydesk/text/en.json" with { type: "json" };
import { h } from "./dom.js";

/** @typedef {import("./types.js").Translate} Translate */
/** @typedef {{style: "plain"|"em"|"strong"|"code", text: string}} Run */

/** @typedef {Record<string, string|Record<string, string>>} Texts */

/** @type {Texts} English is always there; the texts of another language come with the content of a view. */
const ENGLISH = en.widget;

/** @param {Texts} texts those of the second script */
export const addTexts = (texts) => void Object.assign(ENGLISH, texts);

/** @type {Map<string, Intl.NumberFormat>} by language: making one takes longer than drawing an item */
const PERCENTS = new Map();

/**
 * Return what writes shares as percentages in a language.
 *
 * @param {string} language
 */
export function percentIn(language) {
  const known = PERCENTS.get(language) ?? new Intl.NumberFormat(language, { style: "percent" });
  PERCENTS.set(language, known);
  return known;
}

const RIGHT_TO_LEFT = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** @param {string} language a tag such as uk or uk-UA */
const base = (language) => language.split(/[-_]/)[0].toLowerCase();

/**
 * A language where its reader speaks it. A browser knows more of its reader than the page: it may say British or
 * American English where the page says English.
 *
 * @param {string} language
 * @param {readonly string[]} [preferred] the reader's languages
 */
export const localeOf = (language, preferred = globalThis.navigator?.languages ?? []) =>
  preferred.find((tag) => base(tag) === base(language)) ?? language;

/**
 * In which direction a language is written: the interface has its own, whatever the page around it is written in.
 *
 * @param {string} language
 */
export const direction = (language) => (RIGHT_TO_LEFT.has(base(language)) ? "rtl" : "ltr");

/**
 * Return the function that gives the interface's words in a language (English where it has none).
 * A text with plural forms takes the one that `params.count` asks for, by the language's own rules
 * (English: one, other; Ukrainian: one, few, many, other).
 *
 * @param {string} language
 * @param {Texts} [texts] those of the language, where it is not English
 * @returns {Translate}
 */
export function translator(language, texts) {
  // Most pages are English; the browser's rules for the others take a while to load.
  const plural = texts
    ? new Intl.PluralRules(base(language))
    : { select: (/** @type {number} */ count) => (count === 1 ? "one" : "other") };
  return (key, params = {}) => {
    const own = texts?.[key];
    const found = own ?? ENGLISH[key] ?? key;
    const form = (/** @type {number} */ count) =>
      own || !texts ? plural.select(count) : count === 1 ? "one" : "other";
    const text = typeof found === "string" ? found : (found[form(Number(params.count))] ?? found.other);
    return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(params, name) ? String(params[name]) : whole));
  };
}

const RUN = /\*\*(\S(?:.*?\S)??)\*\*|\*([^\s*](?:[^*]*?[^\s*])??)\*(?!\*)|`([^`]+)`/gsu;

/**
 * Split a text at its `**strong**`, `*emphasis*` and `` `code` ``; anything else stays as it is.
 *
 * @param {string} text
 * @returns {Run[]}
 */
export function runs(text) {
  /** @type {Run[]} */
  const found = [];
  let from = 0;
  for (const match of text.matchAll(RUN)) {
    if (match.index > from) found.push({ style: "plain", text: text.slice(from, match.index) });
    const [, strong, em, code] = match;
    if (strong !== undefined) found.push({ style: "strong", text: strong });
    else if (em !== undefined) found.push({ style: "em", text: em });
    else found.push({ style: "code", text: code });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ style: "plain", text: text.slice(from) });
  return found;
}

/**
 * Split a text into paragraphs at blank lines.
 *
 * @param {string} text
 */
export function paragraphs(text) {
  return text
    .split(/\n\s*\n/u)
    .map((part) => part.trim())
    .filter(Boolean);
}

/**
 * Words of the article, or of the learner's own version of it, that are in a text of the course: no translator of
 * the browser changes them, for tasks ask about just these words.
 *
 * @template {"q"|"span"|"bdi"|"del"|"ins"} Tag
 * @param {string} text
 * @param {Tag} tag
 */
export const asWritten = (text, tag) => h(tag, { dir: tag === "bdi" ? null : "auto", translate: "no" }, text);

/** A character that no text has: it is in a text of the catalogue for words that are put in afterwards. */
const SLOT = "\uF8F0";

/**
 * A text of the catalogue in which a translator leaves the words that it is given.
 *
 * @param {(slot: string) => string} textWith makes the text with something in the place of the words
 * @param {string} words
 * @returns {Node[]}
 */
export function around(textWith, words) {
  const [before, after = ""] = textWith(SLOT).split(SLOT);
  return [document.createTextNode(before), asWritten(words, "bdi"), document.createTextNode(after)];
}

/**
 * Words in quotation marks of any language, and within them such words once more. In German and Polish, “ closes what
 * „ opened. `text/quotations.py` has the same rule.
 */
const QUOTATION =
  /(„(?:[^„“”]|„[^„“”]*[“”])*[“”]|“(?:[^“”]|“[^“”]*”)*”|«(?:[^«»]|«[^«»]*»)*»|»(?:[^«»]|»[^«»]*«)*«|"(?=\S)[^"\n]+")/u;

/**
 * A text, split where words in quotation marks begin and end: every other piece is such words.
 *
 * @param {string} text
 */
export const quotationPieces = (text) => text.split(QUOTATION);

/**
 * A text in which no translator changes what it quotes.
 *
 * @param {string} text
 * @returns {Node[]}
 */
export const quoted = (text) =>
  quotationPieces(text).map((piece, place) =>
    place % 2 ? h("span", { translate: "no" }, piece) : document.createTextNode(piece),
  );

/**
 * @param {string} text
 * @returns {Node[]}
 */
export function inline(text) {
  return runs(text).flatMap((run) =>
    run.style === "plain" ? quoted(run.text) : h(run.style, {}, ...quoted(run.text)),
  );
}

/**
 * The name of an option or item, with the line of the text that it is about, where it has one.
 *
 * @param {{id: string, text: string}} named
 * @param {Record<string, string>} [lines] by id
 * @returns {Node[]}
 */
export function withLine({ id, text }, lines = {}) {
  if (!lines[id]) return inline(text);
  return [
    h("span", { class: "cd-context-name" }, ...inline(text)),
    h("span", { class: "cd-sr" }, ": "),
    h("span", { class: "cd-context-line", dir: "auto" }, ...inline(lines[id])),
  ];
}

/**
 * Whether the id of a passage says something to a reader, as the number of a sentence does; else its note has to.
 *
 * @param {{id: string, note?: string}} passage
 */
export const isPlainId = ({ id, note }) => !note || /^[A-Z]?\d+$/u.test(id);

/**
 * What a reader calls a passage.
 *
 * @param {{id: string, note?: string}} passage
 */
export const passageName = (passage) => (isPlainId(passage) ? passage.id : (passage.note ?? ""));

/**
 * @param {string} text
 * @returns {HTMLParagraphElement[]}
 */
export function blocks(text) {
  return paragraphs(text).map((part) => h("p", {}, ...inline(part)));
}

/**
 * Hours and minutes of a moment on the learner's clock, for example 11:58.
 *
 * @param {string} iso
 */
export function clock(iso) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return "";
  return [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

/**
 * The time of a moment, with its day where that is not today.
 *
 * @param {string} iso
 * @param {string} language
 * @param {Date} [now]
 */
export function moment(iso, language, now = new Date()) {
  const then = new Date(iso);
  if (then.toDateString() === now.toDateString()) return clock(iso);
  return `${new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }).format(then)}, ${clock(iso)}`;
}

export const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

/**
 * The words of a text: runs of letters and digits, with ' ’ . , - allowed inside.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  return text.match(WORD) ?? [];
}
