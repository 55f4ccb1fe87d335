// @ts-check
/** What is said of marked words after a check: label by label, side by side with the reference, and why. */
import { h } from "../dom.js";
import { inline } from "../text.js";
import { chip } from "../verdict.js";
import { Words, findQuote, inWords, isMarked, score } from "./spans.js";
import { pieces, toLabels } from "./spans-marks.js";

/** @typedef {import("../types.js").SpansTask} SpansTask */
/** @typedef {import("../types.js").SpansResponse} SpansResponse */
/** @typedef {import("../types.js").Passage} Passage */
/** @typedef {import("../types.js").Token} Token */
/** @typedef {import("../types.js").Host<SpansTask, SpansResponse>} SpansHost */

/**
 * The report after a check: each label in words, own marks against the reference, and the reasons.
 *
 * @param {SpansHost} host
 * @param {SpansResponse} response
 * @returns {HTMLElement[]}
 */
export function explain(host, response) {
  const { task, t } = host;
  const key = /** @type {import("../types.js").SpansKey} */ (task.key);
  const { parts } = score(task, key, response);
  const results = h(
    "ul",
    { class: "cd-label-results" },
    ...task.labels.map((label, place) => {
      const { credit } = parts[place];
      const said = inWords(t, credit, isMarked(response, label.id));
      const tone = credit === null || credit >= 0.95 ? "right" : credit > 0 ? "part" : "wrong";
      const drawing = tone === "right" ? "right" : tone === "part" ? "either" : "wrong";
      return h("li", {}, h("span", { class: "cd-label-name", "data-label": place + 1 }, label.text), chip(tone, drawing, said));
    }),
  );
  const words = new Words(task);
  const compared = task.passages.map((passage) => {
    const tokens = task.tokens[passage.id] ?? [];
    const mine = toLabels(passage, tokens, response).map((label) => (label === null ? null : { label, soft: false }));
    const reference = referenceMarks(task, key, words, passage);
    const equal = mine.every((mark, index) => mark?.label === reference[index]?.label);
    const row = (/** @type {string} */ name, /** @type {({label: string, soft: boolean}|null)[]} */ marks) =>
      h("div", { class: "cd-compare-row" }, h("p", { class: "cd-compare-name" }, name), marks.some(Boolean) ? readout(host, passage, marks) : h("p", { class: "cd-readout cd-quiet" }, t("spans.nothingToMark")));
    return h(
      "div",
      { class: "cd-compare" },
      h("p", { class: "cd-passage-id" }, passage.id),
      ...(equal ? [row(t("spans.both"), reference)] : [row(t("spans.yours"), mine), row(t("spans.reference"), reference)]),
      reasons(host, key, passage),
    );
  });
  return [results, h("p", { class: "cd-report-title" }, t("spans.compare")), ...compared];
}

/**
 * For each word of a passage the label of largest weight; soft where that is a defensible reading.
 *
 * @param {SpansTask} task
 * @param {import("../types.js").SpansKey} key
 * @param {Words} words
 * @param {Passage} passage
 */
function referenceMarks(task, key, words, passage) {
  const characters = words.passages.get(passage.id)?.characters ?? [];
  /** @type {{label: string, soft: boolean, weight: number}[]} */
  const best = [];
  for (const { id } of task.labels) {
    for (const span of key.labels[id] ?? []) {
      const found = span.passage === passage.id && span.weight > 0 ? findQuote(characters, span) : null;
      if (!found) continue;
      (task.tokens[passage.id] ?? []).forEach(([from, to], index) => {
        if (from < found[1] && to > found[0] && span.weight > (best[index]?.weight ?? 0)) best[index] = { label: id, soft: span.weight < 1, weight: span.weight };
      });
    }
  }
  return (task.tokens[passage.id] ?? []).map((_, index) => best[index] ?? null);
}

/**
 * The key's spans of a passage in the order in which they stand, each with its reason.
 *
 * @param {SpansHost} host
 * @param {import("../types.js").SpansKey} key
 * @param {Passage} passage
 */
function reasons({ task, t }, key, passage) {
  const characters = Array.from(passage.text);
  const spans = task.labels
    .flatMap((label, place) => (key.labels[label.id] ?? []).map((span) => ({ span, label, place: place + 1 })))
    .filter(({ span }) => span.passage === passage.id)
    .sort((first, second) => (findQuote(characters, first.span)?.[0] ?? 0) - (findQuote(characters, second.span)?.[0] ?? 0));
  if (!spans.length) return null;
  return h(
    "ul",
    { class: "cd-reasons" },
    ...spans.map(({ span, label, place }) =>
      h(
        "li",
        {},
        h("p", { class: "cd-reason-head" }, h("q", {}, span.quote), " ", h("span", { class: "cd-label-name", "data-label": place }, label.text), " ", span.weight >= 1 ? null : span.weight > 0 ? chip("part", "either", t("weight.defensible")) : chip("wrong", "wrong", t("spans.tempting"))),
        h("p", { class: "cd-why" }, ...inline(span.why)),
      ),
    ),
  );
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
  const line = h("p", { class: "cd-readout", dir: "auto" });
  for (let index = 0; index < words.length; index += 1) {
    line.append(gaps[index]);
    const mark = marks[index];
    if (!mark) {
      line.append(words[index]);
      continue;
    }
    const place = task.labels.findIndex(({ id }) => id === mark.label);
    const name = task.labels[place]?.text ?? mark.label;
    let text = words[index];
    while (index + 1 < words.length && marks[index + 1]?.label === mark.label && marks[index + 1]?.soft === mark.soft) {
      index += 1;
      text += gaps[index] + words[index];
    }
    const tag = h("span", { class: "cd-readout-tag" }, mark.soft ? t("spans.softTag", { label: name }) : name, " ");
    line.append(h("mark", { class: "cd-mark", "data-label": place + 1, "data-soft": mark.soft }, tag, text));
  }
  line.append(gaps[gaps.length - 1]);
  return line;
}
