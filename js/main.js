// @ts-check
/** The way in: `render` for a notebook's widget, `boot` for a page without a kernel. What most pages have is registered here. */
import { KIND_VIEWS } from "kind-views/first-script";
import { h } from "./base/dom.js";
import { direction, translator } from "./base/text.js";
import { transferBar } from "./base/transfer-bar.js";
import { saveAsFile } from "./store/download.js";
import { kernelStore } from "./store/kernel.js";
import { pageLessons } from "./store/page-lessons.js";
import { browserStorage } from "./store/storage.js";
import { hasKernel, listenTo } from "./store/widget-model.js";
import desk from "./task/desk.css";
import { canShow, showView } from "./task/desk.js";
import item from "./task/item.css";
import navigation from "./task/navigation.css";
import { onRegister, register } from "./task/registry.js";

/** @typedef {import("./base/contents.js").Content} Content */

register({ kinds: KIND_VIEWS, views: {}, styles: [desk, item, navigation] });

/**
 * Content with what a view cannot do without.
 *
 * @param {any} raw
 * @returns {Content}
 */
function complete(raw) {
  const lists = { required: [], lessons: [], course_lessons: [] };
  const texts = { language: "en", release: "", bank: "", keyed_by: "", title: "" };
  return { ...lists, ...texts, ...raw, tasks: raw?.tasks ?? [] };
}

/** @type {import("./store/page-lessons.js").Join|undefined} those of a page whose widgets have no kernel */
let lessons;

/**
 * Show a widget: in a notebook, or in a page of someone else that has no kernel.
 *
 * @param {{model: import("./store/widget-model.js").Model, el: HTMLElement}} given
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
    const content = contentOf(model.get("content"));
    const t = translator(content.language, content.texts);
    root.lang = content.language;
    root.dir = direction(content.language);
    if (isLive) {
      const store = kernelStore({ model, content, t, signal });
      const before = (/** @type {import("./base/types.js").Desk} */ desk) =>
        content.view === "progress" ? [transferBar(desk, store, { save: saveAsFile, withStatus: false })] : [];
      showView(root, { content, store, seed: content.place ?? "", signal, before });
      return;
    }
    lessons ??= pageLessons(browserStorage());
    showView(root, { content, ...lessons({ root, content, t, signal }), signal });
  };
  el.append(root); // before anything is drawn: where it is decides where its style goes
  show();
  listenTo(model, "change:content", show, whole.signal);
  whole.signal.addEventListener("abort", () => {
    one?.abort();
    root.remove();
  });
  return () => whole.abort();
}

/**
 * The content that a widget is given. Anyone who writes a page by hand is told what is missing.
 *
 * @param {any} raw
 */
function contentOf(raw) {
  const content = typeof raw?.view === "string" ? complete(raw) : undefined;
  if (content && canShow(content)) return content;
  throw new Error(
    content
      ? `This module of Copy Desk shows tasks only, and no view of the kind "${content.view}": see docs/where-it-runs.md.`
      : 'Copy Desk has nothing to show here. Give the widget the model {"content": ...} that Copy Desk\'s Python makes: see docs/where-it-runs.md.',
  );
}

/** Where this script comes from, when a page has loaded it. */
const address =
  typeof document !== "undefined" && document.currentScript instanceof HTMLScriptElement
    ? document.currentScript.src
    : "";

/**
 * Bring every `[data-copydesk]` element of a page to life, each as soon as its content is there; the static markup
 * stays where that cannot be read.
 *
 * @param {Document} [page]
 */
export function boot(page = document) {
  if ("tooOld" in page.documentElement.dataset) return; // says the book, see book-first.js
  const wake = waker(page);
  onRegister(() => wake("[data-live='waiting']")); // the second script has come
  const wakeNew = () => wake(":not([data-live])");
  wakeNew();
  if (page.readyState !== "loading") return;
  const watcher = new MutationObserver(wakeNew);
  watcher.observe(page.documentElement, { childList: true, subtree: true });
  const stop = () => {
    watcher.disconnect();
    wakeNew();
  };
  page.addEventListener("DOMContentLoaded", stop, { once: true });
}

/**
 * Load the second script, which is beside this one.
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
  /** @type {Map<HTMLElement, ReturnType<import("./store/page-lessons.js").Join>>} views that have joined, though they may wait for the second script */
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
    const t = translator(content.language, content.texts);
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
