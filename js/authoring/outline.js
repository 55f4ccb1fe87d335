// @ts-check
/** The list of the course's files and their tasks: choosing one, adding one. */
import { h, setAttributes } from "../base/dom.js";
import { showDialog } from "./dialog.js";
import { isUnwritten } from "./raw.js";

/** @typedef {import("../base/types.js").Translate} Translate */
/** @typedef {{id: string, kind: string, title: string, group: string, points: number, unwritten: number, faults: number}} TaskRow */
/** @typedef {{file: string, lesson: string, title: string, purpose: string, keyed_by: string, tasks: TaskRow[]}} FileRow */
/** @typedef {{kind: string, label: string, about: string}} KindRow */
/** @typedef {{file: string, task: string}} Chosen task: empty for the course itself */

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
  return unwritten ? { tone: "part", text: t("author.row.unwritten", { count: unwritten }) } : null;
}

/**
 * @param {Translate} t
 * @param {TaskRow} task
 */
export const taskTitle = (t, { title }) => (title && !isUnwritten(title) ? title : t("author.untitled"));

/**
 * @param {{t: Translate, files: FileRow[], kinds: KindRow[], chosen: Chosen, courseTitle: string, choose: (chosen: Chosen) => void, add: (file: FileRow) => void}} given
 */
export function outline({ t, files, kinds, chosen, courseTitle, choose, add }) {
  const labels = new Map(kinds.map(({ kind, label }) => [kind, label]));
  const course = h(
    "button",
    { type: "button", class: "cd-author-row", "aria-current": chosen.task ? null : "true", "data-at": "row#course" },
    h("span", { class: "cd-author-kind" }, t("author.course")),
    h("span", { class: "cd-author-title" }, courseTitle),
  );
  course.addEventListener("click", () => choose({ file: "", task: "" }));
  return [
    course,
    ...files.map((file) => {
      const rows = file.tasks.map((task) => {
        const state = taskState(t, task);
        const isChosen = chosen.file === file.file && chosen.task === task.id;
        const button = h(
          "button",
          {
            type: "button",
            class: "cd-author-row",
            "aria-current": isChosen ? "true" : null,
            "data-at": `row#${file.file}#${task.id}`,
          },
          h("span", { class: "cd-author-kind" }, labels.get(task.kind) ?? task.kind),
          h("span", { class: "cd-author-title", dir: "auto" }, taskTitle(t, task)),
          state ? h("span", { class: "cd-author-state", "data-tone": state.tone }, state.text) : null,
        );
        button.addEventListener("click", () => choose({ file: file.file, task: task.id }));
        return h("li", {}, button);
      });
      const adding = h(
        "button",
        { type: "button", class: "cd-button cd-small", "data-at": `add#${file.file}` },
        t("author.add"),
      );
      const where = t(file.purpose === "graded" ? "author.graded" : "author.practice");
      setAttributes(adding, { "aria-label": t("author.addTo", { file: `${file.title}, ${where}` }) });
      adding.addEventListener("click", () => add(file));
      return h(
        "section",
        { class: "cd-author-file" },
        h("h4", {}, h("span", { dir: "auto" }, file.title), h("small", {}, where)),
        h("ol", {}, ...rows),
        adding,
      );
    }),
  ];
}

/**
 * Ask which kind of task is to be added.
 *
 * @param {{t: Translate, root: HTMLElement, uid: (name: string) => string, kinds: KindRow[], take: (kind: string) => void}} given
 */
export function kindDialog({ t, root, uid, kinds, take }) {
  const rows = kinds.map(({ kind, label, about }) => {
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
