// @ts-check
/** How far a task is: not started, started or complete, with its own count, as in src/copydesk/answers/progress.py. */
import { h, icon } from "../base/dom.js";
import { KINDS } from "../kinds/kinds.js";

/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {import("../base/contents.js").Row} Row */
/** @typedef {import("../base/types.js").Translate} Translate */
/** @typedef {"empty"|"begun"|"complete"} State */
/** @typedef {{state: State, done: number, of: number, unit: string, at: string}} Completion unit: parts.<unit> names what is counted; at: when the answer last changed */

/**
 * How far an answer to a task is; one of another kind counts as none.
 *
 * @param {import("../base/contents.js").Outline} outline
 * @param {import("../base/shapes.js").Entry|null|undefined} entry
 * @returns {Completion}
 */
export function completionOf(outline, entry) {
  const kind = KINDS[outline.kind];
  const response = entry?.response?.kind === outline.kind ? entry.response : null;
  const { done, of } = kind.completeness(outline, response);
  const state = done >= of ? "complete" : response && !kind.isEmpty(response) ? "begun" : "empty";
  return { state, done, of, unit: outline.kind, at: state === "empty" ? "" : (entry?.at ?? "") };
}

/**
 * How far a row is: a task, or of the forms of the baseline the one that is further on.
 *
 * @param {Entries} entries
 * @param {Row} row
 * @returns {Completion}
 */
export function rowCompletion(entries, { id, outline, forms }) {
  const one = (/** @type {string} */ name) =>
    completionOf(outline, Object.hasOwn(entries, name) ? entries[name] : null);
  if (!forms) return one(id);
  const all = forms.map((ids) => ({
    of: ids.length,
    times: ids
      .map(one)
      .filter(({ state }) => state === "complete")
      .map(({ at }) => at),
  }));
  const { of, times } = all.reduce((most, form) => (form.times.length > most.times.length ? form : most));
  const done = times.length;
  return {
    state: done >= of ? "complete" : done ? "begun" : "empty",
    done,
    of,
    unit: "form",
    at: times.sort().at(-1) ?? "",
  };
}

/**
 * What to call a row: a task by its id and title.
 *
 * @param {Pick<Row, "id"|"title"|"forms">} row
 */
export const rowName = ({ id, title, forms }) => (forms ? title : `${id} · ${title}`);

/**
 * How far something is in words, for example "Started: 1 of 9 passages".
 *
 * @param {Translate} t
 * @param {Completion} given
 */
export function stateText(t, given) {
  if (given.state === "begun") return t("state.begun", { parts: partsText(t, given) });
  return given.state === "empty" ? t("state.empty") : t("state.complete");
}

/**
 * What is done in the task's own count, for example "1 of 9 passages".
 *
 * @param {Translate} t
 * @param {Completion} given
 */
export const partsText = (t, { done, of, unit }) => t(`parts.${unit}`, { done, of, count: of });

/**
 * The same with its drawing. It is never in the colours of right and wrong: nothing is judged here.
 *
 * @param {Completion} given
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
 * @param {Row[]} rows
 */
export function counts(entries, rows) {
  const states = rows.map((row) => rowCompletion(entries, row).state);
  const number = (/** @type {State} */ wanted) => states.filter((state) => state === wanted).length;
  return { done: number("complete"), begun: number("begun"), of: rows.length };
}
