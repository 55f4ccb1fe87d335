// @ts-check
/** The shell of a view: what is left to do, the tasks one below the other, whether it is saved. */
import { later } from "./answerfile.js";
import { h, icon, setAttributes, setText } from "./dom.js";
import { KINDS } from "./kinds/index.js";
import { handInView } from "./handin.js";
import style from "./style.css";
import { blocks, clock, inline, paragraphs, speaker, words } from "./text.js";

/** @typedef {import("./types.js").Content} Content */
/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Response} Response */
/** @typedef {import("./types.js").Store} Store */
/** @typedef {import("./types.js").Task} Task */
/** @typedef {import("./types.js").Speak} Speak */
/** @typedef {{content: Content, store: Store, t: Speak, seed: string, signal: AbortSignal, say: (text: string) => void}} Desk */

/** How long the learner must pause in typing before the answer is saved. */
const PAUSE_MILLISECONDS = 600;
const LEAST_REASON_WORDS = 5;
const MOST_REASON_CHARACTERS = 2000;
const CONFIDENCES = [0.5, 0.6, 0.7, 0.8, 0.9, 1];

let views = 0;
/** Tells this copy of the script from others on the same page, for element ids. */
const COPY = Math.random().toString(36).slice(2, 7);

/**
 * Draw a view into a root element, and bring it up to date until the signal is aborted.
 *
 * @param {HTMLElement} root
 * @param {{content: Content, store: Store, seed: string, signal: AbortSignal, before?: (desk: Desk) => HTMLElement[]}} given
 */
export function showView(root, { content, store, seed, signal, before = () => [] }) {
  const t = speaker(content.language);
  const live = h("div", { class: "cd-sr", role: "status", "aria-live": "polite" });
  const desk = { content, store, t, seed, signal, say: announcer(live, signal) };
  const body = content.view === "hand-in" ? handInView(desk, uidMaker()) : tasksView(desk);
  const notice = content.notice ? h("p", { class: "cd-notice" }, icon("warning"), h("span", {}, content.notice)) : "";
  root.replaceChildren(h("style", {}, style), ...before(desk), notice, body, live);
  if (content.notice) desk.say(content.notice);
  root.addEventListener("keydown", keepFromHost, { signal });
}

/**
 * Keep single keys from the host: JupyterLab would read them as commands and, say, delete the cell.
 * What is pressed with Ctrl, Command or Alt (save, for example) stays the host's.
 *
 * @param {KeyboardEvent} event
 */
function keepFromHost(event) {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/** @returns {(name: string) => string} */
export function uidMaker() {
  views += 1;
  const prefix = `cd-${COPY}-${views}`;
  return (name) => `${prefix}-${name.replace(/[^\w-]/g, "_")}`;
}

/**
 * A live region is read when its text changes, so it is emptied first; what is said together is read together.
 *
 * @param {HTMLElement} live
 * @param {AbortSignal} signal
 */
function announcer(live, signal) {
  /** @type {string[]} */
  let waiting = [];
  return (/** @type {string} */ text) => {
    waiting.push(text);
    if (waiting.length > 1) return;
    live.textContent = "";
    const timer = setTimeout(() => {
      live.textContent = waiting.join(" ");
      waiting = [];
    }, 60);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  };
}

/**
 * The line that says whether the answers are saved. A problem is announced once.
 *
 * @param {Desk} desk
 * @returns {{element: HTMLElement, update: (waiting?: boolean) => void}} waiting: something is typed and not sent yet
 */
export function statusLine({ content, store, t, say }) {
  const words = h("span", {});
  const element = h("p", { class: "cd-status" }, h("span", { class: "cd-status-dot", "aria-hidden": "true" }), words);
  let announced = "";
  return {
    element,
    update(waiting = false) {
      const { state: stored, at, problem } = store.status();
      const state = waiting && stored !== "problem" ? "saving" : stored;
      element.dataset.state = state;
      const none = Object.keys(store.entries()).length ? t("status.opened") : t("status.none");
      setText(words, { none, saving: t("status.saving"), saved: t("status.saved", { time: clock(at ?? "", content.language) }), problem }[state]);
      if (state === "problem" && problem !== announced) say(problem);
      announced = state === "problem" ? problem : "";
    },
  };
}

/** @param {Desk} desk */
function tasksView(desk) {
  const { content, store, t, signal } = desk;
  const uid = uidMaker();
  const many = content.tasks.length > 1;
  const items = content.tasks.filter(({ kind }) => Object.hasOwn(KINDS, kind)).map((task, index) => new Item(desk, task, many ? index + 1 : 0, () => update()));
  const status = statusLine(desk);
  const count = h("span", { class: "cd-count-done" });
  const steps = items.map((item, index) => {
    const button = h("button", { type: "button", class: "cd-step" }, String(index + 1));
    button.addEventListener("click", () => item.goTo(), { signal });
    return button;
  });
  const head = h(
    "div",
    { class: "cd-head" },
    h("div", { class: "cd-head-line" }, h("p", { class: "cd-kicker" }, content.purpose === "graded" ? t("head.graded") : t("head.practice")), many ? h("p", { class: "cd-progress" }, count) : null),
    many ? h("p", { class: "cd-title", id: uid("title") }, content.title) : null,
    many ? h("ol", { class: "cd-steps", "aria-label": t("head.todo") }, ...steps.map((step) => h("li", {}, step))) : null,
  );
  const foot = h("div", { class: "cd-foot" }, status.element);
  const element = h("div", { class: many ? "cd-desk" : "cd-desk cd-desk-one", role: many ? "group" : null, "aria-labelledby": many ? uid("title") : null }, head, ...items.map((item) => item.element), foot);

  function update() {
    const done = items.filter((item) => item.isDone());
    setText(count, t("head.count", { done: done.length, of: items.length, count: items.length }));
    items.forEach((item, index) => {
      steps[index].dataset.done = String(item.isDone());
      const name = { number: index + 1, title: item.task.title };
      setAttributes(steps[index], { "aria-label": item.isDone() ? t("head.stepDone", name) : t("head.stepOpen", name) });
    });
    status.update(items.some((item) => item.isWaiting()));
  }

  store.listen((changed) => {
    for (const item of items) if (changed.includes(item.task.id)) item.take();
    update();
  }, signal);
  const flush = () => items.forEach((item) => item.flush());
  globalThis.addEventListener?.("pagehide", flush, { signal });
  document.addEventListener("visibilitychange", flush, { signal });
  signal.addEventListener("abort", flush);
  update();
  return element;
}

/** One task: question, material, controls, and the way from answering to checking and back. */
class Item {
  /**
   * @param {Desk} desk
   * @param {Task} task
   * @param {number} number 0 where the task stands alone
   * @param {() => void} changed
   */
  constructor(desk, task, number, changed) {
    const { content, t, signal } = desk;
    this.desk = desk;
    this.task = task;
    this.kind = KINDS[task.kind];
    this.changed = changed;
    /** @type {Entry} */
    this.entry = this.stored() ?? { response: /** @type {any} */ (null), confidence: null, reason: "", at: "", attempts: 0, checked: false };
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    const uid = uidMaker();
    this.heading = h("h3", { class: "cd-heading", id: uid("heading"), tabindex: -1 }, number ? h("span", { class: "cd-number", "aria-hidden": "true" }, String(number)) : null, h("span", {}, ...inline(task.title)));
    const prompt = h("div", { class: "cd-prompt", id: uid("prompt") }, ...blocks(task.prompt));
    this.part = this.kind.render({
      task,
      t,
      uid,
      language: content.language,
      keyedBy: content.keyed_by,
      seed: `${desk.seed}|${task.id}`,
      headingId: this.heading.id,
      promptId: prompt.id,
      signal,
      change: (/** @type {Response} */ response, /** @type {{soon?: boolean}} */ options) => this.change({ response }, options?.soon),
      flush: () => this.flush(),
      say: desk.say,
    });
    this.result = h("div", { class: "cd-result" });
    this.hint = h("p", { class: "cd-left", id: uid("left") });
    this.reasons = task.reasons.length ? reasonsPart(this, uid) : null;
    this.confidence = task.confidence ? confidencePart(this, uid) : null;
    this.button = this.canCheck ? h("button", { type: "button", class: "cd-button cd-primary", "aria-describedby": this.hint.id }) : null;
    this.button?.addEventListener("click", () => this.press(), { signal });
    this.element = h(
      "div",
      { class: "cd-item", role: "group", "aria-labelledby": this.heading.id },
      this.heading,
      prompt,
      task.context ? h("blockquote", { class: "cd-quote", dir: "auto" }, ...paragraphs(task.context).map((text) => h("p", { dir: "auto" }, text))) : null,
      cardsPart(t, task),
      this.part.element,
      this.reasons?.element,
      this.confidence?.element,
      h("div", { class: "cd-actions" }, this.button, this.hint),
      this.result,
    );
    this.show();
  }

  get canCheck() {
    return this.desk.content.purpose === "practice" && Boolean(this.task.key);
  }

  /** @returns {Entry|null} */
  stored() {
    const entries = this.desk.store.entries();
    const entry = Object.hasOwn(entries, this.task.id) ? entries[this.task.id] : null;
    return entry?.response.kind === this.task.kind ? entry : null;
  }

  /** @returns {import("./types.js").Progress} */
  progress() {
    return this.kind.complete(this.task, this.entry.response);
  }

  isComplete() {
    const { done, of } = this.progress();
    return done >= of;
  }

  hasReason() {
    return !this.task.reasons.length || this.task.reasons.includes(this.entry.reason) || words(this.entry.reason).length >= LEAST_REASON_WORDS;
  }

  isDone() {
    return this.canCheck ? this.entry.attempts > 0 && this.isComplete() : this.isComplete();
  }

  /**
   * @param {Partial<Entry>} part
   * @param {boolean} [soon]
   */
  change(part, soon = false) {
    this.entry = { ...this.entry, ...part };
    this.describe();
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!soon) {
      this.put();
      return;
    }
    this.timer = setTimeout(() => this.flush(), PAUSE_MILLISECONDS);
    this.changed();
  }

  isWaiting() {
    return this.timer !== undefined;
  }

  flush() {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.put();
  }

  put() {
    if (!this.entry.response) return;
    this.entry = { ...this.entry, at: later(this.stored()?.at) };
    this.desk.store.put(this.task.id, this.entry);
    this.changed();
  }

  /** Take in an answer that changed elsewhere, unless the one here is newer. */
  take() {
    this.flush();
    const entry = this.stored();
    if (!entry || entry === this.entry) return;
    this.entry = entry;
    this.show();
  }

  goTo() {
    this.element.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    this.heading.focus({ preventScroll: true });
  }

  press() {
    const { t, say } = this.desk;
    if (this.entry.checked) {
      this.change({ checked: false });
      this.show();
      say(t("again.said"));
      return;
    }
    this.flush();
    if (!this.isComplete() || !this.hasReason()) {
      say(this.missing());
      return;
    }
    this.change({ checked: true, attempts: this.entry.attempts + 1 });
    this.show();
    say(this.kind.summary(t, this.task, this.task.key, this.entry.response));
  }

  /** What must still be done before the answer can be checked. */
  missing() {
    const { t } = this.desk;
    if (!this.isComplete()) return this.kind.left(t, this.progress());
    return this.hasReason() ? "" : t("reason.missing");
  }

  /** Show what is left to do and what the button does. */
  describe() {
    const { t } = this.desk;
    const { checked, attempts } = this.entry;
    const ready = this.isComplete() && this.hasReason();
    this.element.dataset.checked = String(checked);
    if (this.button) {
      setText(this.button, checked ? t("again") : t("check"));
      setAttributes(this.button, { "aria-disabled": ready || checked ? null : "true" });
      this.button.classList.toggle("cd-primary", !checked);
      setText(this.hint, checked ? t("attempts", { count: Math.max(1, attempts) }) : ready ? t("ready") : this.missing());
      return;
    }
    const progress = this.progress();
    this.hint.dataset.complete = String(ready);
    setText(this.hint, ready ? t("complete") : this.kind.left(t, progress));
  }

  show() {
    const { t, content } = this.desk;
    const checked = this.entry.checked && this.canCheck && this.isComplete();
    this.entry = { ...this.entry, checked };
    this.part.show(this.entry.response, checked);
    this.reasons?.show(checked);
    this.confidence?.show(checked);
    this.describe();
    const said = checked ? this.kind.summary(t, this.task, this.task.key, this.entry.response) : "";
    const report = this.part.report ?? h("p", { class: "cd-result-said" }, said);
    this.result.replaceChildren(...(checked ? [report, h("p", { class: "cd-keyed" }, t("keyedBy", { who: content.keyed_by }))] : []));
  }
}

/**
 * The evidence cards of a task, folded.
 *
 * @param {Speak} t
 * @param {Task} task
 */
function cardsPart(t, task) {
  const cards = task.cards ?? [];
  if (!cards.length) return null;
  return h(
    "details",
    { class: "cd-details cd-cards", open: cards.length <= 2 },
    h("summary", {}, t("cards.title", { count: cards.length })),
    h("ul", { class: "cd-card-list" }, ...cards.map((card) => cardElement(t, card))),
  );
}

/**
 * @param {Speak} t
 * @param {import("./types.js").Card} card
 */
function cardElement(t, card) {
  const fact = (/** @type {string} */ name, /** @type {string} */ value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  return h(
    "li",
    { class: "cd-card" },
    h("p", { class: "cd-card-title" }, card.title),
    card.quote ? h("blockquote", { class: "cd-card-quote" }, h("p", { dir: "auto" }, card.quote)) : null,
    h("p", { class: "cd-card-says" }, ...inline(card.says)),
    h("dl", { class: "cd-card-facts" }, fact(t("cards.date"), card.date), fact(t("cards.read"), card.read)),
  );
}

/**
 * "Because ...": a reason picked from a list or written.
 *
 * @param {Item} item
 * @param {(name: string) => string} uid
 */
function reasonsPart(item, uid) {
  const { task, desk } = item;
  const { t, signal } = desk;
  const inputs = [...task.reasons, ""].map((value) => h("input", { type: "radio", class: "cd-tick", name: uid("reason"), value }));
  const own = inputs[inputs.length - 1];
  const text = h("textarea", { class: "cd-input", rows: 2, maxlength: MOST_REASON_CHARACTERS, "aria-label": t("reason.ownLabel"), placeholder: t("reason.hint") });
  const element = h(
    "fieldset",
    { class: "cd-plain-fieldset cd-because" },
    h("legend", { class: "cd-legend" }, t("reason.title")),
    h("div", { class: "cd-pills" }, ...inputs.map((input, place) => h("label", { class: "cd-pill" }, input, h("span", {}, place < task.reasons.length ? task.reasons[place] : t("reason.own"))))),
    text,
  );
  const arrange = () => void (text.hidden = !own.checked);
  element.addEventListener(
    "change",
    (event) => {
      arrange();
      if (event.target === text) return;
      const chosen = inputs.find((input) => input.checked);
      item.change({ reason: chosen === own ? text.value : (chosen?.value ?? "") });
      if (chosen === own) text.focus();
    },
    { signal },
  );
  text.addEventListener("input", () => item.change({ reason: text.value }, true), { signal });
  text.addEventListener("blur", () => item.flush(), { signal });
  return {
    element,
    show(/** @type {boolean} */ checked) {
      const { reason } = item.entry;
      const listed = task.reasons.includes(reason);
      for (const input of inputs) input.checked = listed ? input.value === reason && input !== own : input === own && (reason !== "" || own.checked);
      if (!listed && text.value !== reason) text.value = reason;
      element.disabled = checked;
      arrange();
    },
  };
}

/**
 * @param {Item} item
 * @param {(name: string) => string} uid
 */
function confidencePart(item, uid) {
  const { t, signal, content } = item.desk;
  const percent = new Intl.NumberFormat(content.language, { style: "percent" });
  const select = h(
    "select",
    { class: "cd-input cd-select", id: uid("confidence") },
    h("option", { value: "" }, t("confidence.none")),
    ...CONFIDENCES.map((value) => h("option", { value }, value === 0.5 ? t("confidence.guess", { percent: percent.format(value) }) : value === 1 ? t("confidence.certain", { percent: percent.format(value) }) : percent.format(value))),
  );
  const element = h("div", { class: "cd-confidence" }, h("label", { class: "cd-label", for: select.id }, t("confidence.label")), select);
  select.addEventListener("change", () => item.change({ confidence: select.value ? Number(select.value) : null }), { signal });
  return {
    element,
    show(/** @type {boolean} */ checked) {
      const { confidence } = item.entry;
      select.value = confidence === null ? "" : String(CONFIDENCES.find((value) => Math.abs(value - confidence) < 0.051) ?? "");
      select.disabled = checked;
    },
  };
}

/**
 * The bar of a page without a kernel: saved or not, download, import.
 *
 * @param {Desk} desk
 * @param {import("./host/page.js").PageStore} store
 * @param {(name: string, text: string) => void} save
 */
export function pageBar(desk, store, save) {
  const { t, signal, say } = desk;
  const status = statusLine({ ...desk, say: () => undefined }); // the view below announces a problem; once is enough
  const said = h("p", { class: "cd-bar-said" });
  const tell = (/** @type {string} */ text, /** @type {boolean} */ ok) => {
    setText(said, text);
    said.dataset.ok = String(ok);
    say(text);
  };
  const download = h("button", { type: "button", class: "cd-button cd-small" }, icon("down"), t("bar.download"));
  const upload = h("button", { type: "button", class: "cd-button cd-small" }, icon("up"), t("bar.import"));
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": t("bar.import") });
  download.addEventListener(
    "click",
    () => {
      const { name, text } = store.file();
      save(name, text);
      tell(t("bar.downloaded", { name }), true);
    },
    { signal },
  );
  upload.addEventListener("click", () => file.click(), { signal });
  file.addEventListener(
    "change",
    async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      const tooLarge = store.tooLarge(chosen.size);
      const result = tooLarge ? { ok: false, text: tooLarge } : store.read(await chosen.text());
      file.value = "";
      tell(result.text, result.ok);
    },
    { signal },
  );
  const element = h("div", { class: "cd-bar", role: "group", "aria-label": t("bar.title") }, h("div", { class: "cd-bar-line" }, status.element, h("div", { class: "cd-bar-buttons" }, download, upload, file)), said);
  store.listen(() => status.update(), signal);
  status.update();
  return element;
}
