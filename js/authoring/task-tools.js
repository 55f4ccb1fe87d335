// @ts-check
/** What is done with a whole task: adding, moving, copying, removing, and taking that back. */
import { h } from "../base/dom.js";
import { kindDialog, lessonDialog, taskTitle } from "./outline.js";

/** @typedef {import("./outline.js").Chosen} Chosen */
/**
 * The part of the page that these need.
 *
 * @typedef {object} Listed
 * @property {import("../base/types.js").Translate} t
 * @property {(name: string) => string} uid
 * @property {{root: HTMLElement, middle: HTMLElement}} shell
 * @property {import("./client.js").Ask} ask
 * @property {import("./client.js").Edits<any>} edits
 * @property {(reply: import("./client.js").Reply) => boolean} take
 * @property {import("../base/types.js").Say} say
 * @property {any} course
 * @property {import("./outline.js").FileRow|undefined} file
 * @property {import("./outline.js").TaskRow|undefined} row
 * @property {Chosen} chosen
 * @property {(chosen: Chosen, withFocus?: boolean) => Promise<void>} choose
 */

/** @param {Listed} page */
export function taskTools(page) {
  const { t } = page;
  const name = () => (page.row ? taskTitle(t, page.row) : "");
  /**
   * @param {string} text
   * @param {() => Promise<void>} act
   */
  function tool(text, act) {
    const button = h("button", { type: "button", class: "cd-button cd-small" }, text);
    button.addEventListener("click", act);
    return button;
  }
  return h(
    "div",
    { class: "cd-author-buttons", role: "group", "aria-label": t("author.taskTools") },
    tool(t("author.up"), () => move(page, -1, t("author.movedUp", { name: name() }))),
    tool(t("author.down"), () => move(page, 1, t("author.movedDown", { name: name() }))),
    tool(t("author.copy"), () => copy(page, t("author.copied", { name: name() }))),
    tool(t("author.remove"), () => remove(page, t("author.removed", { name: name() }))),
  );
}

/**
 * @param {Listed} page
 * @param {1|-1} by
 * @param {string} said
 */
async function move(page, by, said) {
  await page.edits.flush();
  if (page.take(await page.ask("move", { ...page.chosen, by }))) page.say(said);
}

/**
 * @param {Listed} page
 * @param {string} said
 */
async function copy(page, said) {
  await page.edits.flush();
  const reply = await page.ask("copy", page.chosen);
  if (!page.take(reply)) return;
  page.say(said);
  await page.choose({ file: page.chosen.file, task: reply.task }, true);
}

/**
 * Remove the chosen task, choose its neighbour, and offer to take that back.
 *
 * @param {Listed} page
 * @param {string} said
 */
async function remove(page, said) {
  await page.edits.flush();
  const { chosen } = page;
  const place = page.file?.tasks.findIndex(({ id }) => id === chosen.task) ?? 0;
  if (!page.take(await page.ask("remove", chosen))) return;
  page.say(said);
  const left = page.file?.tasks ?? [];
  const next = left[Math.min(place, left.length - 1)];
  await page.choose({ file: next ? chosen.file : "", task: next?.id ?? "" });
  offerUndo(page, said, chosen);
}

/**
 * @param {Listed} page
 * @param {string} said
 * @param {Chosen} removed
 */
function offerUndo(page, said, removed) {
  const { t, shell } = page;
  const button = h("button", { type: "button", class: "cd-button cd-small" }, t("author.undo"));
  const line = h("div", { class: "cd-author-undo" }, h("span", {}, said), button);
  button.addEventListener("click", async () => {
    await page.edits.flush();
    const reply = await page.ask("undo");
    if (!page.take(reply)) return;
    line.remove();
    page.say(reply.text ?? "");
    await page.choose(removed, true);
  });
  shell.middle.prepend(line);
  button.focus();
}

/**
 * Add a task of a kind that the author picks, or a card or source, behind the chosen one.
 *
 * @param {Listed} page
 * @param {import("./outline.js").FileRow} file
 */
export function addTask(page, file) {
  const { t, uid, shell, course } = page;
  const take = async (/** @type {string} */ kind) => {
    await page.edits.flush();
    const after = file.file === page.chosen.file ? page.chosen.task || null : null;
    const reply = await page.ask("add", { file: file.file, kind, after });
    if (page.take(reply)) await page.choose({ file: file.file, task: reply.task }, true);
  };
  if (file.purpose === "evidence") take("");
  else kindDialog({ t, root: shell.root, uid, kinds: course.kinds, take });
}

/**
 * Add a lesson, and go to its first task.
 *
 * @param {Listed} page
 */
export function addLesson(page) {
  const { t, uid, shell } = page;
  const take = async (/** @type {string} */ title) => {
    await page.edits.flush();
    const reply = await page.ask("lesson-add", { title });
    if (!page.take(reply)) return;
    const file = page.course.files.find(
      (/** @type {any} */ { lesson, purpose }) => lesson === reply.lesson && purpose === "practice",
    );
    if (file?.tasks.length) await page.choose({ file: file.file, task: file.tasks[0].id }, true);
  };
  lessonDialog({ t, root: shell.root, uid, take });
}
