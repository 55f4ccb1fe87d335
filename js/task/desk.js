// @ts-check
/** The shell of a view: what is left to do, the tasks one below the other, whether it is saved. */
import { h, icon, setAttributes, setText, uidMaker } from "../base/dom.js";
import { statusLine } from "../base/save-status.js";
import { adoptStyles } from "../base/stylesheet.js";
import { translator } from "../base/text.js";
import { KINDS } from "../kinds/kinds.js";
import { stateText } from "./completion.js";
import { Item } from "./item.js";
import { registerPlace } from "./navigation.js";
import { KIND_VIEWS, VIEWS } from "./registry.js";
import { shownVersion } from "./versions.js";

/** How long items wait to be drawn for a quiet moment, at most. */
const PATIENCE_MILLISECONDS = 100;
/** How long items are drawn before the browser may do something else. */
const SLICE_MILLISECONDS = 12;

/** @typedef {import("../base/contents.js").Content} Content */
/** @typedef {import("../base/contents.js").TasksContent} TasksContent */
/** @typedef {import("../base/contents.js").BaselineContent} BaselineContent */
/** @typedef {import("../base/types.js").Store} Store */
/** @typedef {import("../base/types.js").Desk} Desk */

/**
 * Whether all that a view shows can be drawn, or waits for the second script.
 *
 * @param {Content} content
 */
export const canShow = ({ view, tasks }) =>
  view === "tasks"
    ? tasks.every(({ kind }) => Object.hasOwn(KIND_VIEWS, kind) || !Object.hasOwn(KINDS, kind))
    : Object.hasOwn(VIEWS, view);

/**
 * Draw a view into a root element, and bring it up to date until the signal is aborted.
 *
 * @param {HTMLElement} root
 * @param {{content: Content, store: Store, seed: string, signal: AbortSignal, before?: (desk: Desk) => HTMLElement[]}} given
 */
export function showView(root, { content, store, seed, signal, before = () => [] }) {
  adoptStyles(root, signal);
  const t = translator(content.language, content.texts);
  const live = h("div", { class: "cd-sr", role: "status", "aria-live": "polite" });
  const desk = { content, store, t, seed, signal, say: announcer(live, signal) };
  const body = (VIEWS[content.view]?.render ?? tasksView)(/** @type {import("../base/types.js").Desk<any>} */ (desk));
  const notice = content.notice ? h("p", { class: "cd-notice" }, icon("warning"), h("span", {}, content.notice)) : "";
  root.replaceChildren(...before(desk), notice, body, live);
  if (content.notice) desk.say(content.notice);
  root.addEventListener("keydown", keepFromHost, { signal });
}

/**
 * Keep single keys from the host: JupyterLab would read them as commands and, say, delete the cell.
 * What is pressed with Ctrl, Command or Alt (save, for example) stays the host's.
 *
 * @param {KeyboardEvent} event
 */
function keepFromHost(event) {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/**
 * A live region is read when its text changes, so it is emptied first; what is said together is read together, as one
 * text. A translator leaves the whole of it where words of the article are in it.
 *
 * @param {HTMLElement} live
 * @param {AbortSignal} signal
 */
function announcer(live, signal) {
  /** @type {string[]} */
  let waiting = [];
  let isAsWritten = false;
  /** @type {import("../base/types.js").Say} */
  return (text, { asWritten = false } = {}) => {
    waiting.push(text);
    isAsWritten ||= asWritten;
    if (waiting.length > 1) return;
    live.textContent = "";
    const timer = setTimeout(() => {
      setAttributes(live, { translate: isAsWritten ? "no" : null });
      live.textContent = waiting.join(" ");
      isAsWritten = false;
      waiting = [];
    }, 60);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  };
}

/**
 * What the learner does comes first.
 *
 * @param {() => void} action
 */
function whenIdle(action) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(action, { timeout: PATIENCE_MILLISECONDS });
  else setTimeout(action);
}

/** @param {import("../base/types.js").Desk<TasksContent|BaselineContent>} desk */
export function tasksView(desk) {
  const { content, store, t, signal } = desk;
  const uid = uidMaker();
  const many = content.tasks.length > 1;
  const tasks = content.tasks.filter(({ kind }) => Object.hasOwn(KINDS, kind));
  /** @type {Item[]} */
  const items = [];
  const status = statusLine(desk);
  const count = h("span", { class: "cd-count-done" });
  const steps = many
    ? tasks.map((_, index) => h("button", { type: "button", class: "cd-step" }, String(index + 1)))
    : [];
  const head = h(
    "div",
    { class: "cd-head" },
    h(
      "div",
      { class: "cd-head-line" },
      h(
        "p",
        { class: "cd-kicker" },
        tasks.every(({ group }) => group === "note")
          ? t("head.note")
          : { practice: t("head.practice"), graded: t("head.graded"), baseline: t("head.baseline") }[content.purpose],
      ),
      many ? h("p", { class: "cd-progress" }, count) : null,
    ),
    many ? h("p", { class: "cd-title", id: uid("title") }, content.title) : null,
    many
      ? h("ol", { class: "cd-steps", "aria-label": t("head.todo") }, ...steps.map((step) => h("li", {}, step)))
      : null,
  );
  head.addEventListener("click", ({ target }) => goTo(steps.indexOf(/** @type {HTMLButtonElement} */ (target))), {
    signal,
  });
  const foot = h("div", { class: "cd-foot" }, status.element);
  /** Items have their own box: where one comes last, a browser need not look again at all that are before it. */
  const list = h("div");
  const element = h(
    "div",
    {
      class: many ? "cd-desk" : "cd-desk cd-desk-one",
      role: many ? "group" : null,
      "aria-labelledby": many ? uid("title") : null,
    },
    head,
    list,
    foot,
  );

  /** @param {number} index of a step; below 0 for what is none */
  function goTo(index) {
    if (index < 0) return;
    drawTo(index);
    items[index].goTo();
  }

  const makeItem = (/** @type {number} */ index) =>
    new Item(desk, shownVersion(store, tasks[index]), many ? index + 1 : 0, () => update(index));

  /** @param {number} last */
  function drawTo(last) {
    for (let index = items.length; index <= last; index += 1) {
      items.push(makeItem(index));
      list.append(items[index].element);
      mark(index);
    }
  }

  /** A long quiz is drawn in slices, so that its first item can be used at once. */
  function drawRest() {
    const end = performance.now() + SLICE_MILLISECONDS;
    while (items.length < tasks.length && performance.now() < end && !signal.aborted) drawTo(items.length);
    tell();
    if (items.length < tasks.length && !signal.aborted) whenIdle(drawRest);
  }

  /** @param {number} index */
  function mark(index) {
    if (!many) return;
    const { task } = items[index];
    const given = items[index].completion();
    steps[index].dataset.state = given.state;
    setAttributes(steps[index], {
      "aria-label": t("head.step", { number: index + 1, title: task.title, state: stateText(t, given) }),
    });
  }

  function tell() {
    const done = items.filter((item) => item.isComplete()).length;
    setText(count, t("head.count", { done, of: tasks.length }));
    status.update(items.some((item) => item.isWaiting()));
  }

  /** @param {number} index of the item that changed */
  function update(index) {
    mark(index);
    tell();
  }

  store.listen((changed) => {
    items.forEach((item, index) => {
      if (!changed.includes(item.task.id)) return;
      item.flush();
      if (item.task === shownVersion(store, tasks[index])) item.take();
      else {
        items[index] = makeItem(index);
        item.element.replaceWith(items[index].element);
      }
      mark(index);
    });
    tell();
  }, signal);
  const flush = () => items.forEach((item) => item.flush());
  globalThis.addEventListener?.("pagehide", flush, { signal });
  document.addEventListener("visibilitychange", flush, { signal });
  signal.addEventListener("abort", flush);
  tasks.forEach(({ id }, index) => registerPlace(desk, id, { element: () => element, goTo: () => goTo(index) }));
  drawTo(Math.min(0, tasks.length - 1));
  tell();
  whenIdle(drawRest);
  return element;
}
