// @ts-check
/** The way in: `render` for a notebook's widget, `boot` for a page without a kernel. */
import { pageBar } from "./bar.js";
import { kernelStore } from "./host/kernel.js";
import { pageStore, saveAsFile, storageKey } from "./host/page.js";
import { browserPlace, browserStorage } from "./host/storage.js";
import { direction, speaker } from "./text.js";
import { showView } from "./view.js";

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
    showView(root, { content, store, seed: content.place ?? "", signal });
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

/**
 * Bring every `[data-copydesk]` element of a page to life, each as soon as its content is there; the static markup
 * stays where that cannot be read.
 *
 * @param {Document} [page]
 */
export function boot(page = document) {
  const wake = waker(page);
  wake();
  if (page.readyState !== "loading") return;
  const watcher = new MutationObserver(wake);
  watcher.observe(page.documentElement, { childList: true, subtree: true });
  const stop = () => (watcher.disconnect(), wake());
  page.addEventListener("DOMContentLoaded", stop, { once: true });
}

/**
 * @param {Document} page
 * @returns {() => void} what brings the elements to life that are not alive yet
 */
function waker(page) {
  const storage = browserStorage();
  const seed = browserPlace(storage);
  const { signal } = new AbortController();
  /** @type {Map<string, import("./host/page.js").PageStore>} */
  const stores = new Map();
  return () => {
    for (const root of page.querySelectorAll("[data-copydesk]:not([data-live])")) wakeOne(root);
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
    const first = !stores.has(key);
    const store = stores.get(key) ?? pageStore({ content, t, storage });
    stores.set(key, store);
    root.lang = content.language;
    root.dir = direction(content.language);
    showView(root, { content, store, seed, signal, before: (desk) => (first ? [pageBar(desk, store, saveAsFile)] : []) });
  }
}

if (typeof document !== "undefined" && document.currentScript) boot();
