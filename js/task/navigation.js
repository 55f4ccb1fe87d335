// @ts-check
/** Where the tasks of a page are, so that whatever names a task can lead to it. */
import { h } from "../base/dom.js";
import { rowName } from "./completion.js";

/** @typedef {import("../base/types.js").Desk} Desk */
/** @typedef {{element: () => Element, goTo: () => void}} Place */
/** @typedef {{holds: (element: Element) => boolean, open: (element: Element) => void}} Opener what can bring to be seen what a page has put away, such as another step */

/** @type {Map<string, Set<Place>>} */
const places = new Map();
/** @type {Set<() => void>} */
const watchers = new Set();
/** @type {Set<Opener>} */
const openers = new Set();
let landed = false;

/**
 * @param {import("../base/contents.js").Common} content
 * @param {string} id
 */
const taskKey = ({ course, lesson, place = "" }, id) => [course, lesson, place, id].join("/");

/**
 * Say where a task is, until the signal is aborted. A page that was opened at a task goes there.
 *
 * @param {Desk} desk
 * @param {string} id
 * @param {Place} place
 */
export function registerPlace({ content, signal }, id, place) {
  const name = taskKey(content, id);
  const here = places.get(name) ?? new Set();
  places.set(name, here.add(place));
  const tell = () => watchers.forEach((watcher) => watcher());
  signal.addEventListener("abort", () => {
    here.delete(place);
    tell();
  });
  tell();
  if (landed || globalThis.location?.hash !== `#task-${id}`) return;
  landed = true;
  land(() => open(place));
}

/**
 * Add what can bring hidden tasks to be seen, until the signal is aborted.
 *
 * @param {Opener} opener
 * @param {{signal: AbortSignal, watch: () => void}} given watch: called when a task has come or gone
 */
export function registerOpener(opener, { signal, watch }) {
  openers.add(opener);
  watchers.add(watch);
  signal.addEventListener("abort", () => {
    openers.delete(opener);
    watchers.delete(watch);
  });
}

/**
 * The ids of a lesson's tasks that are within an element.
 *
 * @param {Desk} desk
 * @param {Element} element
 */
export function tasksWithin({ content }, element) {
  const lesson = taskKey(content, "");
  /** @type {string[]} */
  const ids = [];
  for (const [name, here] of places) {
    if (!name.startsWith(lesson)) continue;
    if ([...here].some((place) => element.contains(place.element()))) ids.push(name.slice(lesson.length));
  }
  return ids;
}

/**
 * Go to a place; what has it put away opens first.
 *
 * @param {Place} place
 */
function open(place) {
  const element = place.element();
  for (const opener of openers) if (opener.holds(element)) opener.open(element);
  place.goTo();
}

/** Go to the task that the page was opened at, for what puts tasks away only after they were drawn. */
export function goToAddressed() {
  const hash = globalThis.location?.hash ?? "";
  for (const [name, [place]] of places) {
    if (place && hash === `#task-${name.slice(name.lastIndexOf("/") + 1)}`) open(place);
  }
}

/** How long a page may take to be drawn whole. */
const DRAWN_MILLISECONDS = 4000;

/**
 * Go to a task, and again as long as what is above it is still being drawn and the reader does nothing.
 *
 * @param {() => void} goTo
 */
function land(goTo) {
  const watcher = new ResizeObserver(goTo);
  const stop = () => watcher.disconnect();
  watcher.observe(document.body);
  for (const act of ["pointerdown", "keydown", "wheel", "touchstart"]) addEventListener(act, stop, { once: true });
  setTimeout(stop, DRAWN_MILLISECONDS);
}

/**
 * The way to a task, or nothing where it is not to be seen on this page.
 *
 * @param {Desk} desk
 * @param {string} id
 */
export function wayTo({ content }, id) {
  const here = [...(places.get(taskKey(content, id)) ?? [])];
  const found = here.find(({ element }) => canBeSeen(element()));
  return found && (() => open(found));
}

/** @param {Element} element */
function canBeSeen(element) {
  const isSeen = element.checkVisibility?.() ?? element.isConnected;
  return isSeen || [...openers].some((opener) => opener.holds(element));
}

/**
 * The name of a task: a button that leads to it where it is on this page, a link where it is on another, else words.
 *
 * @param {Desk} desk
 * @param {import("../base/contents.js").Row & {page?: string}} row
 * @param {string} [words]
 */
export function taskName(desk, row, words = rowName(row)) {
  const element = h("span", { class: "cd-task-name" });
  const draw = () => {
    const isButton = element.firstElementChild?.localName === "button";
    if (row.page || isButton === Boolean(wayTo(desk, row.id))) return;
    element.replaceChildren(isButton ? words : button());
  };
  const button = () => {
    const made = h("button", { type: "button", class: "cd-link" }, words);
    made.addEventListener("click", () => wayTo(desk, row.id)?.());
    return made;
  };
  element.append(row.page ? h("a", { href: row.page }, words) : words);
  watchers.add(draw);
  const seen = globalThis.IntersectionObserver && new IntersectionObserver(draw); // as in a tab that comes to the front
  seen?.observe(element);
  desk.signal.addEventListener("abort", () => {
    watchers.delete(draw);
    seen?.disconnect();
  });
  draw();
  return element;
}
