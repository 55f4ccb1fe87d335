// @ts-check
/** The list of the course's files and their tasks: choosing one, adding one. */
import { h } from "../base/dom.js";
import { showDialog } from "./dialog.js";
import { isUnwritten } from "./raw.js";

/** @typedef {import("../base/types.js").Translate} Translate */
/** @typedef {{id: string, kind: string, title: string, group: string, points: number, unwritten: number, faults: number}} TaskRow */
/** @typedef {{file: string, lesson: string, title: string, purpose: string, keyed_by: string, tasks: TaskRow[]}} FileRow */
/** @typedef {{kind: string, label: string, about: string}} KindRow */
/** @typedef {{file: string, task: string}} Chosen task: empty for what is said of the file; file: empty for the course itself */

/** Kinds of entries that aren't tasks. */
const NO_TASKS = ["text", "card", "source"];
/** @type {Record<string, string>} the text that says what a file is for */
const PURPOSES = {
  practice: "author.practice",
  graded: "author.graded",
  page: "author.page",
  evidence: "author.evidence",
};

/**
 * @param {unknown} faults a number, or a list of them
 */
const countOf = (faults) => (Array.isArray(faults) ? faults.length : Number(faults ?? 0));

/**
 * What of a task is still open, in words; null where nothing is.
 *
 * @param {Translate} t
 * @param {TaskRow} task
 */
export function taskState(t, { unwritten, faults }) {
  const count = countOf(faults);
  if (count) return { tone: "wrong", text: t("author.row.faults", { count }) };
  return unwritten ? { tone: "part", text: todo(t, unwritten) } : null;
}

/**
 * @param {Translate} t
 * @param {number} count
 */
const todo = (t, count) => t("author.row.unwritten", { count });

/**
 * @param {Translate} t
 * @param {TaskRow} task
 */
export const taskTitle = (t, { title }) =>
  title && !isUnwritten(title) ? title.replace(/[*`]/g, "") : t("author.untitled");

/**
 * @param {{t: Translate, files: FileRow[], kinds: KindRow[], chosen: Chosen, courseTitle: string, unfolded: Set<string>, choose: (chosen: Chosen) => void, add: (file: FileRow) => void}} given unfolded: files of pages and evidence that the author has opened
 */
export function outline({ t, files, kinds, chosen, courseTitle, unfolded, choose, add }) {
  const labels = new Map(kinds.map(({ kind, label }) => [kind, label]));
  /**
   * @param {Chosen} target
   * @param {(Node|null)[]} content
   */
  function row({ file, task }, content) {
    const isChosen = chosen.file === file && chosen.task === task;
    const button = h(
      "button",
      {
        type: "button",
        class: "cd-author-row",
        "aria-current": isChosen ? "true" : null,
        "data-at": `row#${file}#${task}`,
      },
      ...content,
    );
    button.addEventListener("click", () => choose({ file, task }));
    return button;
  }

  /** @param {FileRow} file */
  function section(file) {
    const where = t(PURPOSES[file.purpose] ?? "author.practice");
    const isBank = file.purpose === "practice" || file.purpose === "graded";
    const rows = file.tasks.map((task) => {
      const state = taskState(t, task);
      const label = isBank ? (labels.get(task.kind) ?? task.kind) : "";
      return h(
        "li",
        {},
        row({ file: file.file, task: task.id }, [
          label ? h("span", { class: "cd-author-kind" }, label) : null,
          h("span", { class: "cd-author-title", dir: "auto" }, taskTitle(t, task)),
          state ? h("span", { class: "cd-author-state", "data-tone": state.tone }, state.text) : null,
        ]),
      );
    });
    const heading = row({ file: file.file, task: "" }, [
      h("span", { class: "cd-author-kind" }, where),
      h("span", { class: "cd-author-title", dir: "auto" }, file.title),
    ]);
    if (isBank) {
      const parts = [h("h3", {}, heading), h("ol", {}, ...rows), adder(file, where, isBank)];
      return h("section", { class: "cd-author-file" }, ...parts);
    }
    const count = file.tasks.reduce((sum, task) => sum + task.unwritten, 0);
    const fold = h(
      "details",
      { class: "cd-author-file", "data-at": `fold#${file.file}` },
      h(
        "summary",
        {},
        h("span", { class: "cd-author-title", dir: "auto" }, file.title),
        count ? h("span", { class: "cd-author-state", "data-tone": "part" }, ` ${todo(t, count)}`) : null,
      ),
      h("ol", {}, ...rows),
      file.purpose === "page" ? null : adder(file, where, isBank),
    );
    fold.open = unfolded.has(file.file) || chosen.file === file.file;
    fold.addEventListener("toggle", () => (fold.open ? unfolded.add(file.file) : unfolded.delete(file.file)));
    return fold;
  }

  /**
   * @param {FileRow} file
   * @param {string} where
   * @param {boolean} isBank
   */
  function adder(file, where, isBank) {
    const text = isBank ? t("author.add") : t("author.addEntry");
    const button = h(
      "button",
      {
        type: "button",
        class: "cd-button cd-small",
        "data-at": `add#${file.file}`,
        "aria-label": t("author.addTo", { what: text, file: `${file.title}, ${where}` }),
      },
      text,
    );
    button.addEventListener("click", () => add(file));
    return button;
  }

  const about = row({ file: "", task: "" }, [
    h("span", { class: "cd-author-kind" }, t("author.course")),
    h("span", { class: "cd-author-title", dir: "auto" }, courseTitle),
  ]);
  return [about, ...files.map(section)];
}

/**
 * Ask which kind of task is to be added.
 *
 * @param {{t: Translate, root: HTMLElement, uid: (name: string) => string, kinds: KindRow[], take: (kind: string) => void}} given
 */
export function kindDialog({ t, root, uid, kinds, take }) {
  const tasks = kinds.filter(({ kind }) => !NO_TASKS.includes(kind));
  const rows = tasks.map(({ kind, label, about }) => {
    const button = h("button", { type: "button", class: "cd-author-pick" }, h("b", {}, label), h("span", {}, about));
    button.addEventListener("click", () => {
      dialog.close();
      take(kind);
    });
    return button;
  });
  const dialog = showDialog({
    root,
    uid,
    title: t("author.add.title"),
    content: rows,
    buttons: [{ text: t("author.cancel") }],
    wide: true,
  });
}
