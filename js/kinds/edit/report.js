// @ts-check
/** What is said of mended passages after a check: one sentence, then each slip, then what was changed without need. */
import { h } from "../../base/dom.js";
import { chip, foldedParts, resultPart, resultParts } from "../../base/result.js";
import { asWritten, inline } from "../../base/text.js";
import { compare } from "./comparison.js";

/** @typedef {import("../../base/shapes.js").EditKey} EditKey */
/** @typedef {import("../../base/shapes.js").EditResponse} EditResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {import("./comparison.js").ComparedPassage} ComparedPassage */
/** @typedef {import("./comparison.js").FaultResult} FaultResult */

/** A slip that was not found isn't a mistake, and has no cross. */
const CHIPS = /** @type {const} */ ({
  repaired: ["right", "right"],
  found: ["part", "either"],
  left: ["plain", "left"],
});

/**
 * @param {import("./board.js").EditHost} host
 * @param {EditResponse} response
 * @returns {HTMLElement[]}
 */
export function explain({ task, t }, response) {
  const key = /** @type {EditKey} */ (task.key);
  const compared = compare(task, key, response);
  const results = compared.flatMap(({ faults }) => faults);
  const ordered = key.faults.flatMap(({ id }) => results.filter(({ place }) => place.fault.id === id));
  const isFound = results.some(({ outcome }) => outcome === "found");
  return [
    h("ul", { class: "cd-part-results", role: "list" }, ...ordered.map((result) => faultNote(t, result))),
    ...(isFound ? [h("p", { class: "cd-why" }, t("edit.foundNote"))] : []),
    ...needlessNotes(t, compared),
    ...keepNotes(t, compared),
  ];
}

/**
 * @param {Translate} t
 * @param {FaultResult} result
 */
function faultNote(t, { place: { fault }, outcome, made }) {
  const [tone, drawing] = CHIPS[outcome];
  const named = { repaired: t("edit.repaired"), found: t("edit.found"), left: t("edit.left") };
  const words = (/** @type {string} */ text) => (text.trim() ? asWritten(text, "q") : h("em", {}, t("edit.struckOut")));
  const row = (/** @type {string} */ name, /** @type {Node[]} */ ...said) =>
    h("div", {}, h("dt", {}, name), h("dd", {}, ...said));
  const others = fault.repairs
    .slice(1, 4)
    .flatMap((repair, index) => [...(index ? [document.createTextNode("; ")] : []), words(repair)]);
  return h(
    "li",
    { class: "cd-part-result" },
    h("p", { class: "cd-chips" }, chip(tone, drawing, named[outcome])),
    h(
      "dl",
      { class: "cd-edit-compare" },
      row(t("edit.stood"), words(fault.quote)),
      row(t("edit.made"), outcome === "left" ? h("em", {}, t("edit.asItWas")) : words(made)),
      outcome === "repaired" ? null : row(t("edit.has"), words(fault.repairs[0])),
      outcome !== "repaired" && others.length ? row(t("edit.also"), ...others) : null,
    ),
    h("p", { class: "cd-why" }, ...inline(fault.why)),
  );
}

/**
 * Marked words with what they are, for those who do not see the mark.
 *
 * @param {string} name
 * @param {HTMLElement} mark
 */
const spokenMark = (name, mark) => h("span", {}, h("span", { class: "cd-sr" }, name), mark);

/**
 * @param {Translate} t
 * @param {ComparedPassage[]} compared
 */
function needlessNotes(t, compared) {
  const notes = compared.flatMap(({ key, own, needlessChanges }) =>
    needlessChanges.map(({ struck, inserted }) => {
      const gone = key.words.slice(...struck).map(({ text }) => text);
      const put = own.slice(...inserted).map(({ text }) => text);
      return h(
        "li",
        { dir: "auto" },
        gone.length ? spokenMark(t("edit.wordStruck", { words: "" }), asWritten(gone.join(" "), "del")) : null,
        " ",
        put.length ? spokenMark(t("edit.wordInserted", { words: "" }), asWritten(put.join(" "), "ins")) : null,
      );
    }),
  );
  if (!notes.length) return [];
  return [
    h("p", { class: "cd-report-title" }, t("edit.needlessTitle")),
    h("ul", { class: "cd-edit-needless" }, ...notes),
  ];
}

/**
 * Stretches that must be kept: those that were touched, and folded those that were not.
 *
 * @param {Translate} t
 * @param {ComparedPassage[]} compared
 */
function keepNotes(t, compared) {
  const note = (/** @type {import("./comparison.js").KeepPlace} */ { keep }) =>
    resultPart(asWritten(keep.quote, "q"), [], keep.why);
  const touched = compared.flatMap((passage) => passage.touched);
  const kept = compared.flatMap((passage) => passage.key.keeps).filter((place) => !touched.includes(place));
  return [
    touched.length ? h("p", { class: "cd-report-title" }, t("edit.touched")) : null,
    resultParts(touched.map(note)),
    foldedParts(t("edit.rightly", { count: kept.length }), kept.map(note)),
  ].filter((part) => part !== null);
}
