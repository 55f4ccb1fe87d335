// @ts-check
/** Value: numbers, dates, short texts and tables, typed or recorded from code. */
import { aboveChance, isBlank, isRecord, noAnswer, scoreOf, sum } from "../../base/formulas.js";
import { words } from "../../base/text.js";

/** @typedef {import("../../base/shapes.js").ValueTask} ValueTask */
/** @typedef {import("../../base/shapes.js").ValueKey} ValueKey */
/** @typedef {import("../../base/shapes.js").ValueResponse} ValueResponse */
/** @typedef {import("../../base/shapes.js").FieldKey} FieldKey */
/** @typedef {import("../../base/shapes.js").FieldValue} FieldValue */
/** @typedef {import("../../base/types.js").Translate} Translate */

/** @param {any} value @returns {value is ValueResponse} */
export const isResponse = (value) =>
  isRecord(value.values) &&
  Object.values(value.values).every(
    (given) =>
      typeof given === "string" || isNumber(given) || (isRecord(given) && Object.values(given).every(isNumber)),
  );

/** @param {unknown} value */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** @param {FieldValue|undefined} given */
const isFilled = (given) =>
  typeof given === "string"
    ? !isBlank(given)
    : typeof given === "object"
      ? Object.keys(given).length > 0
      : given !== undefined;

/** @type {ValueResponse} */
export const emptyResponse = { kind: "value", values: {} };

/** @param {ValueResponse} response */
export const isEmpty = (response) => !Object.values(response.values).some(isFilled);

/**
 * @param {ValueTask} task
 * @param {ValueResponse|null} response
 */
export function completeness(task, response) {
  const done = task.fields.filter((field) => {
    const given = response && Object.hasOwn(response.values, field.id) ? response.values[field.id] : undefined;
    if (field.type !== "table") return isFilled(given);
    return isRecord(given) && field.rows.every((row) => Object.hasOwn(given, row));
  });
  return { done: done.length, of: task.fields.length };
}

/**
 * The mean credit of the fields, weighted by their shares.
 *
 * @param {ValueTask} task
 * @param {ValueKey} key
 * @param {ValueResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const parts = task.fields.map(({ id }) => {
    const entry = key.fields[id];
    return {
      part: id,
      credit: fieldCredit(entry, Object.hasOwn(response.values, id) ? response.values[id] : undefined),
    };
  });
  const shares = task.fields.map(({ id }) => key.fields[id].share);
  return scoreOf(sum(parts.map(({ credit }, place) => shares[place] * credit)) / sum(shares), parts);
}

/**
 * A number as it reads: its digits, and how many of them stand behind the point.
 *
 * @param {number} number
 */
function asWritten(number) {
  const [, whole, part = "", power = "0"] = /** @type {string[]} */ (
    /^(-?\d+)(?:\.(\d+))?(?:e(.+))?$/.exec(String(number))
  );
  return { digits: BigInt(whole + part), places: part.length - Number(power) };
}

/**
 * Whether a number is no further from a value than the tolerance, all three as they read: 26.3 is within 26.2, up to
 * 0.1 more or less, though the difference of the two floats is above 0.1.
 *
 * @param {number} given
 * @param {number} value
 * @param {number} tolerance
 */
export function isWithin(given, value, tolerance) {
  const read = [given, value, tolerance].map(asWritten);
  const most = Math.max(...read.map(({ places }) => places));
  const [mine, wanted, apart] = read.map(({ digits, places }) => digits * 10n ** BigInt(most - places));
  return mine - wanted <= apart && wanted - mine <= apart;
}

/**
 * @param {FieldKey} entry
 * @param {FieldValue|undefined} given
 */
export function fieldCredit(entry, given) {
  if (entry.type === "table") return typeof given === "object" ? tableCredit(entry, given) : 0;
  if (entry.type === "number")
    return Number(typeof given === "number" && isWithin(given, entry.value, entry.tolerance));
  if (typeof given !== "string") return 0;
  return entry.type === "date" ? Number(given === entry.value) : textCredit(entry, given);
}

/** Lower case that joins what differs in writing only (the sharp s, the final sigma). @param {string} text */
const fold = (text) => text.toUpperCase().toLowerCase().replaceAll("ς", "σ");

/**
 * 1 for enough different words and one word or phrase of each group, else 0.
 *
 * @param {FieldKey & {type: "text"}} entry
 * @param {string} given
 */
function textCredit(entry, given) {
  const folded = fold(given);
  if (new Set(words(folded)).size < entry.min_words) return 0;
  const stands = (/** @type {string} */ phrase) =>
    new RegExp(
      `(?:^|[^\\p{L}\\p{N}])${fold(phrase).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}(?![\\p{L}\\p{N}])`,
      "u",
    ).test(folded);
  return entry.mentions.every((group) => group.some(stands)) ? 1 : 0;
}

/**
 * The share of right rows, above the share that the commonest value in every row would earn.
 *
 * @param {FieldKey & {type: "table"}} entry
 * @param {Record<string, number>} given
 */
function tableCredit(entry, given) {
  const expected = Object.entries(entry.values);
  const rows = new Set([...Object.keys(entry.values), ...Object.keys(given)]).size;
  const right = expected.filter(
    ([row, value]) => Object.hasOwn(given, row) && isWithin(given[row], value, entry.tolerance),
  ).length;
  /** @type {Map<number, number>} */
  const times = new Map();
  for (const [, value] of expected) times.set(value, (times.get(value) ?? 0) + 1);
  const chance = Math.max(...times.values()) / expected.length;
  return chance < 1 ? aboveChance(right / rows, chance, 1) : Number(right === rows);
}

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export const progressText = (t, progress) =>
  t("value.left", { done: progress.done, of: progress.of, count: progress.of });

/**
 * @param {Translate} t
 * @param {ValueTask} task
 * @param {ValueKey} key
 * @param {ValueResponse} response
 */
export function summary(t, task, key, response) {
  const { parts } = score(task, key, response);
  return t("value.result", {
    right: parts.filter(({ credit }) => credit === 1).length,
    of: parts.length,
    count: parts.length,
  });
}
