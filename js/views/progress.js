// @ts-check
/** A lesson's progress: what is done, what is left to do, and when it was saved. */
import { h, setText, uidMaker } from "../base/dom.js";
import { tellPackage } from "../base/package-frame.js";
import { panel } from "../base/panel.js";
import { statusLine } from "../base/save-status.js";
import { moment } from "../base/text.js";
import { counts, rowCompletion, stateChip, stateText } from "../task/completion.js";
import { taskName } from "../task/navigation.js";
import progressStyle from "./progress.css";
import { startSteps } from "./steps/steps.js";
import stepsStyle from "./steps/style.css";

export const style = `${progressStyle}\n${stepsStyle}`;

/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {import("../base/contents.js").Required} Required */

const GROUPS = ["warm-up", "practice", "quiz", "exercise", "baseline"];

/**
 * The tasks of each group that has some, in the order of a lesson.
 *
 * @param {Required[]} required
 */
export function taskGroups(required) {
  return GROUPS.map((group) => ({
    group,
    tasks: required.filter((task) => (task.group ?? "exercise") === group),
  })).filter(({ tasks }) => tasks.length);
}

/** @param {import("../base/types.js").Desk<import("../base/contents.js").ProgressContent>} desk */
export function render(desk) {
  const { content, store, t, signal } = desk;
  const uid = uidMaker();
  const { required } = content;
  const rows = taskGroups(required).map(({ group, tasks }) => groupRow(t, group, tasks));
  const lines = taskGroups(required).flatMap(({ tasks }) => tasks.map((task) => taskLine(task)));
  const count = h("p", { class: "cd-progress" });
  const left = h("p", { class: "cd-progress-left" });
  const status = statusLine(desk);

  function update() {
    const entries = store.entries();
    const { done, of } = counts(entries, required);
    rows.forEach((row) => row.update(entries));
    lines.forEach((line) => line.update(entries));
    setText(count, t("head.count", { done, of }));
    setText(left, done < of ? t("progress.left", { count: of - done }) : t("progress.all"));
    left.dataset.complete = String(done === of);
    status.update();
    tellPackage({ done, of });
    const newest = required
      .map((row) => rowCompletion(entries, row).at)
      .sort((one, two) => one.localeCompare(two))
      .at(-1);
    if (status.element.dataset.state !== "none" || !newest) return;
    status.element.dataset.state = "saved"; // nothing is answered in this view: what it is given was saved before
    setText(
      /** @type {Element} */ (status.element.lastElementChild),
      t("status.saved", { time: moment(newest, content.language) }),
    );
  }

  /** @param {Required} row */
  function taskLine(row) {
    const mark = h("span", {});
    return {
      element: h("li", {}, h("span", { class: "cd-todo-title" }, taskName(desk, row)), mark),
      update(/** @type {Entries} */ entries) {
        const given = rowCompletion(entries, row);
        const words =
          given.state === "complete"
            ? t("progress.doneAt", { when: moment(given.at, content.language) })
            : stateText(t, given);
        if (mark.textContent !== words) mark.replaceChildren(stateChip(given, words));
      },
    };
  }

  store.listen(update, signal);
  update();
  const element = panel(
    uid,
    { title: content.title, beside: count, name: "cd-progress-view" },
    h("ul", { class: "cd-groups", role: "list" }, ...rows.map((row) => row.element)),
    h(
      "details",
      { class: "cd-progress-all" },
      h("summary", {}, t("progress.list")),
      h("ul", { class: "cd-todo" }, ...lines.map((line) => line.element)),
    ),
    h("div", { class: "cd-foot cd-progress-foot" }, left, status.element),
  );
  whenRead(() => startSteps(desk, element));
  return element;
}

/**
 * Do something once the page is read whole, and after what is being done now.
 *
 * @param {() => void} action
 */
function whenRead(action) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", action, { once: true });
  else queueMicrotask(action);
}

/**
 * A group in a line: its name, a box a task, and the same in figures.
 *
 * @param {import("../base/types.js").Translate} t
 * @param {string} group
 * @param {Required[]} tasks
 */
function groupRow(t, group, tasks) {
  const names = {
    "warm-up": t("progress.group.warmUp"),
    practice: t("progress.group.practice"),
    quiz: t("progress.group.quiz"),
    exercise: t("progress.group.exercise"),
    baseline: t("progress.group.baseline"),
  };
  const boxes = tasks.map(() => h("span", { class: "cd-box" }));
  const said = h("span", { class: "cd-group-count" });
  return {
    element: h(
      "li",
      {},
      h("span", { class: "cd-group-name" }, names[/** @type {keyof typeof names} */ (group)]),
      h("span", { class: "cd-boxes", "aria-hidden": "true" }, ...boxes),
      said,
    ),
    update(/** @type {Entries} */ entries) {
      boxes.forEach((box, index) => (box.dataset.state = rowCompletion(entries, tasks[index]).state));
      const { done, begun, of } = counts(entries, tasks);
      setText(
        said,
        begun ? t("progress.groupBegun", { done, of, count: begun }) : t("progress.groupCount", { done, of }),
      );
    },
  };
}
