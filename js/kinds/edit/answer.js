// @ts-check
/** Mended passages as an answer: what is stored, and how far it is. How it is scored is in scoring.js. */
import { isRecord } from "../../base/formulas.js";

/** @typedef {import("../../base/shapes.js").EditTask} EditTask */
/** @typedef {import("../../base/shapes.js").EditResponse} EditResponse */

const MOST_CHARACTERS = 40_000;

/** @param {any} value @returns {value is EditResponse} */
export const isResponse = (value) =>
  isRecord(value.texts) &&
  Object.values(value.texts).every((text) => typeof text === "string" && text.length <= MOST_CHARACTERS);

/** @type {EditResponse} */
export const emptyResponse = { kind: "edit", texts: {} };

/** @param {EditResponse} response */
export const isEmpty = (response) => !Object.keys(response.texts).length;

/**
 * How much there is to mend is for the learner to find: one change is enough to check.
 *
 * @param {EditTask} task
 * @param {EditResponse|null} response
 */
export const completeness = (task, response) => ({
  done: Number(task.passages.some(({ id }) => response && Object.hasOwn(response.texts, id))),
  of: 1,
});
