// @ts-check
/** True or not: a statement, and whether it is true. A kind for a test: it stands in no table of the project. */
import { noAnswer, scoreOf } from "../../base/formulas.js";

/** @typedef {{kind: "true_or_not", answer: boolean|null}} TrueOrNotResponse */
/** @typedef {{kind: "true_or_not", is_true: boolean}} TrueOrNotKey */

/** @param {any} value @returns {value is TrueOrNotResponse} */
export const isResponse = (value) => value.answer === null || typeof value.answer === "boolean";

/** @type {TrueOrNotResponse} */
export const emptyResponse = { kind: "true_or_not", answer: null };

/** @param {TrueOrNotResponse} response */
export const isEmpty = (response) => response.answer === null;

/**
 * @param {unknown} _task
 * @param {TrueOrNotResponse|null} response
 */
export const completeness = (_task, response) => ({ done: response && !isEmpty(response) ? 1 : 0, of: 1 });

/**
 * @param {unknown} _task
 * @param {TrueOrNotKey} key
 * @param {TrueOrNotResponse|null} response
 */
export function score(_task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const credit = Number(response.answer === key.is_true);
  return scoreOf(credit, [{ part: "answer", credit }]);
}

/**
 * @param {import("../../base/types.js").Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export const progressText = (t, progress) => (progress.done ? t("true_or_not.answered") : t("true_or_not.nothing"));

/**
 * @param {import("../../base/types.js").Translate} t
 * @param {unknown} _task
 * @param {TrueOrNotKey} key
 * @param {TrueOrNotResponse} response
 */
export const summary = (t, _task, key, response) =>
  response.answer === key.is_true ? t("true_or_not.right") : t("true_or_not.wrong");
