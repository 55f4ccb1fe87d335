// @ts-check
// What the pages of the book do by themselves: colours, the menu on narrow screens, printing.
// A classic script, because modules do not load from file://.
(() => {
  "use strict";
  const root = document.documentElement;
  if (!root.dataset.script) return; // book-first.js has found the browser too old
  const key = "copydesk/colours";
  const names = { auto: "automatic", light: "light", dark: "dark" };
  const darkHost = matchMedia("(prefers-color-scheme: dark)");

  /** @param {string} mode */
  const paint = (mode) => {
    root.dataset.mode = mode;
    root.dataset.theme = mode === "dark" || (mode === "auto" && darkHost.matches) ? "dark" : "light";
    for (const place of document.querySelectorAll('[data-book="mode"]')) place.textContent = names[mode];
  };

  const nextMode = () => {
    const modes = Object.keys(names);
    const mode = modes[(modes.indexOf(root.dataset.mode ?? "auto") + 1) % modes.length];
    paint(mode);
    try {
      localStorage.setItem(key, mode);
    } catch {
      // Storage may be forbidden: the choice then holds for this page.
    }
  };

  const setUpMenu = () => {
    const sidebar = document.getElementById("pst-primary-sidebar");
    const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("pst-primary-sidebar-modal"));
    const opener = document.querySelector('[data-book="menu"]');
    if (!sidebar || !dialog || !opener) return;
    dialog.setAttribute("aria-label", "Contents of this book");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "book-button";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    // The one sidebar moves into the dialog and back, so that no id stands twice.
    opener.addEventListener("click", () => {
      dialog.append(close, ...sidebar.childNodes);
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      close.remove();
      sidebar.append(...dialog.childNodes);
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  };

  const followReading = () => {
    /** @type {Map<Element, Element>} */
    const links = new Map();
    for (const link of document.querySelectorAll(".page-toc a[href^='#']")) {
      const section = document.getElementById(decodeURIComponent((link.getAttribute("href") ?? "").slice(1)));
      if (section) links.set(section, link);
    }
    if (!links.size) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.find((entry) => entry.isIntersecting);
        if (!seen) return;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(seen.target)?.setAttribute("aria-current", "location");
      },
      { rootMargin: "0px 0px -75% 0px" },
    );
    for (const section of links.keys()) observer.observe(section);
  };

  // What scrolls sideways can be reached with the keyboard.
  const reachScrolling = () => {
    const boxes = [...document.querySelectorAll("pre, .cell_output, .cell_output > .output, .table-wrapper")];
    for (const box of boxes.filter((box) => box.scrollWidth > box.clientWidth)) box.setAttribute("tabindex", "0");
  };

  // On paper nothing unfolds: what is folded is opened, and what a list offers is written down. Afterwards all is as it was.
  /** @type {(() => unknown)[]} */
  const afterwards = [];
  const unfold = () => {
    const folds = document.querySelectorAll(
      ".bd-article details:not([open], .hide, .cd-keys, .cd-progress-all, .copydesk-static details)",
    );
    for (const fold of folds) {
      fold.setAttribute("open", "");
      afterwards.push(() => fold.removeAttribute("open"));
    }
    for (const field of document.querySelectorAll(".bd-article .cd-input")) {
      if (!("value" in field) || field.value) continue;
      field.setAttribute("data-empty", "");
      afterwards.push(() => field.removeAttribute("data-empty"));
    }
    for (const box of document.querySelectorAll(".cd-sort:has(select), .cd-link-form")) {
      const offered = [...(box.querySelector("select")?.options ?? [])].slice(1).map(({ text }) => text);
      const line = document.createElement("p");
      line.className = "book-choices";
      line.textContent = offered.join(" \u00b7 ");
      box.before(line);
      afterwards.push(() => line.remove());
    }
  };
  const foldAgain = () => {
    for (const undo of afterwards.splice(0)) undo();
  };

  // In a frame of another site a page has more to do. The frame of a SCORM package is of the book itself.
  const own = document.currentScript;
  if (window.parent !== window && !window.name.startsWith("copydesk-package-") && own instanceof HTMLScriptElement) {
    const script = document.createElement("script");
    script.src = new URL("frame.js", own.src).href;
    document.head.append(script);
  }

  const start = () => {
    paint(root.dataset.mode ?? "auto");
    darkHost.addEventListener("change", () => paint(root.dataset.mode ?? "auto"));
    document.querySelector('[data-book="colours"]')?.addEventListener("click", nextMode);
    document.querySelector('[data-book="print"]')?.addEventListener("click", () => window.print());
    window.addEventListener("beforeprint", unfold);
    window.addEventListener("afterprint", foldAgain);
    setUpMenu();
    followReading();
  };
  // Figures wait until the page can be used; then all of them come, so that none is missing on paper.
  const fetchFigures = () => {
    for (const figure of document.querySelectorAll('img[loading="lazy"]')) figure.setAttribute("loading", "eager");
  };

  const finish = () => {
    fetchFigures();
    reachScrolling(); // makes the browser lay the whole page out
  };
  const finishLater = () =>
    "requestIdleCallback" in window ? requestIdleCallback(finish, { timeout: 1000 }) : setTimeout(finish);
  if (document.readyState === "complete") finishLater();
  else window.addEventListener("load", finishLater);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
