// @ts-check
/** The shell of a view: what is left to do, the tasks one below the other, whether it is saved. */
import { h, icon, setAttributes, setText, uidMaker } from "./dom.js";
import { Item } from "./item.js";
import { style as itemStyle } from "./itemparts.js";
import { KINDS } from "./kinds/index.js";
import { statusLine } from "./status.js";
import style from "./style.css";
import { speaker } from "./text.js";
import { VIEWS } from "./views/index.js";

/** Shell, kinds and views in one style element. */
const STYLE = [style, itemStyle, ...Object.values({ ...KINDS, ...VIEWS }).map((part) => part.style ?? "")].join("\n");

/** How many items are drawn before the browser may do something else. */
const SLICE = 8;

/** @typedef {import("./types.js").Content} Content */
/** @typedef {import("./types.js").Store} Store */
/** @typedef {import("./types.js").Speak} Speak */
/** @typedef {{content: Content, store: Store, t: Speak, seed: string, signal: AbortSignal, say: (text: string) => void}} Desk */

/**
 * Draw a view into a root element, and bring it up to date until the signal is aborted.
 *
 * @param {HTMLElement} root
 * @param {{content: Content, store: Store, seed: string, signal: AbortSignal, before?: (desk: Desk) => HTMLElement[]}} given
 */
export function showView(root, { content, store, seed, signal, before = () => [] }) {
  const t = speaker(content.language, content.texts);
  const live = h("div", { class: "cd-sr", role: "status", "aria-live": "polite" });
  const desk = { content, store, t, seed, signal, say: announcer(live, signal) };
  const body = (VIEWS[content.view]?.render ?? tasksView)(desk);
  const notice = content.notice ? h("p", { class: "cd-notice" }, icon("warning"), h("span", {}, content.notice)) : "";
  root.replaceChildren(h("style", {}, STYLE), ...before(desk), notice, body, live);
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
 * A live region is read when its text changes, so it is emptied first; what is said together is read together.
 *
 * @param {HTMLElement} live
 * @param {AbortSignal} signal
 */
function announcer(live, signal) {
  /** @type {string[]} */
  let waiting = [];
  return (/** @type {string} */ text) => {
    waiting.push(text);
    if (waiting.length > 1) return;
    live.textContent = "";
    const timer = setTimeout(() => {
      live.textContent = waiting.join(" ");
      waiting = [];
    }, 60);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  };
}

/** @param {Desk} desk */
function tasksView(desk) {
  const { content, store, t, signal } = desk;
  const uid = uidMaker();
  const many = content.tasks.length > 1;
  const tasks = content.tasks.filter(({ kind }) => Object.hasOwn(KINDS, kind));
  /** @type {Item[]} */
  const items = [];
  const status = statusLine(desk);
  const count = h("span", { class: "cd-count-done" });
  const steps = tasks.map((_, index) => {
    const button = h("button", { type: "button", class: "cd-step" }, String(index + 1));
    button.addEventListener("click", () => (drawTo(tasks.length), items[index].goTo()), { signal });
    return button;
  });
  const head = h(
    "div",
    { class: "cd-head" },
    h("div", { class: "cd-head-line" }, h("p", { class: "cd-kicker" }, content.purpose === "graded" ? t("head.graded") : t("head.practice")), many ? h("p", { class: "cd-progress" }, count) : null),
    many ? h("p", { class: "cd-title", id: uid("title") }, content.title) : null,
    many ? h("ol", { class: "cd-steps", "aria-label": t("head.todo") }, ...steps.map((step) => h("li", {}, step))) : null,
  );
  const foot = h("div", { class: "cd-foot" }, status.element);
  const element = h("div", { class: many ? "cd-desk" : "cd-desk cd-desk-one", role: many ? "group" : null, "aria-labelledby": many ? uid("title") : null }, head, foot);

  /** @param {number} end draw the items before this one */
  function drawTo(end) {
    for (let index = items.length; index < Math.min(end, tasks.length); index += 1) {
      items.push(new Item(desk, tasks[index], many ? index + 1 : 0, () => update()));
      foot.before(items[index].element);
    }
  }

  /** A long quiz is drawn in slices, so that its first items can be used at once. */
  function drawRest() {
    if (items.length >= tasks.length || signal.aborted) return;
    drawTo(items.length + SLICE);
    update();
    setTimeout(drawRest);
  }

  function update() {
    const done = items.filter((item) => item.isDone());
    setText(count, t("head.count", { done: done.length, of: tasks.length, count: tasks.length }));
    items.forEach((item, index) => {
      steps[index].dataset.done = String(item.isDone());
      const name = { number: index + 1, title: item.task.title };
      setAttributes(steps[index], { "aria-label": item.isDone() ? t("head.stepDone", name) : t("head.stepOpen", name) });
    });
    status.update(items.some((item) => item.isWaiting()));
  }

  store.listen((changed) => {
    for (const item of items) if (changed.includes(item.task.id)) item.take();
    update();
  }, signal);
  const flush = () => items.forEach((item) => item.flush());
  globalThis.addEventListener?.("pagehide", flush, { signal });
  document.addEventListener("visibilitychange", flush, { signal });
  signal.addEventListener("abort", flush);
  drawTo(2 * SLICE);
  update();
  setTimeout(drawRest);
  return element;
}
