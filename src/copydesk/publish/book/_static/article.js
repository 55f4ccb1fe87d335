// @ts-check
// In a book with short quotations only: puts the article's words back for a reader who has the article as a file.
// A classic script before that of the views: a view comes to life once its words are there.
(() => {
  "use strict";
  const known = "ARTICLE"; // length and hash of the right file; `copydesk book` writes them here
  const key = `copydesk/article/${known}`;
  const gap = /\ue000([\da-f]*[\^_]?)\ue001/g;
  const nonceDigits = 8;
  const lengthBits = 13; // as in article_words.py
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

  /**
   * SHA-256, which browsers themselves offer to pages from a file or from http only in part, and never at once.
   *
   * @param {Uint8Array} bytes
   * @returns {Uint8Array}
   */
  const sha256 = (bytes) => {
    const primes = [];
    for (let number = 2; primes.length < 64; number += 1)
      if (primes.every((prime) => number % prime)) primes.push(number);
    const fraction = (/** @type {number} */ root) => ((root % 1) * 2 ** 32) | 0;
    const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
    const state = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
    const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
    padded.set(bytes);
    padded[bytes.length] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, bytes.length * 8);
    const turn = (/** @type {number} */ value, /** @type {number} */ by) => (value >>> by) | (value << (32 - by));
    for (let block = 0; block < padded.length; block += 64) {
      const words = Array.from({ length: 16 }, (_, at) => view.getInt32(block + at * 4));
      for (let at = 16; at < 64; at += 1) {
        const [two, fifteen] = [words[at - 2], words[at - 15]];
        const low = turn(fifteen, 7) ^ turn(fifteen, 18) ^ (fifteen >>> 3);
        const high = turn(two, 17) ^ turn(two, 19) ^ (two >>> 10);
        words.push((words[at - 16] + low + words[at - 7] + high) | 0);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let at = 0; at < 64; at += 1) {
        const choice = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
        const majority = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        const next = (h + choice + constants[at] + words[at]) | 0;
        [a, b, c, d, e, f, g, h] = [(next + majority) | 0, a, b, c, (d + next) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((value, at) => {
        state[at] = (state[at] + value) | 0;
      });
    }
    const hash = new DataView(new ArrayBuffer(32));
    state.forEach((value, at) => hash.setInt32(at * 4, value));
    return new Uint8Array(hash.buffer);
  };

  const article = kept();
  const isOpen = fingerprint(article) === known;
  const seal = sha256(new TextEncoder().encode(article.join("")));

  /**
   * The start and end of a sealed place, which means nothing without the article.
   *
   * @param {string} place
   */
  const opened = (place) => {
    const digits = place.slice(0, nonceDigits).match(/../g) ?? [];
    const nonce = digits.map((pair) => Number.parseInt(pair, 16));
    const mask = new DataView(sha256(Uint8Array.from([...seal, ...nonce])).buffer).getUint32(0);
    const open = (Number.parseInt(place.slice(nonceDigits), 16) ^ mask) >>> 0;
    const start = open >>> lengthBits;
    return [start, start + (open & (2 ** lengthBits - 1))];
  };

  /** @param {string} place sealed; then a sign where the first letter is large or small, other than in the article */
  const words = (place) => {
    if (!place) return " \u2026";
    const text = article.slice(...opened(place.replace(/[\^_]$/, ""))).join("");
    if (place.endsWith("^")) return text[0].toUpperCase() + text.slice(1);
    return place.endsWith("_") ? text[0].toLowerCase() + text.slice(1) : text;
  };

  /** @param {any} data with the numbers for which sealed places stand */
  const withPlaces = (data) => {
    if (typeof data !== "object" || data === null) return data;
    for (const part of Object.values(data)) withPlaces(part);
    if (typeof data.sealed !== "string") return data;
    const [start, end] = opened(data.sealed);
    data.start = start;
    if ("end" in data) data.end = end;
    delete data.sealed;
    return data;
  };

  /** @param {unknown} data whether something in it was cut that is no explanation */
  const isCut = (data) =>
    JSON.stringify(data, (name, part) => (name === "key" && typeof part === "object" ? null : part)).includes("\ue000");

  /**
   * The data of a view as it can be shown: with the article's words, or without the tasks that wait for them.
   *
   * @param {string} text
   */
  const shown = (text) => {
    if (isOpen) {
      const whole = text.replace(gap, (_, place) => JSON.stringify(words(place)).slice(1, -1));
      return JSON.stringify(withPlaces(JSON.parse(whole)));
    }
    const data = JSON.parse(text);
    const waiting = (data.tasks ?? []).filter(isCut).map((/** @type {{id: string}} */ { id }) => id);
    const isFree = (/** @type {{id: string}} */ { id }) => !waiting.includes(id);
    if (data.view === "finish") data.required = data.required.filter(isFree);
    if (data.tasks) data.tasks = data.tasks.filter(isFree);
    for (const lesson of data.lessons ?? [])
      lesson.tasks = lesson.tasks.filter((/** @type {unknown} */ task) => !isCut(task));
    return JSON.stringify(data).replace(gap, " \u2026");
  };

  const complete = () => {
    if (isOpen) {
      for (const cut of document.querySelectorAll("[data-article]")) {
        cut.textContent = words(cut.getAttribute("data-article") ?? "");
        cut.removeAttribute("data-article");
      }
    }
    for (const view of document.querySelectorAll(isOpen ? "[data-copydesk], [data-article-view]" : "[data-copydesk]")) {
      const data = view.querySelector(":scope > script[type='application/json']");
      // While the page is being read, the data is whole once something stands behind it.
      if (!data?.nextElementSibling || !(view instanceof HTMLElement)) continue;
      const text = data.textContent ?? "";
      if (text.includes("\ue000") || (isOpen && text.includes('"sealed"'))) data.textContent = shown(text);
      if (view.dataset.articleView) {
        view.dataset.copydesk = view.dataset.articleView;
        delete view.dataset.articleView;
      }
    }
  };

  /**
   * @param {Element} button
   * @param {string} said beside the button that was pressed
   */
  const say = (button, said) => {
    const line = button.parentElement?.querySelector('[data-book="article-said"]');
    if (line) line.textContent = said;
  };

  /**
   * @param {Element} button
   * @param {File} file
   */
  const take = async (button, file) => {
    const text = (await file.text()).replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
    const right = [text, text.trimEnd(), `${text.trimEnd()}\n`].find((each) => fingerprint(Array.from(each)) === known);
    if (right === undefined) return say(button, texts.other);
    try {
      localStorage.setItem(key, right);
    } catch {
      return say(button, texts.forbidden);
    }
    location.reload();
  };

  /** @param {Element} button */
  const change = (button) => {
    if (isOpen) {
      localStorage.removeItem(key);
      location.reload();
      return;
    }
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".txt,text/plain";
    input.addEventListener("change", () => input.files?.[0] && take(button, input.files[0]));
    input.click();
  };

  const watcher = new MutationObserver(complete);
  watcher.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    watcher.disconnect();
    complete();
    for (const button of document.querySelectorAll('[data-book="article"]')) {
      button.textContent = isOpen ? texts.close : texts.open;
      button.addEventListener("click", () => change(button));
    }
  });
})();
