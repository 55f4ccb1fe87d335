// @ts-check
/** Measures of judgements that are no marks. The same numbers as src/copydesk/measures.py. */

import { mean } from "../base/formulas.js";
import { KINDS } from "../kinds/kinds.js";
import { versionOf } from "../task/versions.js";

/** @typedef {{confidence: number, right: boolean}} Judgement confidence 0.5 to 1 */
/** @typedef {{band: number, count: number, right: number|null, confidence: number|null, enough: boolean}} Band right: share; confidence: mean; both null where nothing was judged */

/** How sure one can say one is, in per cent. */
export const BANDS = [50, 60, 70, 80, 90, 100];
/** With fewer judgements in a band its share says nothing. */
export const LEAST_IN_BAND = 5;

/**
 * How often judgements were right in each band of confidence; halfway between two bands counts for the higher.
 *
 * @param {Judgement[]} judgements
 * @returns {Band[]}
 */
export function reliability(judgements) {
  return BANDS.map((band) => {
    const inside = judgements.filter(({ confidence }) => Math.floor(confidence * 10 + 0.5) * 10 === band);
    const count = inside.length;
    return {
      band,
      count,
      right: count ? mean(inside.map(({ right }) => Number(right))) : null,
      confidence: count ? mean(inside.map(({ confidence }) => confidence)) : null,
      enough: count >= LEAST_IN_BAND,
    };
  });
}

/**
 * The mean of (confidence - outcome)², or null where nothing was judged.
 *
 * @param {Judgement[]} judgements
 */
export function brier(judgements) {
  return judgements.length ? mean(judgements.map(({ confidence, right }) => (confidence - Number(right)) ** 2)) : null;
}

/**
 * The judgements in some answers: the tasks with a key that were checked after a confidence was said.
 *
 * @param {import("../base/contents.js").ScoredTask[]} tasks
 * @param {import("../base/shapes.js").Entries} entries
 * @returns {Judgement[]}
 */
export function judgements(tasks, entries) {
  return tasks.flatMap((first) => {
    const entry = Object.hasOwn(entries, first.id) ? entries[first.id] : null;
    const task = versionOf(first, entry);
    if (!task.key || !entry?.checked || entry.confidence === null || entry.response.kind !== task.kind) return [];
    const { status, share } = KINDS[task.kind].score(task, task.key, entry.response);
    return status === "scored" ? [{ confidence: entry.confidence, right: share === 1 }] : [];
  });
}
