// @ts-check
/** The way in: `render` for a notebook's widget, `boot` for a page without a kernel. */
import { transferBar } from "./bar.js";
import { h } from "./dom.js";
import { kernelStore } from "./host/kernel.js";
import { pageStore, saveAsFile, storageKey } from "./host/page.js";
import { browserPlace, browserStorage } from "./host/storage.js";
import { direction, speaker } from "./text.js";
import { canShow, showView } from "./view.js";

/** @typedef {import("./types.js").Content} Content */

/**
 * Content with what a view cannot do without.
 *
 * @param {any} raw
 * @returns {Content}
 */
function complete(raw) {
  return { language: "en", release: "", bank: "", keyed_by: "", title: "", ...raw, tasks: raw?.tasks ?? [] };
}

/**
 * Show a widget in a notebook.
 *
 * @param {{model: import("./host/kernel.js").Model, el: HTMLElement}} given
 * @returns {() => void} clean-up
 */
export function render({ model, el }) {
  const whole = new AbortController();
  /** @type {AbortController|undefined} */
  let one;
  const show = () => {
    one?.abort();
    one = new AbortController();
    const { signal } = one;
    const content = complete(model.get("content"));
    const t = speaker(content.language, content.texts);
    const root = document.createElement("div");
    root.className = "copydesk";
    root.lang = content.language;
    root.dir = direction(content.language);
    const store = kernelStore({ model, content, t, signal });
    const before = (/** @type {import("./view.js").Desk} */ desk) => (content.view === "progress" ? [transferBar(desk, store, { save: saveAsFile, withStatus: false })] : []);
    showView(root, { content, store, seed: content.place ?? "", signal, before });
    el.replaceChildren(root);
  };
  show();
  model.on("change:content", show);
  whole.signal.addEventListener("abort", () => {
    model.off("change:content", show);
    one?.abort();
    el.replaceChildren();
  });
  return () => whole.abort();
}

/** Where this script comes from, when a page has loaded it. */
const address = typeof document !== "undefined" && document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

let wakeWaiting = () => {};
/** Go on with what waited for the second script, which calls this when it is there. */
export const wakeAgain = () => wakeWaiting();

/**
 * Bring every `[data-copydesk]` element of a page to life, each as soon as its content is there; the static markup
 * stays where that cannot be read.
 *
 * @param {Document} [page]
 */
export function boot(page = document) {
  const wake = waker(page);
  wakeWaiting = () => wake("[data-live='waiting']");
  const wakeNew = () => wake(":not([data-live])");
  wakeNew();
  if (page.readyState !== "loading") return;
  const watcher = new MutationObserver(wakeNew);
  watcher.observe(page.documentElement, { childList: true, subtree: true });
  const stop = () => (watcher.disconnect(), wakeNew());
  page.addEventListener("DOMContentLoaded", stop, { once: true });
}

/**
 * Load the second script, which lies beside this one.
 *
 * @param {Document} page
 */
function loadMore(page) {
  const src = new URL("copydesk-more.js", address || page.baseURI).href;
  if (address && ![...page.scripts].some((script) => script.src === src)) page.head.append(h("script", { src }));
}

/**
 * @param {Document} page
 * @returns {(which: string) => void} what brings elements to life: those that a selector picks out
 */
function waker(page) {
  const storage = browserStorage();
  const seed = browserPlace(storage);
  const { signal } = new AbortController();
  /** @type {Map<string, {store: import("./host/page.js").PageStore, top: HTMLElement}>} a lesson's store, and its first view, which gets the bar */
  const lessons = new Map();
  return (which) => {
    for (const root of page.querySelectorAll(`[data-copydesk]${which}`)) wakeOne(root);
  };

  /** @param {Element} root */
  function wakeOne(root) {
    const source = root.querySelector(":scope > script[type='application/json']");
    // While the page is being read, the content is whole once something stands behind it.
    if (!(root instanceof HTMLElement) || !source?.nextElementSibling) return;
    root.dataset.live = "true";
    /** @type {Content} */
    let content;
    try {
      content = complete(JSON.parse(source.textContent ?? ""));
    } catch {
      return;
    }
    const t = speaker(content.language, content.texts);
    const key = storageKey(content);
    const { store, top } = lessons.get(key) ?? { store: pageStore({ content, t, storage }), top: root };
    lessons.set(key, { store, top });
    if (!canShow(content)) {
      root.dataset.live = "waiting";
      loadMore(page);
      return;
    }
    root.lang = content.language;
    root.dir = direction(content.language);
    showView(root, { content, store, seed, signal, before: (desk) => (top === root && content.lesson !== "all" ? [transferBar(desk, store, { save: saveAsFile, withStatus: true })] : []) });
  }
}

if (typeof document !== "undefined" && document.currentScript) boot();
