// @ts-check
/** How a checked part says its result: a mark, words, and the reason. */
import { h, icon } from "./dom.js";
import { inline } from "./text.js";

/** @typedef {"right"|"part"|"wrong"|"plain"} Tone */

/**
 * A result in words with its drawing; the tone colours both.
 *
 * @param {Tone} tone
 * @param {Parameters<typeof icon>[0]} drawing
 * @param {string} words
 */
export function chip(tone, drawing, words) {
  return h("span", { class: `cd-chip cd-${tone}` }, icon(drawing), h("span", {}, words));
}

/**
 * What the learner chose, in words.
 *
 * @param {string} words
 */
export const mineChip = (words) => h("span", { class: "cd-chip cd-mine" }, words);

/**
 * A result with its reason below.
 *
 * @param {HTMLElement[]} chips
 * @param {string} why
 * @param {string} [id]
 */
export function resultNote(chips, why, id) {
  return h(
    "div",
    { class: "cd-verdict", id },
    h("p", { class: "cd-chips" }, ...chips),
    h("p", { class: "cd-why" }, ...inline(why)),
  );
}

/**
 * What is said of one part of an answer, below the button: its name, what the learner did, and why.
 *
 * @param {HTMLElement|string} name
 * @param {HTMLElement[]} chips
 * @param {string} why
 */
export function resultPart(name, chips, why) {
  return h(
    "li",
    { class: "cd-part-result" },
    h("p", { class: "cd-part-head" }, h("span", { class: "cd-part-name" }, name), " ", ...chips),
    why ? h("p", { class: "cd-why" }, ...inline(why)) : null,
  );
}

/**
 * Parts of an answer that differ from the reference, to be read now.
 *
 * @param {HTMLElement[]} parts
 */
export const resultParts = (parts) =>
  parts.length ? h("ul", { class: "cd-part-results", role: "list" }, ...parts) : null;

/**
 * Parts that can wait: what the learner has as the reference has it, and answers that others fall for.
 *
 * @param {string} name
 * @param {HTMLElement[]} parts
 */
export function foldedParts(name, parts) {
  if (!parts.length) return null;
  return h("details", { class: "cd-details cd-folded-parts" }, h("summary", {}, name), resultParts(parts));
}

/**
 * The tone and drawing of a credit between 0 and 1.
 *
 * @param {number} credit
 * @returns {[Tone, Parameters<typeof icon>[0]]}
 */
export function toneOf(credit) {
  if (credit >= 1) return ["right", "right"];
  return credit > 0 ? ["part", "either"] : ["wrong", "wrong"];
}
