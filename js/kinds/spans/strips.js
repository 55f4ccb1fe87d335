// @ts-check
/** Own marks beside the reference, word by word: the same numbers as src/copydesk/kinds/spans/strips.py. */
import { Words, weightsOf } from "./scoring.js";

/** @typedef {{start: number, end: number, mine: boolean, weight: number, found: "hit"|"missed"|"extra"|"nothing"}} StripWord weight: 0 for none, below 1 for a reading you can defend */
/** @typedef {{passage: string, label: string, words: StripWord[]}} Strip */

/**
 * A strip for each passage and label, in the task's order; marks and weights are those of the score.
 *
 * @param {import("../../base/shapes.js").SpansTask} task
 * @param {import("../../base/shapes.js").SpansKey} key
 * @param {import("../../base/shapes.js").SpansResponse|null} response
 * @returns {Strip[]}
 */
export function strips(task, key, response) {
  const words = new Words(task);
  const columns = task.labels.map(({ id }) => ({
    label: id,
    weights: weightsOf(words, key, id),
    marks: response ? words.marked(response, id) : new Set(),
  }));
  return [...words.passages].flatMap(([passage, { first, tokens }]) =>
    columns.map(({ label, weights, marks }) => ({
      passage,
      label,
      words: tokens.map(([start, end], index) => {
        const mine = marks.has(first + index);
        const weight = weights[first + index];
        return { start, end, mine, weight, found: weight > 0 ? (mine ? "hit" : "missed") : mine ? "extra" : "nothing" };
      }),
    })),
  );
}
