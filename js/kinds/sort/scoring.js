// @ts-check
/** Sort: put items into classes; matching is a sort whose classes are partners. */
import { aboveChance, isRecord, mean, noAnswer, scoreOf, sum } from "../../base/formulas.js";

/** @typedef {import("../../base/shapes.js").SortTask} SortTask */
/** @typedef {import("../../base/shapes.js").SortKey} SortKey */
/** @typedef {import("../../base/shapes.js").SortResponse} SortResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */

/** @param {any} value @returns {value is SortResponse} */
export const isResponse = (value) =>
  isRecord(value.placed) && Object.values(value.placed).every((name) => typeof name === "string");

/** @type {SortResponse} */
export const emptyResponse = { kind: "sort", placed: {} };

/** @param {SortResponse} response */
export const isEmpty = (response) => Object.keys(response.placed).length === 0;

/**
 * @param {SortTask} task
 * @param {SortResponse|null} response
 */
export const completeness = (task, response) => ({
  done: task.items.filter(({ id }) => response && Object.hasOwn(response.placed, id)).length,
  of: task.items.length,
});

/**
 * Mean weight of the chosen classes, above what a blind choice would earn.
 *
 * @param {SortTask} task
 * @param {SortKey} key
 * @param {SortResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const parts = task.items.map(({ id }) => ({
    part: id,
    credit: weightOf(key.items[id].weights, response.placed[id]),
  }));
  const weights = task.items.map(({ id }) => Object.values(key.items[id].weights));
  const earned = mean(parts.map(({ credit }) => credit));
  const chance = mean(weights.map((each) => sum(each) / task.classes.length));
  return scoreOf(aboveChance(earned, chance, mean(weights.map((each) => Math.max(...each)))), parts);
}

/**
 * @param {Record<string, number>} weights
 * @param {string|undefined} name
 */
export const weightOf = (weights, name) => (name !== undefined && Object.hasOwn(weights, name) ? weights[name] : 0);

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export const progressText = (t, progress) => t("sort.left", { done: progress.done, of: progress.of });

/**
 * @param {Translate} t
 * @param {SortTask} task
 * @param {SortKey} key
 * @param {SortResponse} response
 */
export function summary(t, task, key, response) {
  const credits = score(task, key, response).parts.map(({ credit }) => credit ?? 0);
  const right = credits.filter((credit) => credit === 1).length;
  const part = credits.filter((credit) => credit > 0 && credit < 1).length;
  const base = t("sort.result", { right, of: credits.length });
  return part ? `${base} ${t("sort.resultPart", { count: part })}` : base;
}
