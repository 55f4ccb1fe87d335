// @ts-check
/** The marks of a layer: where they are in the text, and how they look. */
import { h } from "../../base/dom.js";

/** @typedef {import("../../base/contents.js").Sentence} Sentence */
/** @typedef {import("../../base/contents.js").Mark} Mark */
/** @typedef {import("../../base/contents.js").Group} Group */
/** @typedef {import("../../base/contents.js").Layer} Layer */

/** @typedef {{text: string, marks: Mark[]}} Segment */
/** @typedef {{marks: Mark[], segments: Segment[]}} Run marks that overlap, with the words they cover; no marks: plain text */

/**
 * The paragraphs of the article, each with its sentences.
 *
 * @param {Sentence[]} sentences
 * @returns {Sentence[][]}
 */
export function paragraphsOf(sentences) {
  /** @type {Map<number, Sentence[]>} */
  const found = new Map();
  for (const sentence of sentences) found.set(sentence.paragraph, [...(found.get(sentence.paragraph) ?? []), sentence]);
  return [...found.values()];
}

/**
 * A sentence cut where marks begin and end; marks that overlap are in one run, which opens one note.
 *
 * @param {Sentence} sentence
 * @param {Mark[]} marks of the layer
 * @returns {Run[]}
 */
export function runsOf(sentence, marks) {
  const characters = Array.from(sentence.text);
  const inside = marks
    .filter(({ start, end }) => start < sentence.end && end > sentence.start)
    .sort((first, second) => first.start - second.start || second.end - first.end);
  const cut = (/** @type {number} */ from, /** @type {number} */ to) =>
    characters.slice(from - sentence.start, to - sentence.start).join("");
  /** @type {{marks: Mark[], start: number, end: number}[]} */
  const clusters = [];
  for (const mark of inside) {
    const last = clusters[clusters.length - 1];
    const [start, end] = [Math.max(mark.start, sentence.start), Math.min(mark.end, sentence.end)];
    if (last && start < last.end) Object.assign(last, { marks: [...last.marks, mark], end: Math.max(last.end, end) });
    else clusters.push({ marks: [mark], start, end });
  }
  /** @type {Run[]} */
  const runs = [];
  let here = sentence.start;
  for (const { marks: together, start, end } of clusters) {
    if (start > here) runs.push({ marks: [], segments: [{ text: cut(here, start), marks: [] }] });
    const edges = [...new Set(together.flatMap((mark) => [Math.max(mark.start, start), Math.min(mark.end, end)]))].sort(
      (first, second) => first - second,
    );
    const segments = edges.slice(1).map((to, place) => ({
      text: cut(edges[place], to),
      marks: together.filter((mark) => mark.start < to && mark.end > edges[place]),
    }));
    runs.push({ marks: together, segments });
    here = end;
  }
  if (here < sentence.end) runs.push({ marks: [], segments: [{ text: cut(here, sentence.end), marks: [] }] });
  return runs;
}

/**
 * The mark that decides how a segment looks: the shortest one over it.
 *
 * @param {Mark[]} marks
 */
export const innermost = (marks) =>
  marks.reduce((best, mark) => (mark.end - mark.start < best.end - best.start ? mark : best));

/** @param {Run} run */
export const textOf = (run) => run.segments.map(({ text }) => text).join("");

/**
 * @param {Layer} layer
 * @param {Mark} mark
 */
export const groupOf = (layer, mark) => layer.groups.find(({ id }) => id === mark.group);

/**
 * How the marks of a group look.
 *
 * @param {Group} group
 */
export const sample = ({ sign, look }) =>
  h("span", { class: "cd-reading-sample", "data-label": look, "aria-hidden": "true" }, sign);

/**
 * The words of a run as a button. It is a span, because a button cannot break across lines.
 *
 * @param {Run} run
 * @param {Layer} layer
 * @param {string} panel
 */
export function markButton(run, layer, panel) {
  const signs = [...new Set(run.marks.map((mark) => groupOf(layer, mark)?.sign ?? ""))].filter(Boolean);
  const count = run.marks.length > 1 && signs.length < 2 ? `${signs.join("")}${run.marks.length}` : signs.join("");
  const tags = [...new Set(run.marks.map(({ tag }) => tag))].join("; ");
  return h(
    "span",
    { class: "cd-reading-mark", role: "button", tabindex: 0, "aria-expanded": "false", "aria-controls": panel },
    ...run.segments.map(({ text, marks }) =>
      h(
        "span",
        {
          class: "cd-reading-words",
          "data-label": groupOf(layer, innermost(marks))?.look ?? 1,
          "data-deep": marks.length > 1,
        },
        text,
      ),
    ),
    count ? h("span", { class: "cd-reading-sign", "aria-hidden": "true" }, count) : null,
    h("span", { class: "cd-sr", translate: "yes" }, ` (${tags})`),
  );
}
