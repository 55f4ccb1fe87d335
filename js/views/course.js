// @ts-check
/** Every lesson of a book on one page: how far each is, and the answers to all of them out as one file, in, or away. */

import { h, setText, uidMaker } from "../base/dom.js";
import { panel } from "../base/panel.js";
import { moment } from "../base/text.js";
import { transferBar } from "../base/transfer-bar.js";
import { ALL_SCHEMA, readAnswerFile, serialize } from "../store/answer-file.js";
import { saveAsFile } from "../store/download.js";
import { courseKey, pageStore } from "../store/page.js";
import { browserStorage, storedItems } from "../store/storage.js";
import { counts, rowCompletion, stateChip, stateText } from "../task/completion.js";
import { taskName } from "../task/navigation.js";
import style from "./course.css";

export { style };

/** @typedef {import("../base/contents.js").Common} Common */
/** @typedef {import("../base/contents.js").CourseLesson} CourseLesson */
/** @typedef {import("../store/page.js").PageStore} PageStore */
/** @typedef {{row: CourseLesson, place: Common, store: PageStore}} Kept */

/** @param {import("../base/types.js").Desk<import("../base/contents.js").CourseContent>} desk */
export function render(desk) {
  const { content, t, signal } = desk;
  const uid = uidMaker();
  const lessons = content.course_lessons.map((row) => {
    const place = { ...content, lesson: row.lesson, bank: row.bank };
    return { row, place, store: pageStore({ content: place, t }) };
  });
  const lines = lessons.map(({ row, store }) => lessonLine(desk, row, store));
  const count = h("p", { class: "cd-progress" });

  function update() {
    const all = lessons.map(({ row, store }) =>
      rowCounts(
        row.pages.flatMap(({ required }) => required),
        store,
      ),
    );
    setText(
      count,
      countText(t, {
        done: sum(all.map(({ done }) => done)),
        begun: sum(all.map(({ begun }) => begun)),
        of: sum(all.map(({ of }) => of)),
      }),
    );
    lines.forEach((line) => line.update());
  }

  lessons.forEach(({ store }) => store.listen(update, signal));
  update();
  const transfer = { ...desk.store, ...courseTransfer(content, lessons, t) };
  return panel(
    uid,
    { title: content.title, beside: count },
    h("ul", { class: "cd-course", role: "list" }, ...lines.map((line) => line.element)),
    transferBar(desk, transfer, { save: saveAsFile, withStatus: false }),
    removal(desk, uid),
  );
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((one, two) => one + two, 0);

/**
 * How many of some rows are complete, and how many are started.
 *
 * @param {import("../base/contents.js").Required[]} required
 * @param {PageStore} store
 */
const rowCounts = (required, store) => counts(store.entries(), required);

/**
 * The same in words.
 *
 * @param {import("../base/types.js").Translate} t
 * @param {{done: number, begun: number, of: number}} given
 */
const countText = (t, { done, begun, of }) =>
  begun ? t("course.begun", { done, of, count: begun }) : t("course.count", { done, of });

/**
 * All answer files as one, and back.
 *
 * @param {Common} content
 * @param {Kept[]} lessons
 * @param {import("../base/types.js").Translate} t
 * @returns {import("../base/types.js").Transfer}
 */
export function courseTransfer({ course, release }, lessons, t) {
  return {
    file() {
      const files = lessons
        .filter(({ store }) => Object.keys(store.entries()).length)
        .map(({ store }) => JSON.parse(store.file().text));
      return { name: `${course}-answers.json`, text: serialize({ schema: ALL_SCHEMA, course, release, files }) };
    },
    read(text) {
      const read = lessons.map(({ row, place, store }) => ({ row, store, result: readAnswerFile(text, place) }));
      const theirs = read.filter(({ result }) => "file" in result);
      const refused = read.flatMap(({ row, result }) =>
        "refusal" in result && !NOT_MINE.has(result.refusal.key)
          ? [{ row, said: t(result.refusal.key, result.refusal.params) }]
          : [],
      );
      const isWhole = refused.length === lessons.length; // the file as a whole is refused, not one lesson's part
      const problems = isWhole
        ? [refused[0].said]
        : refused.map(({ row, said }) => t("course.problem", { lesson: row.title, text: said }));
      theirs.forEach(({ store }) => store.read(text));
      if (theirs.length)
        return { ok: !problems.length, text: [t("course.imported", { count: theirs.length }), ...problems].join(" ") };
      const [first] = read.flatMap(({ result }) =>
        "refusal" in result ? [t(result.refusal.key, result.refusal.params)] : [],
      );
      return { ok: false, text: problems.join(" ") || first };
    },
    tooLarge: (bytes) => lessons[0]?.store.tooLarge(bytes / lessons.length) ?? "",
  };
}

/** What a lesson says of a file that is well, but another lesson's. */
const NOT_MINE = new Set(["import.otherLesson", "import.notAmong"]);

/**
 * A lesson: its page and its exercise, how far each is, and when something was saved.
 *
 * @param {import("../base/types.js").Desk<import("../base/contents.js").CourseContent>} desk
 * @param {CourseLesson} row
 * @param {PageStore} store
 */
function lessonLine(desk, row, store) {
  const { content, t } = desk;
  const begun = h("ul", { class: "cd-todo cd-course-begun", role: "list" });
  const tasks = row.pages.flatMap(({ page, required }) =>
    required.map((task) => ({ ...task, page: task.forms ? page : `${page}#task-${task.id}` })),
  );
  const saved = h("p", { class: "cd-quiet cd-course-saved" });
  const parts = row.pages.map(({ kind, page, required }) => {
    const bar = h("progress", { max: required.length, value: 0, "aria-hidden": "true" });
    const words = h("span", { class: "cd-group-count" });
    return {
      element: h(
        "li",
        {},
        h(
          "a",
          { href: page },
          kind === "exercise" ? t("course.exercise") : t("course.lesson"),
          h("span", { class: "cd-sr" }, `: ${row.title}`),
        ),
        bar,
        words,
      ),
      update() {
        const given = rowCounts(required, store);
        bar.value = given.done;
        setText(words, countText(t, given));
      },
    };
  });
  return {
    element: h(
      "li",
      {},
      h("p", { class: "cd-course-title" }, row.title),
      h("ul", { class: "cd-course-parts", role: "list" }, ...parts.map((part) => part.element)),
      begun,
      saved,
    ),
    update() {
      parts.forEach((part) => part.update());
      begun.replaceChildren(
        ...tasks.flatMap((task) => {
          const given = rowCompletion(store.entries(), task);
          return given.state === "begun"
            ? [
                h(
                  "li",
                  {},
                  h("span", { class: "cd-todo-title" }, taskName(desk, task)),
                  stateChip(given, stateText(t, given)),
                ),
              ]
            : [];
        }),
      );
      begun.hidden = !begun.hasChildNodes();
      const { state, at, problem } = store.status();
      setText(
        saved,
        problem ||
          (state === "saved" && at ? t("course.saved", { when: moment(at, content.language) }) : t("course.open")),
      );
    },
  };
}

/**
 * The way to leave nothing behind on a computer that is not one's own: asked once more, then done.
 *
 * @param {import("../base/types.js").Desk<import("../base/contents.js").CourseContent>} desk
 * @param {(name: string) => string} uid
 */
function removal({ content, t, signal }, uid) {
  const button = (/** @type {string} */ text, /** @type {() => void} */ action) => {
    const made = h("button", { type: "button", class: "cd-button cd-small" }, text);
    made.addEventListener("click", action, { signal });
    return made;
  };
  const ask = button(t("course.remove"), () => {
    sure.hidden = false;
    ask.hidden = true;
    no.focus();
  });
  const no = button(t("course.removeNo"), () => {
    sure.hidden = true;
    ask.hidden = false;
    ask.focus();
  });
  const yes = button(t("course.removeYes"), () => {
    const storage = browserStorage();
    if (storage) storedItems(storage, courseKey(content)).forEach(({ key }) => storage.removeItem(key));
    location.reload();
  });
  const sure = h(
    "div",
    { role: "group", "aria-labelledby": uid("sure"), hidden: true },
    h("p", { id: uid("sure") }, t("course.removeAsk")),
    h("div", { class: "cd-bar-buttons" }, no, yes),
  );
  return h("div", { class: "cd-course-removal" }, ask, sure);
}
