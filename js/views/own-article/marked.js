// @ts-check
/** Own-article mode, both layers of marks at once: the text cut where a mark of either begins or ends. */
import { LAYERS } from "./labels.js";

/** @typedef {import("../../base/shapes.js").MarkedSpan} MarkedSpan */
/** @typedef {import("./labels.js").Layer} Layer */
/** @typedef {{label: string, start: number, end: number}} Mark start and end in code points of the whole text */
/** @typedef {{text: string, marks: Record<Layer, Mark|null>, ends: Mark[]}} Segment words that carry the same marks, and those of the marks that end with them */

/**
 * The lines of a text, each as its segments. Empty lines are left out.
 *
 * @param {string} text
 * @param {Record<Layer, MarkedSpan[]>} spans of the whole text
 * @returns {Segment[][]}
 */
export function markedLines(text, spans) {
  const characters = Array.from(text);
  const marks = { WHO: marksOf(characters, spans.WHO), HOW: marksOf(characters, spans.HOW) };
  /** @type {Segment[][]} */
  const lines = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + Array.from(line).length;
    if (line.trim()) lines.push(segmentsOf(characters, start, end, marks));
    start = end + 1;
  }
  return lines;
}

/**
 * The marks whose words are in the text; others belong to another text.
 *
 * @param {string[]} characters
 * @param {MarkedSpan[]} spans
 * @returns {Mark[]}
 */
function marksOf(characters, spans) {
  const found = spans.filter(
    ({ selector: [{ start, end }, { exact }] }) => characters.slice(start, end).join("") === exact,
  );
  return found.map(({ label, selector: [{ start, end }] }) => ({ label, start, end }));
}

/**
 * @param {string[]} characters
 * @param {number} start
 * @param {number} end
 * @param {Record<Layer, Mark[]>} marks
 */
function segmentsOf(characters, start, end, marks) {
  const all = LAYERS.flatMap((layer) => marks[layer]);
  const borders = new Set([start, end]);
  for (const mark of all)
    for (const border of [mark.start, mark.end]) if (border > start && border < end) borders.add(border);
  const cuts = [...borders].sort((first, second) => first - second);
  const over = (/** @type {Layer} */ layer, /** @type {number} */ place) =>
    marks[layer].find((mark) => mark.start <= place && place < mark.end) ?? null;
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1];
    return {
      text: characters.slice(from, to).join(""),
      marks: { WHO: over("WHO", from), HOW: over("HOW", from) },
      ends: all.filter((mark) => mark.end === to),
    };
  });
}
