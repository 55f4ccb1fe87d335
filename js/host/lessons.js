// @ts-check
/** The lessons on a page without a kernel: the views of one share its store, and the first of them has its bar. */
import { transferBar } from "../bar.js";
import { pageStore, saveAsFile, storageKey } from "./page.js";
import { browserPlace } from "./storage.js";

/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../view.js").Desk} Desk */
/** @typedef {{root: HTMLElement, wasShown: boolean, desk?: Desk}} View */
/** @typedef {{store: import("./page.js").PageStore, views: View[]}} Lesson */

/**
 * @param {import("./storage.js").Keep|null} storage
 */
export function pageLessons(storage) {
  const seed = browserPlace(storage);
  /** @type {Map<string, Lesson>} */
  const lessons = new Map();

  /**
   * Add a view to its lesson, until the signal is aborted: then the next one has the bar.
   *
   * @param {{root: HTMLElement, content: Content, t: import("../types.js").Speak, signal: AbortSignal}} given
   * @returns {{store: import("./page.js").PageStore, seed: string, before: (desk: Desk) => HTMLElement[]}}
   */
  return function join({ root, content, t, signal }) {
    const key = storageKey(content);
    const lesson = lessons.get(key) ?? { store: pageStore({ content, t, storage }), views: [] };
    lessons.set(key, lesson);
    const { store } = lesson;
    const view = /** @type {View} */ ({ root, wasShown: root.isConnected });
    // A page may throw a view away and not say so.
    lesson.views = [...lesson.views.filter(({ root: other, wasShown }) => other.isConnected || !wasShown), view];
    const bar = (/** @type {Desk} */ desk) => transferBar(desk, store, { save: saveAsFile, withStatus: true });
    signal.addEventListener("abort", () => {
      const hadBar = lesson.views[0] === view;
      lesson.views = lesson.views.filter((other) => other !== view);
      const [next] = lesson.views;
      if (hadBar && next?.desk) next.root.prepend(bar(next.desk));
    });
    return {
      store,
      seed,
      before(desk) {
        view.desk = desk;
        return lesson.views[0] === view && content.lesson !== "all" ? [bar(desk)] : [];
      },
    };
  };
}
