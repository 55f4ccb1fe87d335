// @ts-check
/** How far a task is: not started, started or complete, with its own count, as in src/copydesk/answers/progress.py. */
import { h, icon } from "./dom.js";
import { KINDS } from "./kinds/index.js";

/** @typedef {import("./types.js").Entries} Entries */
/** @typedef {import("./types.js").Required} Required */
/** @typedef {import("./types.js").Speak} Speak */
/** @typedef {"empty"|"begun"|"complete"} State */
/** @typedef {{state: State, done: number, of: number, unit: string, at: string}} Standing unit: parts.<unit> names what is counted; at: when the answer last changed */

/**
 * How far an answer to a task is; one of another kind counts as none.
 *
 * @param {import("./types.js").Outline} outline
 * @param {import("./types.js").Entry|null|undefined} entry
 * @returns {Standing}
 */
export function standingOf(outline, entry) {
  const kind = KINDS[outline.kind];
  const response = entry?.response?.kind === outline.kind ? entry.response : null;
  const { done, of } = kind.complete(outline, response);
  const state = done >= of ? "complete" : response && !kind.isEmpty(response) ? "begun" : "empty";
  return { state, done, of, unit: outline.kind, at: state === "empty" ? "" : (entry?.at ?? "") };
}

/**
 * How far a row is: a task, or of the forms of the baseline the one that is further on.
 *
 * @param {Entries} entries
 * @param {Required} row
 * @returns {Standing}
 */
export function standing(entries, { id, outline, forms }) {
  const one = (/** @type {string} */ name) => standingOf(outline, Object.hasOwn(entries, name) ? entries[name] : null);
  if (!forms) return one(id);
  const all = forms.map((ids) => ({ of: ids.length, times: ids.map(one).filter(({ state }) => state === "complete").map(({ at }) => at) }));
  const { of, times } = all.reduce((most, form) => (form.times.length > most.times.length ? form : most));
  const done = times.length;
  return { state: done >= of ? "complete" : done ? "begun" : "empty", done, of, unit: "form", at: times.sort().at(-1) ?? "" };
}

/**
 * What to call a row: a task by its id and title.
 *
 * @param {Required} row
 */
export const rowName = ({ id, title, forms }) => (forms ? title : `${id} · ${title}`);

/**
 * How far something is in words, for example "Started: 1 of 9 passages".
 *
 * @param {Speak} t
 * @param {Standing} given
 */
export function stateText(t, given) {
  if (given.state === "begun") return t("state.begun", { parts: partsText(t, given) });
  return given.state === "empty" ? t("state.empty") : t("state.complete");
}

/**
 * What is done in the task's own count, for example "1 of 9 passages".
 *
 * @param {Speak} t
 * @param {Standing} given
 */
export function partsText(t, { done, of, unit }) {
  const n = { done, of, count: of };
  const texts = {
    arrows: t("parts.arrows", n),
    choice: t("parts.choice", n),
    drawer: t("parts.drawer", n),
    form: t("parts.form", n),
    order: t("parts.order", n),
    sort: t("parts.sort", n),
    spans: t("parts.spans", n),
    value: t("parts.value", n),
    verdict: t("parts.verdict", n),
    written: t("parts.written", n),
  };
  return texts[/** @type {keyof typeof texts} */ (unit)];
}

/**
 * The same with its drawing. It is never in the colours of right and wrong: nothing is judged here.
 *
 * @param {Standing} given
 * @param {string} words
 */
export function stateChip({ state }, words) {
  const drawing = /** @type {const} */ ({ empty: "empty", begun: "begun", complete: "right" })[state];
  return h("span", { class: "cd-chip cd-state", "data-state": state }, icon(drawing), h("span", {}, words));
}

/**
 * How many rows are in each state.
 *
 * @param {Entries} entries
 * @param {Required[]} rows
 */
export function counts(entries, rows) {
  const states = rows.map((row) => standing(entries, row).state);
  const number = (/** @type {State} */ wanted) => states.filter((state) => state === wanted).length;
  return { done: number("complete"), begun: number("begun"), of: rows.length };
}
