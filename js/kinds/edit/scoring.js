// @ts-check
/** Mended passages, scored: what was repaired, less what was changed without need. */
import { noAnswer, scoreOf, sum } from "../../base/formulas.js";
import { wordsOf } from "./alignment.js";
import { isEmpty } from "./answer.js";
import { CREDIT, compare, wordsOutside } from "./comparison.js";

export { completeness, emptyResponse, isEmpty, isResponse } from "./answer.js";

/** @typedef {import("../../base/shapes.js").EditTask} EditTask */
/** @typedef {import("../../base/shapes.js").EditKey} EditKey */
/** @typedef {import("../../base/shapes.js").EditResponse} EditResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */

/** What it costs to change half of the words that were right, or more; and to touch a stretch that must be kept. */
const NEEDLESS_COST = 0.6;
const KEEP_COST = 0.1;
/** A text may have so many times the words of its passage, and so many more. */
const MOST_TIMES = 3;
const MOST_MORE = 50;

/** How many words a learner's text of a passage may have. @param {string} passage */
export const mostWords = (passage) => MOST_TIMES * wordsOf(passage).length + MOST_MORE;

/**
 * A repaired fault earns its weight, one that is found half of it. Of this share of all weights 0.6 is taken away where
 * half of the words outside the faults were changed or more, in proportion below that, and 0.1 for each stretch that
 * must be kept and was touched.
 *
 * @param {EditTask} task
 * @param {EditKey} key
 * @param {EditResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const compared = compare(task, key, response);
  const outcomes = new Map(
    compared.flatMap(({ faults }) => faults.map(({ place, outcome }) => [place.fault.id, outcome])),
  );
  const parts = key.faults.map(({ id }) => ({ part: id, credit: CREDIT[outcomes.get(id) ?? "left"] }));
  const earned = sum(key.faults.map(({ weight }, index) => weight * parts[index].credit));
  const gain = earned / sum(key.faults.map(({ weight }) => weight));
  const needless = compared.reduce((count, passage) => count + passage.needless, 0);
  const touched = compared.reduce((count, passage) => count + passage.touched.length, 0);
  const changed = Math.min(1, (2 * needless) / wordsOutside(compared.map((passage) => passage.key)));
  return scoreOf(Math.max(0, sum([gain, -NEEDLESS_COST * changed, -KEEP_COST * touched])), parts);
}

/** @param {Translate} t */
export const progressText = (t) => t("edit.none");

/**
 * @param {Translate} t
 * @param {EditTask} task
 * @param {EditKey} key
 * @param {EditResponse} response
 */
export function summary(t, task, key, response) {
  const compared = compare(task, key, response);
  const outcomes = compared.flatMap(({ faults }) => faults.map(({ outcome }) => outcome));
  const done = outcomes.filter((outcome) => outcome === "repaired").length;
  const found = outcomes.filter((outcome) => outcome === "found").length;
  const needless = compared.reduce((count, passage) => count + passage.needless, 0);
  const parts = [t("edit.mended", { done, count: outcomes.length })];
  if (found) parts.push(t("edit.alsoFound", { count: found }));
  if (needless) parts.push(t("edit.needless", { count: needless }));
  return t("edit.sentence", { parts: parts.join(", ") });
}
