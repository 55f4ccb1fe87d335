// @ts-check
/** One task in a view: from answering to checking and back. */

import { append, h, setAttributes, setText, uidMaker } from "../base/dom.js";
import { describeOnFocus } from "../base/panel.js";
import { blocks, inline, words } from "../base/text.js";
import { KINDS } from "../kinds/kinds.js";
import { nextTimestamp } from "../store/answer-file.js";
import { completionOf } from "./completion.js";
import { cardsPart, confidencePart, hintsPart, reasonsPart } from "./item-parts.js";
import { placedLines } from "./lines.js";
import { KIND_VIEWS } from "./registry.js";
import { reportLink } from "./report-link.js";

/** @typedef {import("../base/types.js").Desk} Desk */
/** @typedef {import("../base/shapes.js").Entry} Entry */
/** @typedef {import("../base/shapes.js").Response} Response */
/** @typedef {import("../base/shapes.js").Task} Task */

/** How long the learner must pause in typing before the answer is saved. */
const PAUSE_MILLISECONDS = 600;
const LEAST_REASON_WORDS = 5;
/** How much of a result should be in view, below its first sentence. */
const RESULT_ROOM_PIXELS = 120;

/** One task: question, material, controls, and the way from answering to checking and back. */
export class Item {
  /**
   * @param {Desk} desk
   * @param {Task} task
   * @param {number} number 0 where the task is alone
   * @param {() => void} changed
   */
  constructor(desk, task, number, changed) {
    const { content, t, signal } = desk;
    this.desk = desk;
    this.task = task;
    this.kind = KINDS[task.kind];
    this.changed = changed;
    /** @type {Entry} */
    this.entry = this.stored() ?? {
      response: /** @type {any} */ (null),
      confidence: null,
      reason: "",
      at: "",
      attempts: 0,
      hints: 0,
      checked: false,
    };
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    const uid = uidMaker();
    this.heading = h(
      "h3",
      { class: "cd-heading", id: uid("heading"), tabindex: -1 },
      number ? h("span", { class: "cd-number", "aria-hidden": "true" }, String(number)) : null,
      h("span", {}, ...inline(task.title)),
    );
    const prompt = h("div", { class: "cd-prompt", id: uid("prompt") }, ...blocks(task.prompt));
    const { rest, lines } = placedLines(task);
    this.part = KIND_VIEWS[task.kind].render({
      task,
      lines,
      t,
      uid,
      language: content.language,
      keyedBy: content.keyed_by,
      seed: `${desk.seed}|${task.id}`,
      headingId: this.heading.id,
      promptId: prompt.id,
      signal,
      change: (/** @type {Response} */ response, /** @type {{soon?: boolean}} */ options) =>
        this.change({ response }, options?.soon),
      flush: () => this.flush(),
      say: desk.say,
    });
    this.result = h("div", { class: "cd-result" });
    this.hint = h("p", { class: "cd-left", id: uid("left") });
    this.reasons = task.reasons.length ? reasonsPart(this, uid) : null;
    this.hints = task.hints?.length ? hintsPart(this, task.hints) : null;
    this.confidence = task.confidence || this.kind.asksConfidence ? confidencePart(this, uid) : null;
    this.button = this.canCheck
      ? h("button", { type: "button", class: "cd-button cd-primary", "aria-describedby": this.hint.id })
      : null;
    this.button?.addEventListener("click", () => this.press(), { signal });
    this.actions = h("div", { class: "cd-actions" }, this.button, this.hint);
    this.element = h(
      "div",
      { class: "cd-item", role: "group", "aria-labelledby": this.heading.id, "data-version": task.version },
      this.heading,
      prompt,
      rest.length
        ? h(
            "blockquote",
            { class: "cd-quote", dir: "auto" },
            ...rest.map((text) => h("p", { dir: "auto" }, ...inline(text))),
          )
        : null,
      this.kind.ownsCards ? null : cardsPart(t, task),
      this.part.element,
      this.hints?.element,
      this.reasons?.element,
      this.confidence?.element,
      this.actions,
      this.result,
      reportLink(t, content.lesson, task),
    );
    describeOnFocus(this.element, prompt.id, signal);
    this.show();
  }

  get canCheck() {
    return this.desk.content.purpose === "practice" && Boolean(this.task.key) && !this.kind.neverChecked;
  }

  /** @returns {Entry|null} */
  stored() {
    const entries = this.desk.store.entries();
    const entry = Object.hasOwn(entries, this.task.id) ? entries[this.task.id] : null;
    return entry?.response.kind === this.task.kind ? entry : null;
  }

  /** @returns {import("../base/types.js").Progress} */
  progress() {
    return this.kind.completeness(this.task, this.entry.response);
  }

  isComplete() {
    const { done, of } = this.progress();
    return done >= of;
  }

  hasReason() {
    return (
      !this.task.reasons.length ||
      this.task.reasons.includes(this.entry.reason) ||
      words(this.entry.reason).length >= LEAST_REASON_WORDS
    );
  }

  completion() {
    return completionOf(this.task, this.entry);
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
    // A hint, a reason or a confidence counts before there is an answer.
    this.entry = {
      ...this.entry,
      response: this.entry.response ?? this.kind.emptyResponse,
      at: nextTimestamp(this.stored()?.at),
      version: this.task.version,
    };
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
    this.element.scrollIntoView({ block: "start", behavior: behavior() });
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
    requestAnimationFrame(() => this.bringResult()); // then it is laid out anyway
    say(this.said());
  }

  /** The first sentence about a checked answer. */
  said() {
    return this.part.said?.() || this.kind.summary(this.desk.t, this.task, this.task.key, this.entry.response);
  }

  /** Where the result came below the window's edge, move the page so that it is seen together with the button. */
  bringResult() {
    const { bottom } = (this.result.firstElementChild ?? this.result).getBoundingClientRect();
    if (bottom > innerHeight - RESULT_ROOM_PIXELS)
      this.actions.scrollIntoView({ block: "start", behavior: behavior() });
  }

  /** What must still be done before the answer can be checked. */
  missing() {
    const { t } = this.desk;
    if (!this.isComplete()) return this.kind.progressText(t, this.progress());
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
      setText(
        this.hint,
        checked ? t("attempts", { count: Math.max(1, attempts) }) : ready ? t("ready") : this.missing(),
      );
      return;
    }
    const progress = this.progress();
    this.hint.dataset.complete = String(ready);
    setText(this.hint, ready ? this.completeText() : this.kind.progressText(t, progress));
  }

  completeText() {
    const { t } = this.desk;
    const holds = this.kind.completeText?.(t, this.task, this.entry.response) ?? "";
    return [t("complete"), holds].filter(Boolean).join(" ");
  }

  show() {
    const { t, content } = this.desk;
    const checked = this.entry.checked && this.canCheck && this.isComplete();
    this.entry = { ...this.entry, checked };
    this.part.show(this.entry.response, checked);
    this.hints?.show(checked);
    this.reasons?.show(checked);
    this.confidence?.show(checked);
    this.describe();
    this.result.replaceChildren();
    setAttributes(this.result, { role: checked && "group", "aria-label": checked && t("result.name") });
    if (!checked) return;
    append(this.result, h("p", { class: "cd-result-said" }, this.said()), this.replyToReason(), this.part.report);
    // Whose reading it is appears once on a page.
    if (!document.querySelector(".cd-result > .cd-keyed"))
      this.result.append(h("p", { class: "cd-keyed" }, t("keyedBy", { who: content.keyed_by })));
  }

  /** The answer to the reason that the learner gave, where the key has one. */
  replyToReason() {
    const { t } = this.desk;
    const { reason } = this.entry;
    const place = this.task.reasons.indexOf(reason);
    const reply = place < 0 ? reason && t("reason.ownReply") : (this.task.key?.replies?.[place] ?? "");
    if (!reply) return null;
    return h(
      "p",
      { class: "cd-reply" },
      h("span", { class: "cd-reply-to" }, t("reason.given", { reason })),
      " ",
      ...inline(reply),
    );
  }
}

/** @returns {"auto"|"smooth"} how the page moves for this reader */
const behavior = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
