// @ts-check
/** The task as a learner sees it, alive and beside the form; nothing that is tried in it is kept. */
import { h } from "../base/dom.js";
import { direction } from "../base/text.js";
import { Answers } from "../store/answers.js";
import { canShow, showView } from "../task/desk.js";
import { instruction, isUnwritten } from "./raw.js";

/** @typedef {import("../base/contents.js").Content} Content */

/** What of a task an answer hangs on: ids, and texts that are marked. */
const PARTS = new Set(["id", "passages", "min_words", "kind"]);

/**
 * A store that forgets.
 *
 * @param {Answers} answers
 * @returns {import("../base/types.js").Store}
 */
const passingStore = (answers) => ({
  entries: () => answers.entries,
  put: (id, entry) => answers.put(id, entry),
  status: () => ({ state: "none", at: null, problem: "" }),
  listen: (listener, until) => answers.listen(listener, until),
  alias: () => "",
  order: (_, ids) => ids,
  submit: async () => ({ ok: false, text: "", path: "", name: "", content: "" }),
});

/**
 * The shape of a task: while it stays the same, an answer that was tried stays with it.
 *
 * @param {unknown} data
 * @returns {unknown}
 */
function shape(data) {
  if (Array.isArray(data)) return data.map(shape);
  if (data === null || typeof data !== "object") return null;
  return Object.entries(data)
    .filter(([name, value]) => PARTS.has(name) || (value !== null && typeof value === "object"))
    .map(([name, value]) => (PARTS.has(name) ? [name, value] : [name, shape(value)]));
}

export class Preview {
  /** @param {{none: string, language: string}} given none: what to say while there is nothing to show */
  constructor({ none, language }) {
    this.none = none;
    this.language = language;
    this.answers = new Answers();
    this.known = "";
    this.shown = "";
    /** @type {AbortController|undefined} */
    this.one = undefined;
    this.root = h("div", { class: "copydesk cd-author-learner" });
    this.element = h("div", {}, this.root);
  }

  /** @param {Content|null|undefined} given */
  show(given) {
    const content = given && withLists(withBrackets(given), this.language);
    const whole = JSON.stringify(content ?? null);
    if (whole === this.shown) return;
    this.shown = whole;
    this.one?.abort();
    this.one = new AbortController();
    const pane = this.element.closest(".cd-author-pane");
    const scroll = pane?.scrollTop ?? 0;
    if (!content || !canShow(content)) {
      this.root.replaceChildren(h("p", { class: "cd-hint" }, this.none));
      return;
    }
    const parts = JSON.stringify(shape(content.tasks));
    if (parts !== this.known) this.answers = new Answers();
    this.known = parts;
    this.root.style.minBlockSize = `${this.root.offsetHeight}px`;
    this.root.lang = content.language;
    this.root.dir = direction(content.language);
    const store = passingStore(this.answers);
    showView(this.root, { content, store, seed: "", signal: this.one.signal });
    this.root.style.minBlockSize = "";
    if (pane) pane.scrollTop = scroll;
  }

  /** @param {AbortSignal} signal */
  until(signal) {
    signal.addEventListener("abort", () => this.one?.abort());
  }
}

/**
 * A content that shows an author's instruction in brackets wherever a text is still to be written.
 * A passage stays as it is: the places of its words are known.
 *
 * @param {any} data
 * @returns {any}
 */
function withBrackets(data) {
  if (isUnwritten(data)) return `[${instruction(data)}]`;
  if (Array.isArray(data)) return data.map(withBrackets);
  if (data === null || typeof data !== "object") return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, name === "passages" ? value : withBrackets(value)]),
  );
}

/**
 * Content with what a view cannot do without.
 *
 * @param {any} content
 * @param {string} language
 * @returns {Content}
 */
const withLists = (content, language) => ({
  language,
  required: [],
  lessons: [],
  course_lessons: [],
  release: "",
  bank: "",
  ...content,
});
