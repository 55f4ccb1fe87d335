// @ts-check
// In a book with short quotations only: puts the article's words back for a reader who has the article as a file.
// A classic script before that of the views: a view comes to life once its words are there.
(() => {
  "use strict";
  const known = "ARTICLE"; // length and hash of the right file; `copydesk book` writes them here
  const key = `copydesk/article/${known}`;
  const place = /\ue000(\d+)-(\d+)\ue001/g;
  const texts = {
    open: "Open the article from a file",
    close: "Put the article away",
    other: "That's a different file. The article is the course's file article.txt.",
    forbidden: "This browser doesn't let the page keep the file, so the article can't be shown.",
  };

  /** @param {string[]} signs code points */
  const fingerprint = (signs) => {
    let value = 2166136261;
    for (const sign of signs) value = Math.imul(value ^ (sign.codePointAt(0) ?? 0), 16777619) >>> 0;
    return `${signs.length}-${value.toString(16).padStart(8, "0")}`;
  };

  const kept = () => {
    try {
      return Array.from(localStorage.getItem(key) ?? "");
    } catch {
      return []; // storage is forbidden
    }
  };

  const article = kept();
  const isOpen = fingerprint(article) === known;
  /** @param {string} from @param {string} to */
  const words = (from, to) => article.slice(Number(from), Number(to)).join("");

  const complete = () => {
    if (isOpen) {
      for (const gap of document.querySelectorAll("[data-article]")) {
        const [from, to] = (gap.getAttribute("data-article") ?? "").split("-");
        gap.removeAttribute("data-article");
        gap.textContent = words(from, to);
      }
    }
    for (const view of document.querySelectorAll(isOpen ? "[data-copydesk], [data-article-view]" : "[data-copydesk]")) {
      const data = view.querySelector(":scope > script[type='application/json']");
      // While the page is being read, the data is whole once something stands behind it.
      if (!data?.nextElementSibling || !(view instanceof HTMLElement)) continue;
      const text = data.textContent ?? "";
      if (text.includes("\ue000"))
        data.textContent = text.replace(place, (_, from, to) =>
          isOpen ? JSON.stringify(words(from, to)).slice(1, -1) : " \u2026",
        );
      if (view.dataset.articleView) {
        view.dataset.copydesk = view.dataset.articleView;
        delete view.dataset.articleView;
      }
    }
  };

  /** @param {string} said */
  const say = (said) => {
    for (const line of document.querySelectorAll('[data-book="article-said"]')) line.textContent = said;
  };

  /** @param {File} file */
  const take = async (file) => {
    const text = (await file.text()).replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
    const right = [text, text.trimEnd(), `${text.trimEnd()}\n`].find((each) => fingerprint(Array.from(each)) === known);
    if (right === undefined) return say(texts.other);
    try {
      localStorage.setItem(key, right);
    } catch {
      return say(texts.forbidden);
    }
    location.reload();
  };

  const change = () => {
    if (isOpen) {
      localStorage.removeItem(key);
      location.reload();
      return;
    }
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".txt,text/plain";
    input.addEventListener("change", () => input.files?.[0] && take(input.files[0]));
    input.click();
  };

  const watcher = new MutationObserver(complete);
  watcher.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    watcher.disconnect();
    complete();
    for (const button of document.querySelectorAll('[data-book="article"]')) {
      button.textContent = isOpen ? texts.close : texts.open;
      button.addEventListener("click", change);
    }
  });
})();
