// @ts-check
/** What is said of marked words after a check: label by label, side by side with the reference, and why. */
import { h } from "../../base/dom.js";
import { chip, foldedParts, resultPart, resultParts } from "../../base/result.js";
import { asWritten, passageName } from "../../base/text.js";
import { pieces } from "./marks.js";
import { findQuote, isMarked, score, shareText } from "./scoring.js";
import { strips } from "./strips.js";

/** @typedef {import("../../base/shapes.js").SpansTask} SpansTask */
/** @typedef {import("../../base/shapes.js").SpansResponse} SpansResponse */
/** @typedef {import("../../base/shapes.js").Passage} Passage */
/** @typedef {import("../../base/shapes.js").Token} Token */
/** @typedef {import("../../base/types.js").Host<SpansTask, SpansResponse>} SpansHost */

/**
 * The report after a check: each label in words, own marks against the reference, and the reasons.
 *
 * @param {SpansHost} host
 * @param {SpansResponse} response
 * @returns {HTMLElement[]}
 */
export function explain(host, response) {
  const { task, t } = host;
  const key = /** @type {import("../../base/shapes.js").SpansKey} */ (task.key);
  const { parts } = score(task, key, response);
  const results = h(
    "ul",
    { class: "cd-label-results", "aria-hidden": "true" }, // the sentence above says it in words
    ...task.labels.map((label, place) => {
      const { credit } = parts[place];
      const said = shareText(t, credit, isMarked(response, label.id));
      const tone = credit === null ? "plain" : credit >= 0.95 ? "right" : credit > 0 ? "part" : "wrong";
      const drawing = /** @type {const} */ ({ plain: "left", right: "right", part: "either", wrong: "wrong" })[tone];
      return h(
        "li",
        {},
        h("span", { class: "cd-label-name", "data-label": place + 1 }, label.text),
        chip(tone, drawing, said),
      );
    }),
  );
  const drawn = strips(task, key, response);
  const compared = task.passages.map((passage) => {
    const rows = drawn.filter((strip) => strip.passage === passage.id);
    const counted = marksOf(rows, (word) => Number(word.mine));
    const reference = marksOf(rows, (word) => word.weight);
    const equal = counted.every((mark, index) => mark?.label === reference[index]?.label);
    const mine = rows[0].words.map((word, index) => counted[index] ?? markAt(response, passage, word));
    const row = (/** @type {string} */ name, /** @type {({label: string, soft: boolean}|null)[]} */ marks) =>
      h(
        "div",
        { class: "cd-compare-row" },
        h("p", { class: "cd-compare-name" }, name),
        marks.some(Boolean)
          ? readout(host, passage, marks)
          : h("p", { class: "cd-readout cd-quiet" }, t("spans.nothingToMark")),
      );
    return h(
      "div",
      { class: "cd-compare" },
      h("p", { class: "cd-passage-id" }, passageName(passage)),
      ...(equal
        ? [row(t("spans.both"), reference)]
        : [row(t("spans.yours"), mine), row(t("spans.reference"), reference)]),
      ...reasons(host, key, passage, response, rows),
    );
  });
  const isSoft = drawn.some(({ words }) => words.some(({ weight }) => weight > 0 && weight < 1));
  return [
    results,
    h("p", { class: "cd-report-title" }, t("spans.compare")),
    isSoft ? h("p", { class: "cd-hint" }, t("spans.softNote")) : null,
    ...compared,
  ].filter((part) => part !== null);
}

/**
 * For each word of a passage the label that weighs most; soft where that is a defensible reading.
 *
 * @param {import("./strips.js").Strip[]} rows a strip for each label
 * @param {(word: import("./strips.js").StripWord) => number} weigh
 */
function marksOf(rows, weigh) {
  return rows[0].words.map((_, index) => {
    const [heaviest] = rows
      .map(({ label, words }) => ({ label, weight: weigh(words[index]) }))
      .sort((first, second) => second.weight - first.weight);
    return heaviest.weight ? { label: heaviest.label, soft: heaviest.weight < 1 } : null;
  });
}

/**
 * What the learner marked of a word that counts for nothing, as an article at the edge of a mark.
 *
 * @param {SpansResponse} response
 * @param {Passage} passage
 * @param {import("./strips.js").StripWord} word
 */
function markAt(response, passage, { start, end }) {
  const over = response.spans.find(({ passage: id, selector: [place] }) => {
    return id === passage.id && place.start < end && place.end > start;
  });
  return over ? { label: over.label, soft: false } : null;
}

/**
 * The reasons of a passage in the order of its words: those to be read now, of words that the learner marked wrongly or
 * missed, and, folded, those of words marked as in the reference, and of words that only tempt.
 *
 * @param {SpansHost} host
 * @param {import("../../base/shapes.js").SpansKey} key
 * @param {Passage} passage
 * @param {SpansResponse} response
 * @param {import("./strips.js").Strip[]} rows the passage's strips, one for each label
 */
function reasons({ task, t }, key, passage, response, rows) {
  const characters = Array.from(passage.text);
  const found = task.labels.flatMap((label, place) =>
    (key.labels[label.id] ?? []).map((span) => ({ span, label, place: place + 1, at: findQuote(characters, span) })),
  );
  const here = found.filter(({ span }) => span.passage === passage.id);
  here.sort((first, second) => (first.at?.[0] ?? 0) - (second.at?.[0] ?? 0));
  /** @type {HTMLElement[]} */
  const now = [];
  /** @type {HTMLElement[]} */
  const agreed = [];
  /** @type {HTMLElement[]} */
  const tempting = [];
  for (const { span, label, place, at } of here) {
    const isMarked = at !== null && isTouched(response, passage, label.id, at);
    const isInPart = isMarked && Boolean(span.weight) && !isWhole(rows[place - 1], at);
    const said = !span.weight
      ? isMarked && chip("wrong", "wrong", t("spans.tempting"))
      : isInPart
        ? chip("part", "either", t("spans.markedInPart"))
        : span.weight < 1
          ? chip("part", "either", t("weight.defensible"))
          : null;
    const tag = span.weight
      ? h("span", { class: "cd-label-name", "data-label": place }, label.text)
      : h("span", { class: "cd-quiet" }, t("spans.not", { label: label.text }));
    const part = resultPart(asWritten(span.quote, "q"), said ? [tag, said] : [tag], span.why);
    if (!span.weight && !isMarked) tempting.push(part);
    else if (span.weight && isMarked && !isInPart) agreed.push(part);
    else now.push(part);
  }
  return [
    resultParts(now),
    foldedParts(t("spans.agreed", { count: agreed.length }), agreed),
    foldedParts(t("spans.tempted", { count: tempting.length }), tempting),
  ];
}

/**
 * Whether the learner gave any of some words a label.
 *
 * @param {SpansResponse} response
 * @param {Passage} passage
 * @param {string} label
 * @param {[number, number]} words where they are in the passage
 */
function isTouched(response, passage, label, [start, end]) {
  return response.spans.some(({ passage: id, label: given, selector: [place] }) => {
    return id === passage.id && given === label && place.start < end && place.end > start;
  });
}

/**
 * Whether the learner marked every word of a span that counts, and none right beside it that doesn't.
 *
 * @param {import("./strips.js").Strip} strip that of its label
 * @param {[number, number]} span where it is in the passage
 */
export function isWhole({ words }, [start, end]) {
  const inside = words
    .map((word, index) => ({ ...word, index }))
    .filter((word) => word.start < end && word.end > start);
  if (!inside.length) return true; // a colon alone: no word of it can be missed
  const [first, last] = [inside[0].index, inside[inside.length - 1].index];
  const isBeyond = [words[first - 1], words[last + 1]].some((word) => word?.found === "extra");
  return !isBeyond && inside.every(({ found }) => found !== "missed");
}

/**
 * A passage with marks, to be read and not changed: own marks or the reference.
 *
 * @param {SpansHost} host
 * @param {Passage} passage
 * @param {({label: string, soft: boolean}|null)[]} marks of each word
 */
function readout({ task, t }, passage, marks) {
  const { words, gaps } = pieces(passage, task.tokens[passage.id] ?? []);
  const line = h("p", { class: "cd-readout", dir: "auto", translate: "no" });
  let plain = ""; // in one piece, so that it is read in one
  for (let index = 0; index < words.length; index += 1) {
    plain += gaps[index];
    const mark = marks[index];
    if (!mark) {
      plain += words[index];
      continue;
    }
    const place = task.labels.findIndex(({ id }) => id === mark.label);
    const name = task.labels[place]?.text ?? mark.label;
    let text = words[index];
    while (index + 1 < words.length && marks[index + 1]?.label === mark.label && marks[index + 1]?.soft === mark.soft) {
      index += 1;
      text += gaps[index] + words[index];
    }
    const said = mark.soft ? t("spans.softTag", { label: name }) : name;
    const tag = h("span", { class: "cd-readout-tag", translate: "yes" }, said, " ");
    line.append(plain, h("mark", { class: "cd-mark", "data-label": place + 1, "data-soft": mark.soft }, tag, text));
    plain = "";
  }
  line.append(plain + gaps[gaps.length - 1]);
  return line;
}
