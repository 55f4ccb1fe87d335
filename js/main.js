// @ts-check
/** The way in: `render` for a notebook's widget, `boot` for a page without a kernel. */
import { transferBar } from "./bar.js";
import { h } from "./dom.js";
import { kernelStore } from "./host/kernel.js";
import { pageLessons } from "./host/lessons.js";
import { hasKernel, listenTo } from "./host/model.js";
import { saveAsFile } from "./host/page.js";
import { browserStorage } from "./host/storage.js";
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

/** @type {import("./host/lessons.js").Join|undefined} those of a page whose widgets have no kernel */
let lessons;

/**
 * Show a widget: in a notebook, or in a page of somebody else that has no kernel.
 *
 * @param {{model: import("./host/model.js").Model, el: HTMLElement}} given
 * @returns {() => void} clean-up
 */
export function render({ model, el }) {
  const whole = new AbortController();
  const isLive = hasKernel(model);
  const root = h("div", { class: "copydesk" });
  /** @type {AbortController|undefined} */
  let one;
  const show = () => {
    one?.abort();
    one = new AbortController();
    const { signal } = one;
    const content = given(model.get("content"));
    const t = speaker(content.language, content.texts);
    root.lang = content.language;
    root.dir = direction(content.language);
    if (isLive) {
      const store = kernelStore({ model, content, t, signal });
      const before = (/** @type {import("./view.js").Desk} */ desk) => (content.view === "progress" ? [transferBar(desk, store, { save: saveAsFile, withStatus: false })] : []);
      showView(root, { content, store, seed: content.place ?? "", signal, before });
      return;
    }
    lessons ??= pageLessons(browserStorage());
    showView(root, { content, ...lessons({ root, content, t, signal }), signal });
  };
  el.append(root); // before anything is drawn: where it stands decides where its style goes
  show();
  listenTo(model, "change:content", show, whole.signal);
  whole.signal.addEventListener("abort", () => {
    one?.abort();
    root.remove();
  });
  return () => whole.abort();
}

/**
 * The content that a widget is given. Whoever writes a page by hand is told what is missing.
 *
 * @param {any} raw
 */
function given(raw) {
  if (typeof raw?.view === "string") return complete(raw);
  throw new Error("Copy Desk has nothing to show here. Give the widget the model {\"content\": ...} that Copy Desk's Python makes: see docs/where-it-runs.md.");
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
  const join = pageLessons(browserStorage());
  const { signal } = new AbortController();
  /** @type {Map<HTMLElement, ReturnType<import("./host/lessons.js").Join>>} views that have joined, though they may wait for the second script */
  const joined = new Map();
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
    const lesson = joined.get(root) ?? join({ root, content, t, signal });
    joined.set(root, lesson);
    if (!canShow(content)) {
      root.dataset.live = "waiting";
      loadMore(page);
      return;
    }
    root.lang = content.language;
    root.dir = direction(content.language);
    showView(root, { content, ...lesson, signal });
  }
}

if (typeof document !== "undefined" && document.currentScript) boot();
