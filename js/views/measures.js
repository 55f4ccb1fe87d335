// @ts-check
/** Measures of judgements that are no marks. The same numbers as src/copydesk/measures.py. */

import { mean } from "../base/formulas.js";
import { KINDS } from "../kinds/kinds.js";
import { versionOf } from "../task/versions.js";

/** @typedef {{confidence: number, right: boolean}} Judgement confidence 0.5 to 1 */
/** @typedef {{band: number, count: number, right: number|null, confidence: number|null, enough: boolean}} Band right: share; confidence: mean; both null where nothing was judged */

/** How sure you can say you are, in per cent. */
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

/**
 * d′ and c: how well supported items are told from others, and how reluctantly items are accepted; null without items.
 * Both shares carry the log-linear correction (k + 0.5) / (n + 1).
 *
 * @param {number} hits
 * @param {number} supported
 * @param {number} falseAlarms
 * @param {number} unsupported
 */
export function discernment(hits, supported, falseAlarms, unsupported) {
  if (!supported || !unsupported) return null;
  const hit = quantile((hits + 0.5) / (supported + 1));
  const alarm = quantile((falseAlarms + 0.5) / (unsupported + 1));
  return { dPrime: hit - alarm, c: -(hit + alarm) / 2 };
}

const STEPS = 60;
const ENOUGH = 1e-12;

/**
 * The quantile of the standard normal distribution, by Newton's method from the middle.
 *
 * @param {number} share above 0 and below 1
 */
function quantile(share) {
  let place = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const density = Math.exp((-place * place) / 2) / Math.sqrt(2 * Math.PI);
    const change = (cumulative(place, density) - share) / density;
    place -= change;
    if (Math.abs(change) < ENOUGH) break;
  }
  return place;
}

/**
 * The share of the standard normal distribution below a place, by its power series.
 *
 * @param {number} place
 * @param {number} density there
 */
function cumulative(place, density) {
  let term = place;
  let sum = place;
  for (let odd = 3; Math.abs(term) > ENOUGH; odd += 2) {
    term *= (place * place) / odd;
    sum += term;
  }
  return 0.5 + density * sum;
}
