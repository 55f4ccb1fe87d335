// @ts-check
/** The answer file (schema copydesk/answers/1): reading, checking, merging, writing. The same rules as model/answer.py. */

import { isRecord } from "../base/formulas.js";
import { KINDS } from "../kinds/kinds.js";

/** @typedef {import("../base/shapes.js").AnswerFile} AnswerFile */
/** @typedef {import("../base/shapes.js").Entry} Entry */
/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {{course: string, lesson: string, bank: string, release?: string}} Place */
/** @typedef {{key: string, params?: Record<string, string|number>}} Refusal */

export const SCHEMA = "copydesk/answers/1";
/** The answer files of all lessons in one. */
export const ALL_SCHEMA = "copydesk/all-answers/1";
/** Larger than any answer file of a lesson; a wrong file is refused before it is read. */
export const MOST_BYTES = 10_000_000;
const MOST_ANSWERS = 500;
const MOST_ORDERS = 20;
const MOST_IN_ORDER = 100;
const MOST_REASON = 2000;
const MOST_ATTEMPTS = 100_000;
const MOST_HINTS = 100;
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** @param {unknown} value @returns {value is string} */
const isMoment = (value) => typeof value === "string" && MOMENT.test(value) && !Number.isNaN(Date.parse(value));

/**
 * @param {unknown} value
 * @param {number} most
 */
const isCount = (value, most) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;

/**
 * Return an answer with only the fields that belong in it, or null where it is damaged.
 *
 * @param {unknown} value
 * @returns {Entry|null}
 */
export function readEntry(value) {
  if (!isRecord(value) || !isMoment(value.at) || !isRecord(value.response)) return null;
  const {
    response,
    confidence = null,
    reason = "",
    at,
    attempts = 1,
    hints = 0,
    checked = false,
    version = null,
  } = value;
  const kind = typeof response.kind === "string" && Object.hasOwn(KINDS, response.kind) ? KINDS[response.kind] : null;
  if (!kind?.isResponse(response)) return null;
  if (confidence !== null && !(typeof confidence === "number" && confidence >= 0.5 && confidence <= 1)) return null;
  if (
    typeof reason !== "string" ||
    reason.length > MOST_REASON ||
    !isCount(attempts, MOST_ATTEMPTS) ||
    !isCount(hints, MOST_HINTS) ||
    typeof checked !== "boolean" ||
    !(version === null || version === 1 || version === 2)
  )
    return null;
  const known = /** @type {import("../base/shapes.js").Response} */ (/** @type {unknown} */ (response));
  return {
    response: known,
    confidence,
    reason,
    at: /** @type {string} */ (at),
    attempts: Number(attempts),
    hints: Number(hints),
    checked,
    ...(version ? { version } : {}),
  };
}

/**
 * Return the answers that are whole, by task id.
 *
 * @param {unknown} value
 * @returns {Entries}
 */
export function readEntries(value) {
  /** @type {Entries} */
  const entries = {};
  if (!isRecord(value)) return entries;
  for (const [id, raw] of Object.entries(value)) {
    const entry = IDENTIFIER.test(id) ? readEntry(raw) : null;
    if (entry) entries[id] = entry;
  }
  return entries;
}

/**
 * Read an answer file, or say in which plain words it is refused.
 *
 * @param {string} text
 * @param {{course: string, lesson: string}} place what the answers must belong to
 * @returns {{file: AnswerFile}|{refusal: Refusal}}
 */
export function readAnswerFile(text, { course, lesson }) {
  /** @type {unknown} */
  let raw;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { refusal: { key: "import.notJson" } };
  }
  if (isRecord(raw) && raw.schema === ALL_SCHEMA && Array.isArray(raw.files)) {
    raw = raw.files.find((file) => isRecord(file) && file.lesson === lesson) ?? null;
    if (!raw) return { refusal: { key: "import.notAmong", params: { lesson } } };
  }
  if (!isRecord(raw) || typeof raw.schema !== "string" || !raw.schema.startsWith("copydesk/answers/"))
    return { refusal: { key: "import.notAnswers" } };
  if (raw.schema !== SCHEMA) return { refusal: { key: "import.newer", params: { schema: raw.schema.slice(0, 40) } } };
  if (raw.course !== course)
    return {
      refusal: { key: "import.otherCourse", params: { theirs: String(raw.course).slice(0, 64), ours: course } },
    };
  if (raw.lesson !== lesson)
    return {
      refusal: { key: "import.otherLesson", params: { theirs: String(raw.lesson).slice(0, 64), ours: lesson } },
    };
  if (!isRecord(raw.answers) || !isMoment(raw.saved) || typeof raw.bank !== "string")
    return { refusal: { key: "import.damaged" } };
  const ids = Object.keys(raw.answers);
  const answers = readEntries(raw.answers);
  const damaged = ids.find((id) => !Object.hasOwn(answers, id));
  if (damaged !== undefined) return { refusal: { key: "import.damagedTask", params: { id: damaged.slice(0, 64) } } };
  if (ids.length > MOST_ANSWERS) return { refusal: { key: "import.damaged" } };
  const alias = isRecord(raw.learner) && typeof raw.learner.alias === "string" ? cleanAlias(raw.learner.alias) : "";
  const orders = readOrders(raw.orders);
  const { bank, saved } = /** @type {{bank: string, saved: string}} */ (raw);
  const drawn = Object.keys(orders).length ? { orders } : {};
  return { file: { schema: SCHEMA, course, lesson, bank, learner: { alias }, saved, ...drawn, answers } };
}

/**
 * The orders of tasks that were drawn for a learner, by their names; what is none is left out.
 *
 * @param {unknown} value
 * @returns {Record<string, string[]>}
 */
function readOrders(value) {
  const isId = (/** @type {unknown} */ id) => typeof id === "string" && IDENTIFIER.test(id);
  /** @type {Record<string, string[]>} */
  const orders = {};
  for (const [name, ids] of Object.entries(isRecord(value) ? value : {}).slice(0, MOST_ORDERS))
    if (isId(name) && Array.isArray(ids) && ids.length <= MOST_IN_ORDER && ids.every(isId)) orders[name] = ids;
  return orders;
}

/**
 * Tasks in an order that was drawn for a learner; one that was not there then comes last.
 *
 * @param {string[]} order
 * @param {string[]} ids
 */
export function inOrder(order, ids) {
  const known = order.filter((id) => ids.includes(id));
  return [...known, ...ids.filter((id) => !known.includes(id))];
}

/**
 * Return all answers of both, and of two for one task the later; on equal times the second.
 *
 * @param {Entries} first
 * @param {Entries} second
 * @returns {Entries}
 */
export function mergeEntries(first, second) {
  const merged = { ...first };
  for (const [id, entry] of Object.entries(second)) {
    if (!Object.hasOwn(merged, id) || Date.parse(entry.at) >= Date.parse(merged[id].at)) merged[id] = entry;
  }
  return merged;
}

/**
 * The ids whose answers differ.
 *
 * @param {Entries} before
 * @param {Entries} after
 */
export function changedIds(before, after) {
  return Object.keys(after).filter(
    (id) =>
      !Object.hasOwn(before, id) ||
      (before[id] !== after[id] && JSON.stringify(before[id]) !== JSON.stringify(after[id])),
  );
}

/**
 * Now, but later than an earlier answer to the same task even where the clock was set back.
 *
 * @param {string} [earlier]
 * @param {number} [now] milliseconds
 */
export function nextTimestamp(earlier, now = Date.now()) {
  const before = earlier === undefined ? Number.NaN : Date.parse(earlier);
  return new Date(Number.isNaN(before) ? now : Math.max(now, before + 1)).toISOString();
}

/**
 * @param {Place} place
 * @param {string} alias
 * @param {Entries} answers
 * @param {string} saved
 * @param {Record<string, string[]>} [orders]
 * @returns {AnswerFile}
 */
export function makeAnswerFile({ course, lesson, bank, release }, alias, answers, saved, orders = {}) {
  const written = release ? { release } : {};
  const drawn = Object.keys(orders).length ? { orders } : {};
  return { schema: SCHEMA, course, lesson, bank, ...written, learner: { alias }, saved, ...drawn, answers };
}

/** @param {AnswerFile|{schema: typeof ALL_SCHEMA, course: string, release: string, files: AnswerFile[]}} file */
export const serialize = (file) => `${JSON.stringify(file, null, 2)}\n`;

/**
 * An alias as the answer file takes it: no space at the ends, at most 80 characters.
 *
 * @param {string} text
 */
export const cleanAlias = (text) => Array.from(text.trim()).slice(0, 80).join("").trim();

/**
 * A file name made of the lesson and, in a submission, the alias.
 *
 * @param {string} lesson
 * @param {string} [alias]
 */
export function fileName(lesson, alias = "") {
  const tail = alias
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return tail ? `${lesson}-${tail}.json` : `${lesson}.json`;
}
