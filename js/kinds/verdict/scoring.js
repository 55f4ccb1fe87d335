// @ts-check
/** Verdict: how well a claim is supported, with a qualification where it needs one, and the cards that decide it. */
import { aboveChance, isTextList, mean, noAnswer, scoreOf } from "../../base/formulas.js";
import { SUPPORTS } from "./support.js";

/** @typedef {import("../../base/shapes.js").VerdictTask} VerdictTask */
/** @typedef {import("../../base/shapes.js").VerdictKey} VerdictKey */
/** @typedef {import("../../base/shapes.js").VerdictResponse} VerdictResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */

/** The part of a verdict that the right qualification earns, where the key asks for one. */
const QUALIFICATION_SHARE = 0.25;

export const ownsCards = true;
export const asksConfidence = true;

/** @param {any} value @returns {value is VerdictResponse} */
export const isResponse = (value) =>
  (value.support === null || SUPPORTS.includes(value.support)) &&
  (value.qualification === null || typeof value.qualification === "string") &&
  isTextList(value.cards);

/** @type {VerdictResponse} */
export const emptyResponse = { kind: "verdict", support: null, qualification: null, cards: [] };

/** @param {VerdictResponse} response */
export const isEmpty = (response) => !response.support && response.cards.length === 0;

/**
 * A support, a card and, where the support asks for one, a qualification.
 *
 * @param {VerdictTask} task
 * @param {VerdictResponse|null} response
 */
export function completeness(task, response) {
  /** @type {[string, boolean][]} */
  const parts = [
    ["cards", Boolean(response?.cards.length)],
    ["support", Boolean(response?.support)],
  ];
  if (response?.support === "qualified" && task.qualifications.length)
    parts.push(["qualification", Boolean(response.qualification)]);
  const missing = parts.filter(([, done]) => !done).map(([name]) => name);
  return { done: parts.length - missing.length, of: parts.length, missing };
}

/** @param {VerdictKey} key */
export const wantsQualification = (key) => Object.values(key.qualifications).some(({ weight }) => weight === 1);

/**
 * @param {VerdictKey} key
 * @param {string|null|undefined} id
 */
const qualificationWeight = (key, id) =>
  id && Object.hasOwn(key.qualifications, id) ? key.qualifications[id].weight : 0;

/**
 * The weight of the support above the mean of the five, a quarter of it for the qualification where the key
 * has one of weight 1. Nothing without a decisive card (grading.md 3).
 *
 * @param {VerdictTask} _task
 * @param {VerdictKey} key
 * @param {VerdictResponse|null} response
 */
export function score(_task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const weights = SUPPORTS.map((name) => key.support[name].weight);
  const mine = response.support ? key.support[response.support].weight : 0;
  const qualification = qualificationWeight(key, response.qualification);
  const cited = response.cards.some((card) => Object.hasOwn(key.decisive, card));
  let share = aboveChance(mine, mean(weights), Math.max(...weights));
  const parts = [{ part: "support", credit: mine }];
  if (wantsQualification(key)) {
    share *= 1 - QUALIFICATION_SHARE + QUALIFICATION_SHARE * qualification;
    parts.push({ part: "qualification", credit: qualification });
  }
  parts.push({ part: "cards", credit: cited ? 1 : 0 });
  return scoreOf(cited && response.support ? share : 0, parts);
}

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export function progressText(t, { missing = [] }) {
  /** @type {Record<string, string>} */
  const said = {
    cards: t("verdict.needCard"),
    support: t("verdict.needSupport"),
    qualification: t("verdict.needQualification"),
  };
  return missing.map((name) => said[name]).join(" ");
}

/**
 * @param {Translate} t
 * @param {VerdictTask} _task
 * @param {VerdictKey} key
 * @param {VerdictResponse} response
 */
export function summary(t, _task, key, response) {
  const weight = response.support ? key.support[response.support].weight : 0;
  const said = [
    weight === 1 ? t("verdict.isReference") : weight > 0 ? t("verdict.isDefensible") : t("verdict.isNeither"),
  ];
  if (weight > 0 && wantsQualification(key)) {
    const part = qualificationWeight(key, response.qualification);
    if (!response.qualification) said.push(t("verdict.qualificationMissing"));
    else
      said.push(
        part === 1
          ? t("verdict.qualificationReference")
          : part > 0
            ? t("verdict.qualificationDefensible")
            : t("verdict.qualificationNeither"),
      );
  }
  const decisive = Object.keys(key.decisive);
  const cited = decisive.filter((card) => response.cards.includes(card)).length;
  said.push(cited ? t("verdict.decisiveCited", { cited, count: decisive.length }) : t("verdict.noDecisive"));
  return said.join(" ");
}
