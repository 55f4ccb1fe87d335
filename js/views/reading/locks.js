// @ts-check
/** What must be done before a layer is shown. */
import { h, icon } from "../../base/dom.js";
import { answersTo } from "../../store/page.js";
import { browserStorage } from "../../store/storage.js";
import { rowCompletion } from "../../task/completion.js";
import { taskName } from "../../task/navigation.js";

/** @typedef {import("../../base/contents.js").Layer} Layer */
/** @typedef {import("../../base/contents.js").Lock} Lock */
/** @typedef {import("../../base/contents.js").ReadingContent} ReadingContent */
/** @typedef {import("../../base/shapes.js").Entries} Entries */

/**
 * The tasks that still lock a layer. A practice task is done once it was checked, others once they are complete.
 *
 * @param {Pick<Layer, "after">} layer
 * @param {Lock[]} required
 * @param {Entries} entries
 * @returns {Lock[]}
 */
export function stillToDo({ after }, required, entries) {
  return after
    .map((id) => required.find((task) => task.id === id) ?? /** @type {Lock} */ ({ id, title: "" }))
    .filter(
      (task) =>
        !task.outline ||
        rowCompletion(entries, task).state !== "complete" ||
        (task.check === true && !entries[task.id].attempts),
    );
}

/**
 * The answers that can open layers: those of this lesson, and what this browser keeps of the lessons that are named.
 *
 * @param {Pick<ReadingContent, "course"|"required">} content
 * @param {Entries} entries
 * @param {import("../../store/storage.js").KeyValueStorage|null} [storage]
 * @returns {Entries}
 */
export function answersFor(content, entries, storage = browserStorage()) {
  const found = { ...entries };
  for (const { id, lesson, task } of content.required) {
    if (!lesson || !task) continue;
    const kept = answersTo(/** @type {ReadingContent} */ (content), { lesson }, storage);
    if (Object.hasOwn(kept, task)) found[id] = kept[task];
  }
  return found;
}

/**
 * Why a layer is locked: what to do first, each task with the way to it.
 *
 * @param {import("../../base/types.js").Desk<import("../../base/contents.js").ReadingContent>} desk
 * @param {Lock[]} first
 */
export function lockNote(desk, first) {
  const tasks = first.map((row) => h("li", {}, taskName(desk, row, row.title)));
  return h(
    "div",
    { class: "cd-notice cd-reading-locked" },
    icon("warning"),
    h("div", {}, h("p", {}, desk.t("reading.first", { count: first.length })), h("ul", {}, ...tasks)),
  );
}
