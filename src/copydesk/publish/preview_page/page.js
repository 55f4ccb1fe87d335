// @ts-check
/** The script of a page in a preview: loads the page anew when there is a new one, and shows what is wrong beside it. */
(() => {
  /** @typedef {{place: string, text: string, page: string, tasks: string[], instead: boolean, open: boolean, cell: number}} Problem */
  /** @typedef {Problem & {number: number, isAgain: boolean}} Placed a problem at a task: its number in the summary, and whether it is at one before */
  /** @typedef {{build: string, status: "building"|"ready"|"failed", message: string, here: Problem[], elsewhere: Problem[], here_title: string, elsewhere_title: string}} State */

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {{build: string, page: string, links: {address: string, text: string, here: string}[], texts: Record<string, string>}} */
  const about = JSON.parse(script.dataset.about ?? "{}");
  const { texts } = about;
  const KEPT = `copydesk/preview/${about.page}`;
  /** How long a page may take to be drawn whole. */
  const DRAWN_MILLISECONDS = 4000;

  /** @type {State|undefined} */
  let state;

  const status = element("p", { role: "status" });
  const bar = element("div", { class: "preview-bar", role: "region", "aria-label": texts.bar }, status);
  for (const { address, text, here } of about.links) {
    bar.append(element("a", { href: address, ...(here ? { "aria-current": "page" } : {}) }, text));
  }
  const summary = element("section", { class: "preview-summary", "aria-labelledby": "preview-summary-title" });
  document.body.append(bar);
  document.documentElement.classList.add("preview");
  returnToPlace();

  const news = new EventSource(`/-/events?page=${encodeURIComponent(about.page)}`);
  news.onmessage = ({ data }) => {
    state = /** @type {State} */ (JSON.parse(data));
    if (state.build && state.build !== about.build) {
      keepPlace();
      location.reload();
      return;
    }
    showStatus(state.status, state.message);
    showProblems();
  };
  news.onerror = () => showStatus("gone", texts.gone);
  addEventListener("pagehide", () => news.close());

  // Views are drawn bit by bit, and anew when answers come or go.
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => !isOwn(target))) placeSoon();
  }).observe(document.body, { childList: true, subtree: true });

  /** @param {string} kind @param {string} text */
  function showStatus(kind, text) {
    bar.dataset.status = kind;
    if (status.textContent !== text) status.textContent = text;
  }

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let soon;
  function placeSoon() {
    clearTimeout(soon);
    soon = setTimeout(placeBoxes, 50);
  }

  function showProblems() {
    if (!state) return;
    const article = document.querySelector("article.bd-article") ?? document.querySelector("main") ?? document.body;
    const { here, elsewhere } = state;
    const isOpen = summary.querySelector("details")?.open ?? false;
    summary.replaceChildren();
    if (here.length || elsewhere.length) {
      summary.append(element("h2", { id: "preview-summary-title" }, state.here_title));
      if (here.length)
        summary.append(element("ol", {}, ...here.map((problem, index) => element("li", {}, ...line(problem, index)))));
      if (elsewhere.length) {
        const list = element("ul", {}, ...elsewhere.map((problem) => element("li", {}, ...line(problem, -1))));
        const details = element("details", {}, element("summary", {}, state.elsewhere_title), list);
        details.open = isOpen || !about.build;
        summary.append(details);
      }
      if (!summary.isConnected) article.prepend(summary);
    } else summary.remove();
    placeBoxes();
  }

  /**
   * A problem in the summary, with a link to where it is shown.
   *
   * @param {Problem} problem
   * @param {number} index below 0 on another page
   */
  function line({ place, text, page, tasks, cell }, index) {
    let target = "";
    if (index < 0) target = page ? `/${page}.html` : "";
    else if (tasks.length) target = `#preview-problem-${index + 1}`;
    else if (cell && document.getElementById(`preview-cell-${cell}`)) target = `#preview-cell-${cell}`;
    const name = target ? element("a", { href: target }, place) : element("strong", {}, place);
    return [name, " ", element("span", {}, text)];
  }

  /** Put every problem of a task beside that task, or in its place; mark the words that say what is still to be written. */
  function placeBoxes() {
    if (!state) return;
    const items = drawnItems();
    /** @type {Map<Element, Placed[]>} */
    const wanted = new Map();
    state.here.forEach((problem, index) => {
      const here = items.filter(({ task }) => problem.tasks.includes(task));
      here.forEach(({ item }, place) => {
        wanted.set(item, [...(wanted.get(item) ?? []), { ...problem, number: index + 1, isAgain: place > 0 }]);
      });
    });
    for (const { item } of items) {
      const problems = wanted.get(item) ?? [];
      const text = JSON.stringify(problems);
      if (/** @type {HTMLElement} */ (item).dataset.previewProblems === text) continue;
      /** @type {HTMLElement} */ (item).dataset.previewProblems = text;
      for (const old of item.querySelectorAll(":scope > .preview-box")) old.remove();
      item.classList.toggle(
        "preview-instead",
        problems.some(({ instead }) => instead),
      );
      if (problems.length) item.prepend(box(problems));
    }
    markUnwritten();
  }

  /** @returns {{item: Element, task: string}[]} the tasks that have been drawn, in their order */
  function drawnItems() {
    /** @type {{item: Element, task: string}[]} */
    const items = [];
    for (const root of document.querySelectorAll("[data-preview-tasks]")) {
      const tasks = (root.getAttribute("data-preview-tasks") ?? "").split(" ");
      root.querySelectorAll(".cd-item").forEach((item, index) => {
        if (tasks[index]) items.push({ item, task: tasks[index] });
      });
    }
    return items;
  }

  /** @param {Placed[]} problems those of one task */
  function box(problems) {
    const { instead, number, isAgain } = problems[0];
    if (instead && isAgain) {
      const [before, after] = texts.task_elsewhere.split("{link}");
      const link = element("a", { href: `#preview-problem-${number}` }, texts.file_of_all);
      return element("section", { class: "preview-box" }, element("p", {}, before, link, after ?? ""));
    }
    const beside = problems.every(({ open }) => open) ? texts.open : texts.beside;
    const title = problems.some((problem) => problem.instead) ? texts.instead : beside;
    const heading = element("h4", { id: `preview-problem-${number}-heading${isAgain ? "-again" : ""}` }, title);
    const lines = problems.map((problem) =>
      element(
        "p",
        problem.isAgain ? {} : { id: `preview-problem-${problem.number}`, tabindex: "-1" },
        element("strong", { class: "preview-place" }, problem.place),
        element("br", {}),
        problem.text,
      ),
    );
    return element("section", { class: "preview-box", "aria-labelledby": heading.id }, heading, ...lines);
  }

  /** Mark the words without touching the page: where words are marked as an answer, their places are counted. */
  function markUnwritten() {
    if (!("highlights" in CSS)) return;
    const article = document.querySelector("article");
    if (!article) return;
    const mark = texts.unwritten;
    const ranges = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest("script, .preview-box, .preview-summary")) continue;
      const text = node.nodeValue ?? "";
      for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + mark.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("preview-unwritten", new Highlight(...ranges));
  }

  /** @param {Node} node */
  function isOwn(node) {
    return node instanceof Element && Boolean(node.closest(".preview-bar, .preview-summary, .preview-box"));
  }

  /** The headings that are to be seen, in their order; texts may come and go between them. */
  const headings = () =>
    [...document.querySelectorAll("article :is(h1, h2, h3)")].filter(
      (heading) => heading.getClientRects().length && !isOwn(heading),
    );

  function keepPlace() {
    const tops = headings().map((heading) => ({ text: heading.textContent, top: heading.getBoundingClientRect().top }));
    const above = tops.filter(({ top }) => top < innerHeight / 2).pop();
    // A box is not there yet when the page comes, so its address would lead to the first step.
    const step = document.querySelector("article[data-steps] > section > section:not([hidden])");
    if (step && location.hash.startsWith("#preview-")) history.replaceState(null, "", `#${step.id}`);
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ ...above, scroll: scrollY }));
    } catch {
      // Without storage the browser's own memory has to do.
    }
  }

  /** Go to where the page was, and again as long as what is above is still being drawn and the reader does nothing. */
  function returnToPlace() {
    /** @type {{text?: string, top?: number, scroll: number}|null} */
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (!kept?.scroll) return;
    const { text, top, scroll } = kept;
    const go = () => {
      const heading = headings().find(({ textContent }) => textContent === text);
      const down = heading ? scrollY + heading.getBoundingClientRect().top - (top ?? 0) : scroll;
      scrollTo({ top: down, behavior: "instant" });
    };
    const watcher = new ResizeObserver(go);
    const stop = () => watcher.disconnect();
    watcher.observe(document.body);
    for (const act of ["pointerdown", "keydown", "wheel", "touchstart"]) addEventListener(act, stop, { once: true });
    setTimeout(stop, DRAWN_MILLISECONDS);
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {Record<string, string>} attributes
   * @param {...(Node|string)} children
   * @returns {HTMLElementTagNameMap[Name]}
   */
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
})();
