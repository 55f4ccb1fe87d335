// @ts-check
/** Written: a text of the learner's own, marked by a person against a rubric. */
import { isBlank, noAnswer } from "../../base/formulas.js";
import { words } from "../../base/text.js";

/** @typedef {import("../../base/shapes.js").WrittenTask} WrittenTask */
/** @typedef {import("../../base/shapes.js").WrittenKey} WrittenKey */
/** @typedef {import("../../base/shapes.js").WrittenResponse} WrittenResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */

export const MOST_CHARACTERS = 40_000;

/** @param {any} value @returns {value is WrittenResponse} */
export const isResponse = (value) => typeof value.text === "string" && value.text.length <= MOST_CHARACTERS;

/** @type {WrittenResponse} */
export const emptyResponse = { kind: "written", text: "" };

/** @param {WrittenResponse} response */
export const isEmpty = (response) => isBlank(response.text);

/**
 * @param {WrittenTask} task
 * @param {WrittenResponse|null} response
 */
export function completeness(task, response) {
  const least = Math.max(1, task.min_words);
  return { done: Math.min(least, response ? words(response.text).length : 0), of: least };
}

/**
 * @param {WrittenTask} _task
 * @param {WrittenKey} _key
 * @param {WrittenResponse|null} response
 * @returns {import("../../base/types.js").Score}
 */
export function score(_task, _key, response) {
  return !response || isEmpty(response) ? noAnswer() : { share: null, status: "awaiting marking", parts: [] };
}

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export const progressText = (t, progress) => {
  if (progress.of === 1) return t("written.nothing");
  return progress.done >= progress.of ? t("written.enough") : t("written.tooShort");
};

/** @param {Translate} t */
export const summary = (t) => t("written.result");
