// @ts-check
/** Order: put items into an order, with ties where the task allows them. */
import { isTextList, noAnswer, scoreOf } from "../../base/formulas.js";

/** @typedef {import("../../base/shapes.js").OrderTask} OrderTask */
/** @typedef {import("../../base/shapes.js").OrderKey} OrderKey */
/** @typedef {import("../../base/shapes.js").OrderResponse} OrderResponse */
/** @typedef {import("../../base/shapes.js").Ranks} Ranks */
/** @typedef {import("../../base/types.js").Translate} Translate */

/** @param {any} value @returns {value is OrderResponse} */
export const isResponse = (value) => Array.isArray(value.ranks) && value.ranks.every(isTextList);

/** @type {OrderResponse} */
export const emptyResponse = { kind: "order", ranks: [] };

/** @param {OrderResponse} response */
export const isEmpty = (response) => response.ranks.every((group) => group.length === 0);

/**
 * @param {OrderTask} task
 * @param {OrderResponse|null} response
 */
export function completeness(task, response) {
  const placed = groupOf(response?.ranks ?? []);
  return { done: task.items.filter(({ id }) => placed.has(id)).length, of: task.items.length };
}

/**
 * The group of each item, from 0.
 *
 * @param {Ranks} ranks
 * @returns {Map<string, number>}
 */
const groupOf = (ranks) => new Map(ranks.flatMap((group, place) => group.map((id) => [id, place])));

/**
 * The pairs that the key fixes, each with 1 where the learner has it so, -1 where turned round, else 0.
 *
 * @param {OrderKey} key
 * @param {OrderResponse} response
 */
function pairs(key, response) {
  const mine = groupOf(response.ranks);
  return key.ranks.flatMap((group, place) =>
    group.flatMap((before) =>
      key.ranks.slice(place + 1).flatMap((later) =>
        later.map((after) => {
          const [first, second] = [mine.get(before), mine.get(after)];
          return { before, after, agrees: first === undefined || second === undefined ? 0 : Math.sign(second - first) };
        }),
      ),
    ),
  );
}

/**
 * (Pairs as in the key - pairs turned round) / pairs that the key fixes, at least 0 (grading.md 5).
 *
 * @param {OrderTask} task
 * @param {OrderKey} key
 * @param {OrderResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const fixed = pairs(key, response);
  const agreed = fixed.reduce((total, { agrees }) => total + agrees, 0);
  const parts = task.items.map(({ id }) => {
    const own = fixed.filter(({ before, after }) => before === id || after === id);
    return { part: id, credit: own.length ? own.filter(({ agrees }) => agrees === 1).length / own.length : null };
  });
  return scoreOf(Math.max(0, agreed / fixed.length), parts);
}

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export const progressText = (t, progress) =>
  progress.done ? t("order.left", { done: progress.done, of: progress.of }) : t("order.nothing");

/**
 * @param {Translate} t
 * @param {OrderTask} _task
 * @param {OrderKey} key
 * @param {OrderResponse} response
 */
export function summary(t, _task, key, response) {
  const fixed = pairs(key, response);
  const right = fixed.filter(({ agrees }) => agrees === 1).length;
  return right === fixed.length ? t("order.allRight") : t("order.result", { right, of: fixed.length });
}
