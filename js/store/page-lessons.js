// @ts-check
/** The lessons on a page without a kernel: the views of one share its store, and the first of them has its bar. */
import { transferBar } from "../base/transfer-bar.js";
import { saveAsFile } from "./download.js";
import { pageStore, storageKey } from "./page.js";
import { browserPlace } from "./storage.js";

/** @typedef {import("../base/contents.js").Content} Content */
/** @typedef {import("../base/types.js").Desk} Desk */
/** @typedef {import("./page.js").PageStore} PageStore */
/** @typedef {{root: HTMLElement, wasShown: boolean, desk?: Desk, bar?: HTMLElement}} View */
/** @typedef {{store: PageStore, views: View[]}} Lesson */
/** @typedef {(given: {root: HTMLElement, content: Content, t: import("../base/types.js").Translate, signal: AbortSignal}) => {store: PageStore, seed: string, before: (desk: Desk) => HTMLElement[]}} Join */

/**
 * @param {import("./storage.js").KeyValueStorage|null} storage
 * @returns {Join} what adds a view to its lesson, until the signal is aborted
 */
export function pageLessons(storage) {
  const seed = browserPlace(storage);
  /** @type {Map<string, Lesson>} */
  const lessons = new Map();
  return ({ root, content, t, signal }) => {
    const key = storageKey(content);
    const lesson = lessons.get(key) ?? { store: pageStore({ content, t, storage }), views: [] };
    lessons.set(key, lesson);
    /** @type {View} */
    const view = { root, wasShown: root.isConnected };
    // A page may throw a view away and not say so.
    lesson.views = [...lesson.views.filter((other) => other.root.isConnected || !other.wasShown), view];
    signal.addEventListener("abort", () => {
      lesson.views = lesson.views.filter((other) => other !== view);
      const next = firstOf(lesson.views);
      if (view.bar?.isConnected && next?.desk) next.root.prepend(barOf(lesson, next, next.desk));
    });
    const before = (/** @type {Desk} */ desk) => {
      view.desk = desk;
      if (content.lesson === "all" || firstOf(lesson.views) !== view) return [];
      lesson.views.forEach(({ bar }) => bar?.remove()); // a host may draw the first view last
      return [barOf(lesson, view, desk)];
    };
    return { store: lesson.store, seed, before };
  };
}

/**
 * @param {Lesson} lesson
 * @param {View} view
 * @param {Desk} desk
 */
const barOf = (lesson, view, desk) =>
  (view.bar ??= transferBar(desk, lesson.store, { save: saveAsFile, withStatus: true }));

/**
 * The view that comes before all others.
 *
 * @param {View[]} views
 * @returns {View|undefined}
 */
const firstOf = (views) =>
  views.reduce((first, other) => (standsBefore(other.root, first.root) ? other : first), views[0]);

/**
 * @param {Element} one
 * @param {Element} other
 */
function standsBefore(one, other) {
  const position = hostElement(one).compareDocumentPosition(hostElement(other));
  return !(position & Node.DOCUMENT_POSITION_DISCONNECTED) && Boolean(position & Node.DOCUMENT_POSITION_FOLLOWING);
}

/**
 * An element, or the one whose shadow root it is in.
 *
 * @param {Element} element
 * @returns {Element}
 */
function hostElement(element) {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? hostElement(root.host) : element;
}
