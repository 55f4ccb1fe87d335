// @ts-check
/** Own-article mode, the result: the marked and mended text, the verdict and the self-check as a page to show someone. */
import { h } from "../../base/dom.js";
import { localeOf, percentIn } from "../../base/text.js";
import { wordsOf } from "../../kinds/edit/alignment.js";
import { itemsOf, joined } from "../../kinds/edit/marks.js";
import { SUPPORTS } from "../../kinds/verdict/support.js";
import { supportTexts } from "../../kinds/verdict/view.js";
import { questionsOf } from "./checks.js";
import { LAYERS, layersOf } from "./labels.js";
import { markedLines } from "./marked.js";
import { paragraphsOf } from "./mend.js";
import style from "./result-page.css";

/** @typedef {import("../../base/types.js").Desk} Desk */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {import("../../base/shapes.js").Label} Label */
/** @typedef {import("../../kinds/edit/marks.js").Item} Item */
/** @typedef {import("./answers.js").OwnAnswers} OwnAnswers */
/** @typedef {import("./labels.js").Layer} Layer */
/** @typedef {import("./marked.js").Mark} Mark */
/** @typedef {import("./marked.js").Segment} Segment */

/**
 * The result as a page of its own.
 *
 * @param {Desk} desk
 * @param {OwnAnswers} answers
 * @param {string} text
 * @param {Date} [now]
 * @returns {import("../../base/paper.js").Paper}
 */
export function resultPage({ content, t }, answers, text, now = new Date()) {
  const { title = "", note = "", alias = "" } = answers.values("ABOUT");
  const { language } = content;
  const day = new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long" }).format(now);
  const name = title || t("own.pageTitle");
  const made = alias ? t("own.pageBy", { name: alias, date: day }) : t("own.pageMade", { date: day });
  const parts = [
    textPart(t, answers, text),
    mendedPart(t, answers, text),
    verdictPart(t, language, answers),
    checksPart(t, answers),
  ];
  const body = [
    h("header", {}, h("h1", { dir: "auto", translate: "no" }, name), h("p", { class: "made" }, made), ...lines(note)),
    h("main", {}, ...parts),
    h("footer", {}, h("p", {}, t("own.pageFoot"))),
  ];
  return { title: name, language, style, body };
}

/**
 * @param {string} heading
 * @param {...import("../../base/dom.js").Child} children
 */
const section = (heading, ...children) => h("section", {}, h("h2", {}, heading), ...children);

/**
 * What a learner wrote: each line a paragraph.
 *
 * @param {string} text
 */
const lines = (text) =>
  text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => h("p", { dir: "auto" }, line));

/** The sign of a label: the letter that sets it. @param {Label} label */
const signOf = ({ key }) => key.toUpperCase();

/**
 * The text with the marks of both layers, and what they mean.
 *
 * @param {Translate} t
 * @param {OwnAnswers} answers
 * @param {string} text
 */
function textPart(t, answers, text) {
  const layers = layersOf(t);
  const labels = new Map(LAYERS.flatMap((layer) => layers[layer].labels.map((label) => [label.id, label])));
  const marked = markedLines(text, { WHO: answers.spans("WHO"), HOW: answers.spans("HOW") });
  const used = new Set(marked.flat().flatMap(({ marks }) => LAYERS.flatMap((layer) => marks[layer]?.label ?? [])));
  const legend = LAYERS.map((layer) => {
    const own = layers[layer].labels.filter(({ id }) => used.has(id));
    return own.length ? legendOf(layers[layer].name, layer, own) : null;
  });
  return section(
    t("own.pageText"),
    used.size ? h("div", { class: "legend" }, ...legend) : null,
    h(
      "div",
      { class: "text", translate: "no" },
      ...marked.map((segments) => h("p", { dir: "auto" }, ...markedLine(segments, labels))),
    ),
  );
}

/**
 * @param {string} name
 * @param {Layer} layer
 * @param {Label[]} labels
 */
function legendOf(name, layer, labels) {
  const entry = (/** @type {Label} */ label) =>
    h(
      "div",
      {},
      h("dt", {}, look(layer, label.id, [label.text]), h("sup", { class: "sign" }, signOf(label))),
      h("dd", {}, label.note),
    );
  return h("div", {}, h("h3", {}, name), h("dl", {}, ...labels.map(entry)));
}

/**
 * Words with the look of a label: a line below for who says it, brackets for how it is worded.
 *
 * @param {Layer} layer
 * @param {string} label
 * @param {(Node|string)[]} words
 */
const look = (layer, label, words) => h("span", { class: `${layer === "WHO" ? "who" : "how"} ${label}` }, ...words);

/**
 * A line with its marks. Words of one mark of wording are in one pair of brackets, no matter who says them.
 *
 * @param {Segment[]} segments
 * @param {Map<string, Label>} labels
 * @returns {(Node|string)[]}
 */
function markedLine(segments, labels) {
  const signs = (/** @type {Mark[]} */ ends) =>
    ends.flatMap(({ label }) => {
      const known = labels.get(label);
      return known
        ? h("sup", { class: "sign", translate: "yes" }, h("abbr", { title: known.text }, signOf(known)))
        : [];
    });
  return byWording(segments).flatMap((group) => {
    const words = group.flatMap(({ text, marks: { WHO: who }, ends }) => [
      who ? look("WHO", who.label, [text]) : text,
      ...signs(ends.filter((mark) => mark === who)),
    ]);
    const [{ marks }] = group;
    if (!marks.HOW) return words;
    const ends = group.flatMap((segment) => segment.ends.filter((mark) => mark === marks.HOW));
    return [look("HOW", marks.HOW.label, words), ...signs(ends)];
  });
}

/**
 * The segments of a line, those of one mark of wording together.
 *
 * @param {Segment[]} segments
 */
function byWording(segments) {
  /** @type {Segment[][]} */
  const groups = [];
  for (const segment of segments) {
    const last = groups.at(-1);
    if (last && segment.marks.HOW && last[0].marks.HOW === segment.marks.HOW) last.push(segment);
    else groups.push([segment]);
  }
  return groups;
}

/**
 * The paragraphs that were mended: with an editor's marks, and then as they read now.
 *
 * @param {Translate} t
 * @param {OwnAnswers} answers
 * @param {string} text
 */
function mendedPart(t, answers, text) {
  const texts = answers.mended();
  const mended = paragraphsOf(text).filter(({ id }) => Object.hasOwn(texts, id));
  if (!mended.length) return null;
  return section(
    t("own.pageMended"),
    h(
      "p",
      { class: "legend" },
      t("own.pageMarks"),
      " ",
      h("del", {}, t("own.pageStruck")),
      ", ",
      h("ins", {}, t("own.pageInserted")),
    ),
    ...mended.map(({ id, text: original }) =>
      h("p", { class: "edited", dir: "auto", translate: "no" }, ...editedWords(itemsOf(wordsOf(original), texts[id]))),
    ),
    h("h3", {}, t("own.pageReads")),
    ...mended.map(({ id }) =>
      h("p", { class: "text", dir: "auto", translate: "no" }, texts[id] || t("own.pageNothing")),
    ),
  );
}

/**
 * @param {Item[]} items
 * @returns {(Node|string)[]}
 */
function editedWords(items) {
  /** @type {(Node|string)[]} */
  const line = [];
  let first = 0;
  items.forEach((item, index) => {
    const next = items[index + 1];
    if (next && next.mark === item.mark && next.change === item.change) return;
    const words = joined(items.slice(first, index + 1));
    const tag = { kept: null, struck: /** @type {const} */ ("del"), inserted: /** @type {const} */ ("ins") }[item.mark];
    line.push(line.length ? " " : "", tag ? h(tag, {}, words) : words);
    first = index + 1;
  });
  return line;
}

/**
 * The claim and its verdict; nothing where no claim was written.
 *
 * @param {Translate} t
 * @param {string} language
 * @param {OwnAnswers} answers
 */
function verdictPart(t, language, answers) {
  const values = answers.values("VERDICT");
  if (!values.claim?.trim()) return null;
  const support = SUPPORTS.find((name) => name === values.support);
  const confidence = answers.entry("VERDICT")?.confidence;
  const sure = confidence ? t("own.sure", { percent: percentIn(language).format(confidence) }) : "";
  const row = (/** @type {string} */ name, /** @type {(Node|null)[]} */ said) =>
    said.some(Boolean) ? h("div", {}, h("dt", {}, name), h("dd", {}, ...said)) : null;
  const links = (values.links ?? "").split("\n").filter((line) => line.trim());
  const verdict = support ? h("p", {}, h("strong", {}, supportTexts(t)[support].name), sure ? `. ${sure}` : ".") : null;
  return section(
    t("own.verdict"),
    h("blockquote", { dir: "auto", translate: "no" }, ...lines(values.claim)),
    h(
      "dl",
      { class: "facts" },
      row(t("own.pageSupport"), [verdict]),
      row(t("own.pageQualification"), lines(values.qualification ?? "")),
      row(t("own.pageAsOf"), [values.as_of ? h("p", {}, dayText(values.as_of, language)) : null]),
      row(t("own.for"), lines(values.for ?? "")),
      row(t("own.against"), lines(values.against ?? "")),
      row(
        t("own.links"),
        links.map((link) => h("p", { class: "link", dir: "ltr", translate: "no" }, link.trim())),
      ),
    ),
  );
}

/**
 * A day as people write it.
 *
 * @param {string} iso
 * @param {string} language
 */
function dayText(iso, language) {
  const day = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return iso;
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long", timeZone: "UTC" }).format(day);
}

/**
 * The questions that the learner ticked; nothing where none is.
 *
 * @param {Translate} t
 * @param {OwnAnswers} answers
 */
function checksPart(t, answers) {
  const chosen = answers.checks();
  const questions = questionsOf(t);
  const ticked = questions.filter((_, place) => chosen.includes(String(place + 1)));
  if (!ticked.length) return null;
  return section(
    t("own.pageChecked", { count: ticked.length, of: questions.length }),
    h("ul", { class: "checked" }, ...ticked.map((question) => h("li", {}, question))),
  );
}
