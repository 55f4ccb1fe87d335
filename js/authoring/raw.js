// @ts-check
/** Raw entries, as they are in a task file: reading and changing what is at a path, and making ids and words of texts. */
import { WORD } from "../base/text.js";

/** @typedef {(string|number)[]} Path */
/** @typedef {any} Raw plain data of a task file */
/** @typedef {{text: string, start: number, end: number}} PlacedWord start and end in UTF-16 units */

/** Marks a text that has still to be written, as in `model/task.py`; instructions may follow. */
export const TO_BE_WRITTEN = "TO BE WRITTEN";

/** @param {string} instruction */
export const unwritten = (instruction) => `${TO_BE_WRITTEN}: ${instruction}`;

/** @param {unknown} text */
export const isUnwritten = (text) =>
  typeof text === "string" && text.trim().split(/\s+/u).join(" ").startsWith(TO_BE_WRITTEN);

/**
 * What an author is told to write, where a text is still to be written.
 *
 * @param {string} text
 */
export const instruction = (text) => text.trim().replace(/^TO\s+BE\s+WRITTEN\s*:?\s*/u, "");

/**
 * @param {Raw} data
 * @param {Path} path
 */
export const valueAt = (data, path) =>
  path.reduce((inner, step) => (inner && Object.hasOwn(inner, step) ? inner[step] : undefined), data);

/**
 * Put a value at a path; `undefined` takes away what is there. Mappings and lists that are missing on the way are made.
 *
 * @param {Raw} data
 * @param {Path} path
 * @param {unknown} value
 */
export function putAt(data, path, value) {
  let inner = data;
  path.slice(0, -1).forEach((step, place) => {
    const next = Object.hasOwn(inner, step) ? inner[step] : undefined;
    if (next === null || typeof next !== "object") inner[step] = typeof path[place + 1] === "number" ? [] : {};
    inner = inner[step];
  });
  const last = path[path.length - 1];
  if (value !== undefined) inner[last] = value;
  else if (Array.isArray(inner)) inner.splice(Number(last), 1);
  else delete inner[last];
}

/**
 * The list at a path; a missing one is made.
 *
 * @param {Raw} data
 * @param {Path} path
 * @returns {Raw[]}
 */
export function listAt(data, path) {
  const found = valueAt(data, path);
  if (Array.isArray(found)) return found;
  /** @type {Raw[]} */
  const made = [];
  putAt(data, path, made);
  return made;
}

/**
 * Move an element of a list by some places.
 *
 * @param {Raw[]} list
 * @param {number} place
 * @param {number} by
 */
export function moveIn(list, place, by) {
  const [moved] = list.splice(place, 1);
  list.splice(place + by, 0, moved);
}

/**
 * A short id that is not taken: a, b, c ... or, with a beginning, beginning1, beginning2 ...
 *
 * @param {Iterable<string>} taken
 * @param {string} [beginning]
 */
export function newId(taken, beginning = "") {
  const names = new Set([...taken].map((name) => name.toLowerCase()));
  for (let number = 0; ; number += 1) {
    const letter = String.fromCharCode(97 + (number % 26));
    const name = beginning ? `${beginning}${number + 1}` : `${letter}${number < 26 ? "" : Math.floor(number / 26) + 1}`;
    if (!names.has(name.toLowerCase())) return name;
  }
}

/** @param {Raw[]|undefined} things @returns {string[]} */
export const idsOf = (things) => (things ?? []).map(({ id }) => String(id));

/**
 * The words of a text as marking knows them, each with its place.
 *
 * @param {string} text
 * @returns {PlacedWord[]}
 */
export const placedWords = (text) =>
  [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ text: word, start: index, end: index + word.length }));

/**
 * The same entry with its fields in the order in which the file has them; new ones come before the key.
 *
 * @param {Raw} entry
 * @param {string[]} order the fields that the file has
 * @returns {Raw}
 */
export function inFileOrder(entry, order) {
  const known = order.filter((name) => Object.hasOwn(entry, name));
  const added = Object.keys(entry).filter((name) => !order.includes(name));
  const place = known.includes("key") ? known.indexOf("key") : known.length;
  const names = [...known.slice(0, place), ...added, ...known.slice(place)];
  return Object.fromEntries(names.map((name) => [name, entry[name]]));
}
