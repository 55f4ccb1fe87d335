// @ts-check
/** Choice: pick one option, or mark all that apply. */
import { aboveChance, isTextList, mean, noAnswer, scoreOf } from "../../base/formulas.js";

/** @typedef {import("../../base/shapes.js").ChoiceTask} ChoiceTask */
/** @typedef {import("../../base/shapes.js").ChoiceKey} ChoiceKey */
/** @typedef {import("../../base/shapes.js").ChoiceResponse} ChoiceResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */

/** @param {any} value @returns {value is ChoiceResponse} */
export const isResponse = (value) => isTextList(value.chosen);

/** @type {ChoiceResponse} */
export const emptyResponse = { kind: "choice", chosen: [] };

/** @param {ChoiceResponse} response */
export const isEmpty = (response) => response.chosen.length === 0;

/**
 * @param {ChoiceTask} _task
 * @param {ChoiceResponse|null} response
 */
export const completeness = (_task, response) => ({ done: response && !isEmpty(response) ? 1 : 0, of: 1 });

/**
 * One option: its weight above the mean weight. Several: right chosen / right - wrong chosen / wrong.
 *
 * @param {ChoiceTask} task
 * @param {ChoiceKey} key
 * @param {ChoiceResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const parts = task.options.map(({ id }) => ({ part: id, credit: key.options[id].weight }));
  const weights = parts.map(({ credit }) => credit);
  const chosen = new Set(response.chosen);
  if (!task.multiple) {
    const mine = parts.find(({ part }) => chosen.has(part))?.credit ?? 0;
    return scoreOf(aboveChance(mine, mean(weights), Math.max(...weights)), parts);
  }
  const right = parts.filter(({ credit }) => credit === 1);
  const wrong = parts.filter(({ credit }) => credit === 0);
  const hit = right.filter(({ part }) => chosen.has(part)).length / right.length;
  const missed = wrong.length ? wrong.filter(({ part }) => chosen.has(part)).length / wrong.length : 0;
  return scoreOf(Math.max(0, hit - missed), parts);
}

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export const progressText = (t, progress) => (progress.done ? t("choice.picked") : t("choice.nothing"));

/**
 * @param {Translate} t
 * @param {ChoiceTask} task
 * @param {ChoiceKey} key
 * @param {ChoiceResponse} response
 */
export function summary(t, task, key, response) {
  if (task.multiple) {
    const { share } = score(task, key, response);
    if (share === 1) return t("choice.allRight");
    const right = task.options.filter(({ id }) => key.options[id].weight === 1);
    const wrong = response.chosen.filter((id) => key.options[id]?.weight === 0).length;
    const found = right.filter(({ id }) => response.chosen.includes(id)).length;
    return t("choice.manyResult", { found, right: right.length, wrong });
  }
  const weight = key.options[response.chosen[0]]?.weight ?? 0;
  if (weight === 1) return t("choice.isReference");
  return weight > 0 ? t("choice.isDefensible") : t("choice.isNeither");
}
