// @ts-check
/** A lesson's progress: what is done, what is left to do, and when it was saved. */
import { h, icon, setText, uidMaker } from "../dom.js";
import { KINDS } from "../kinds/index.js";
import { statusLine } from "../status.js";
import { clock } from "../text.js";

/** @typedef {import("../types.js").Entries} Entries */
/** @typedef {import("../types.js").Required} Required */

const GROUPS = ["warm-up", "practice", "quiz", "exercise", "baseline"];

/**
 * The tasks of each group that has some, in the order of a lesson.
 *
 * @param {Required[]} required
 */
export function grouped(required) {
  return GROUPS.map((group) => ({ group, tasks: required.filter((task) => (task.group ?? "exercise") === group) })).filter(({ tasks }) => tasks.length);
}

/**
 * When a task was answered, or nothing where it is not.
 *
 * @param {Entries} entries
 * @param {string} id
 */
export function answeredAt(entries, id) {
  const entry = Object.hasOwn(entries, id) ? entries[id] : null;
  return entry && !KINDS[entry.response.kind].isEmpty(entry.response) ? entry.at : "";
}

/**
 * How far a row is, and when it was done (nothing where it is not): a task, or forms of which one is enough.
 *
 * @param {Entries} entries
 * @param {Required} row
 */
export function standing(entries, { id, forms = [[id]] }) {
  const all = forms.map((ids) => ids.map((each) => answeredAt(entries, each)).filter(Boolean).sort());
  const most = Math.max(...all.map((times) => times.length));
  const form = all.findIndex((times) => times.length === most);
  const of = forms[form].length;
  return { done: most, of, at: most === of ? (all[form].at(-1) ?? "") : "" };
}

/**
 * The time of a moment, with its day where that is not today.
 *
 * @param {string} iso
 * @param {string} language
 * @param {Date} [now]
 */
export function moment(iso, language, now = new Date()) {
  const then = new Date(iso);
  if (then.toDateString() === now.toDateString()) return clock(iso);
  return `${new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }).format(then)}, ${clock(iso)}`;
}

/** @param {import("../view.js").Desk} desk */
export function render(desk) {
  const { content, store, t, signal } = desk;
  const uid = uidMaker();
  const required = content.required ?? [];
  const rows = grouped(required).map(({ group, tasks }) => groupRow(t, group, tasks));
  const lines = grouped(required).flatMap(({ tasks }) => tasks.map((task) => taskLine(task)));
  const count = h("p", { class: "cd-progress" });
  const left = h("p", { class: "cd-progress-left" });
  const status = statusLine(desk);

  function update() {
    const entries = store.entries();
    const done = required.filter((row) => standing(entries, row).at).length;
    const todo = required.length - done;
    rows.forEach((row) => row.update(entries));
    lines.forEach((line) => line.update(entries));
    setText(count, t("head.count", { done, of: required.length, count: required.length }));
    setText(left, todo ? t("progress.left", { count: todo }) : t("progress.all"));
    left.dataset.complete = String(!todo);
    status.update();
    const newest = required.map((row) => standing(entries, row).at).sort((one, two) => one.localeCompare(two)).at(-1);
    if (status.element.dataset.state !== "none" || !newest) return;
    status.element.dataset.state = "saved"; // nothing is answered in this view: what it is given was saved before
    setText(/** @type {Element} */ (status.element.lastElementChild), t("status.saved", { time: moment(newest, content.language) }));
  }

  /** @param {Required} row */
  function taskLine(row) {
    const { id, title } = row;
    const mark = h("span", { class: "cd-chip" });
    return {
      element: h("li", {}, h("span", { class: "cd-todo-title" }, h("strong", {}, id), " ", title), mark),
      update(/** @type {Entries} */ entries) {
        const { at, done, of } = standing(entries, row);
        if (mark.dataset.state === `${at}${done}`) return;
        mark.dataset.state = `${at}${done}`;
        mark.className = `cd-chip ${at ? "cd-right" : "cd-plain"}`;
        mark.replaceChildren(icon(at ? "right" : "left"), h("span", {}, at ? t("progress.doneAt", { when: moment(at, content.language) }) : done ? t("progress.groupCount", { done, of }) : t("progress.open")));
      },
    };
  }

  store.listen(update, signal);
  update();
  return h(
    "div",
    { class: "cd-desk cd-desk-one cd-progress-view", role: "group", "aria-labelledby": uid("title") },
    h("div", { class: "cd-head" }, h("div", { class: "cd-head-line" }, h("p", { class: "cd-kicker", id: uid("title") }, content.title), count)),
    h("ul", { class: "cd-groups", role: "list" }, ...rows.map((row) => row.element)),
    h("details", { class: "cd-progress-all" }, h("summary", {}, t("progress.list")), h("ul", { class: "cd-todo" }, ...lines.map((line) => line.element))),
    h("div", { class: "cd-foot cd-progress-foot" }, left, status.element),
  );
}

/**
 * A group in a line: its name, a box a task, and the same in figures.
 *
 * @param {import("../types.js").Speak} t
 * @param {string} group
 * @param {Required[]} tasks
 */
function groupRow(t, group, tasks) {
  const names = { "warm-up": t("progress.group.warmUp"), practice: t("progress.group.practice"), quiz: t("progress.group.quiz"), exercise: t("progress.group.exercise"), baseline: t("progress.group.baseline") };
  const boxes = tasks.map(() => h("span", { class: "cd-box" }));
  const said = h("span", { class: "cd-group-count" });
  return {
    element: h("li", {}, h("span", { class: "cd-group-name" }, names[/** @type {keyof typeof names} */ (group)]), h("span", { class: "cd-boxes", "aria-hidden": "true" }, ...boxes), said),
    update(/** @type {Entries} */ entries) {
      const done = tasks.map((task) => Boolean(standing(entries, task).at));
      boxes.forEach((box, index) => (box.dataset.done = String(done[index])));
      setText(said, t("progress.groupCount", { done: done.filter(Boolean).length, of: tasks.length, count: tasks.length }));
    },
  };
}
