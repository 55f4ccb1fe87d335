// @ts-check
/** Arrows: a source map, drawn as links from who told to who was told. */
import { isRecord, noAnswer, scoreOf, sum } from "../../base/formulas.js";
import { credit, distinct, find } from "./links.js";

/** @typedef {import("../../base/shapes.js").ArrowsTask} ArrowsTask */
/** @typedef {import("../../base/shapes.js").ArrowsKey} ArrowsKey */
/** @typedef {import("../../base/shapes.js").ArrowsResponse} ArrowsResponse */
/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("../../base/types.js").Translate} Translate */

/** @param {any} value @returns {value is ArrowsResponse} */
export const isResponse = (value) => Array.isArray(value.edges) && value.edges.every(isLink);

/** @param {any} value @returns {value is Link} */
const isLink = (value) =>
  isRecord(value) &&
  typeof value.source === "string" &&
  typeof value.target === "string" &&
  (value.relation === undefined || value.relation === null || typeof value.relation === "string");

/** @type {ArrowsResponse} */
export const emptyResponse = { kind: "arrows", edges: [] };

/** @param {ArrowsResponse} response */
export const isEmpty = (response) => response.edges.length === 0;

/**
 * @param {ArrowsTask} _task
 * @param {ArrowsResponse|null} response
 */
export const completeness = (_task, response) => ({ done: response && !isEmpty(response) ? 1 : 0, of: 1 });

/**
 * The largest F that any set of links can reach: those of largest weight, the best cut.
 *
 * @param {number[]} weights
 */
export function bestF(weights) {
  const total = sum(weights);
  const falling = [...weights].sort((first, second) => second - first);
  return Math.max(0, ...falling.map((_, index) => (2 * sum(falling.slice(0, index + 1))) / (index + 1 + total)));
}

/**
 * F over directed links as a share of the best F; F = 2 sum(credit) / (links given + sum of weights) (grading.md 5).
 *
 * @param {ArrowsTask} _task
 * @param {ArrowsKey} key
 * @param {ArrowsResponse|null} response
 */
export function score(_task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const given = distinct(response.edges);
  const parts = key.edges.map((reference) => ({
    part: `${reference.source} to ${reference.target}`,
    credit: credit(reference, find(given, reference)),
  }));
  const weights = key.edges.map(({ weight }) => weight);
  const earned = sum(parts.map((part) => part.credit));
  const found = earned ? (2 * earned) / (given.length + sum(weights)) / bestF(weights) : 0;
  return scoreOf(Math.min(1, found), parts);
}

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export const progressText = (t, progress) => (progress.done ? t("arrows.some") : t("arrows.nothing"));

/**
 * @param {Translate} t
 * @param {ArrowsTask} _task
 * @param {ArrowsKey} key
 * @param {ArrowsResponse} response
 */
export function summary(t, _task, key, response) {
  const given = distinct(response.edges);
  const wanted = key.edges.filter(({ weight }) => weight === 1);
  const found = wanted.filter((reference) => find(given, reference)).length;
  const other = given.filter((edge) => !((find(key.edges, edge)?.weight ?? 0) > 0)).length;
  return t("arrows.result", { found, of: wanted.length, other });
}
