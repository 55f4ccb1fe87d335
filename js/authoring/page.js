// @ts-check
/** The authoring page: what is chosen, what is known of it, and how an edit travels to Python and back. */
import { h, setAttributes, setText, uidMaker } from "../base/dom.js";
import { adoptStyles } from "../base/stylesheet.js";
import { translator } from "../base/text.js";
import { recall, remember } from "../store/storage.js";
import { connect, Edits } from "./client.js";
import { drawCourse, openSteps } from "./course.js";
import { Form } from "./form.js";
import { guessPanel } from "./guesses.js";
import { drawFile } from "./kinds/evidence.js";
import { formOf } from "./kinds/table.js";
import { outline } from "./outline.js";
import { Preview } from "./preview.js";
import { isUnwritten } from "./raw.js";
import { save, showChanges } from "./saving.js";
import { makeShell } from "./shell.js";
import { addLesson, addTask, taskTools } from "./task-tools.js";

/** How long an author must pause in typing before Python hears of it. */
const PAUSE_MILLISECONDS = 450;

/** @typedef {import("./outline.js").Chosen} Chosen */
/** @typedef {import("./client.js").Reply} Reply */

/**
 * The fields that differ between two forms of the same facts.
 *
 * @param {any} before
 * @param {any} after
 */
const changedFields = (before, after) =>
  Object.fromEntries(
    Object.entries(after).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before?.[name])),
  );

export class AuthoringPage {
  /**
   * @param {{model: import("./client.js").Model, el: HTMLElement, signal: AbortSignal}} given
   */
  constructor({ model, el, signal }) {
    const language = model.get("language") || "en";
    this.language = language;
    this.signal = signal;
    this.lesson = model.get("lesson") || "";
    this.t = translator(language, model.get("texts") ?? undefined);
    this.uid = uidMaker();
    this.ask = connect(model, signal, () => this.t("author.silent"));
    /** @type {any} what Python last said of the course */
    this.course = null;
    /** @type {Chosen} */
    this.chosen = { file: "", task: "" };
    /** @type {Form|undefined} */
    this.form = undefined;
    /** @type {Set<string>} */
    this.unfolded = new Set();
    this.changed = false;
    this.savedAt = "";
    this.edits = new Edits((/** @type {any} */ edit) => this.send(edit), PAUSE_MILLISECONDS);
    this.preview = new Preview({ none: this.t("author.preview.none"), language });
    this.preview.until(signal);
    this.shell = this.build(el);
    this.start();
  }

  /** @param {HTMLElement} el */
  build(el) {
    const { t, uid, language, preview, signal } = this;
    const shell = makeShell({ t, uid, language, preview });
    el.append(shell.root);
    adoptStyles(shell.root, signal);
    shell.open.addEventListener("toggle", () => shell.open.open && this.refresh());
    shell.changes.addEventListener("click", () => showChanges(this));
    shell.save.addEventListener("click", () => save(this));
    shell.root.addEventListener("keydown", (event) => this.onKey(event), { signal });
    signal.addEventListener("abort", () => shell.root.remove());
    return shell;
  }

  /**
   * Ctrl+S saves here; single keys are not the host's commands.
   *
   * @param {KeyboardEvent} event
   */
  onKey(event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      event.stopPropagation();
      save(this);
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  }

  /** @type {import("../base/types.js").Say} */
  say = (text) => {
    const { live } = this.shell;
    live.textContent = "";
    setTimeout(() => setText(live, text), 60);
  };

  async start() {
    const reply = await this.ask("course");
    if (!this.take(reply)) return;
    const { course, files } = this.course;
    const banks = files.filter((/** @type {any} */ { purpose }) => purpose === "practice" || purpose === "graded");
    const own = banks.filter((/** @type {any} */ { lesson }) => lesson === this.lesson);
    const first = own[0] ?? banks[0];
    const before = this.recalled();
    if (before) {
      await this.choose(before);
      return;
    }
    const isNew = isUnwritten(course.rights?.statement ?? "TO BE WRITTEN") && !own.length;
    await this.choose(isNew || !first ? { file: "", task: "" } : { file: first.file, task: first.tasks[0].id });
  }

  get memory() {
    return `copydesk-author/${this.course.course.id}`;
  }

  /**
   * What the author looked at before the page was loaded again, where that is still there.
   *
   * @returns {Chosen|undefined}
   */
  recalled() {
    const [file, task] = (recall(this.memory) ?? "").split("#");
    const isThere = this.course.files.some(
      (/** @type {any} */ one) =>
        one.file === file &&
        (!this.lesson || one.lesson === this.lesson) &&
        one.tasks.some((/** @type {any} */ { id }) => id === task),
    );
    return isThere ? { file, task } : undefined;
  }

  /**
   * Take in what Python says of the course; what went wrong is shown.
   *
   * @param {Reply} reply
   * @returns {boolean} whether it went well
   */
  take(reply) {
    const { problem } = this.shell;
    problem.hidden = reply.ok;
    setText(problem, reply.ok ? "" : (reply.text ?? ""));
    if (!reply.ok) return false;
    if (reply.files && reply.course) {
      this.course = reply;
      this.changed = Boolean(reply.changed);
      this.showCourse();
    }
    return true;
  }

  showCourse() {
    const { t, course } = this;
    const { heading, openSummary, openBody } = this.shell;
    const count = (course.open ?? []).length;
    setText(heading, course.course.title || course.course.id);
    setText(openSummary, count ? t("author.open", { count }) : t("author.open.nothing"));
    openBody.replaceChildren(...openSteps(t, course.open ?? [], (step) => this.goTo(step)));
    this.showList();
    this.showStatus();
  }

  showList() {
    const { t, course } = this;
    const { list } = this.shell;
    const root = /** @type {Document|ShadowRoot} */ (list.getRootNode());
    const at = list.contains(root.activeElement) ? root.activeElement?.getAttribute("data-at") : null;
    list.replaceChildren(
      ...outline({
        t,
        files: course.files,
        kinds: course.kinds,
        chosen: this.chosen,
        courseTitle: course.course.title || course.course.id,
        unfolded: this.unfolded,
        choose: (chosen) => this.choose(chosen, true),
        add: (file) => addTask(this, file),
        addLesson: () => addLesson(this),
      }),
    );
    if (at) /** @type {HTMLElement|null} */ (list.querySelector(`[data-at="${CSS.escape(at)}"]`))?.focus();
  }

  showStatus() {
    const { t } = this;
    const isOpen = this.changed || this.edits.isWaiting;
    const text = isOpen ? t("author.notSaved") : this.savedAt ? t("author.savedAt", { time: this.savedAt }) : "";
    const { status } = this.shell;
    setText(status, text);
    setAttributes(status, { "data-tone": isOpen ? "part" : "right" });
  }

  /**
   * Go to where something that is open can be done: a task, the first open text of a page, or the course.
   *
   * @param {import("./course.js").OpenStep} step
   */
  async goTo({ file, task }) {
    const known = this.course.files.find((/** @type {any} */ row) => row.file === file);
    const first = known?.tasks.find((/** @type {any} */ { unwritten }) => unwritten)?.id ?? "";
    this.shell.open.open = false;
    await this.choose({ file: known ? file : "", task: task || first }, true);
  }

  get row() {
    return this.file?.tasks.find((/** @type {any} */ { id }) => id === this.chosen.task);
  }

  async refresh() {
    await this.edits.flush();
    this.take(await this.ask("course"));
  }

  /**
   * @param {Chosen} chosen
   * @param {boolean} [withFocus] whether the focus goes to the form
   */
  async choose(chosen, withFocus = false) {
    await this.edits.flush();
    this.chosen = chosen;
    remember(this.memory, `${chosen.file}#${chosen.task}`);
    this.showList();
    if (!chosen.task) this.showFacts();
    else {
      const reply = await this.ask("task", { file: chosen.file, task: chosen.task });
      if (!this.take(reply) || this.chosen !== chosen) return;
      this.showTask(reply);
    }
    const { middle } = this.shell;
    middle.scrollTop = 0;
    if (!withFocus) return;
    /** @type {HTMLElement|null} */ (middle.querySelector("h3"))?.focus();
    if (middle.getBoundingClientRect().top > innerHeight / 3) middle.scrollIntoView(); // it is below the list
  }

  get file() {
    return this.course?.files.find((/** @type {any} */ { file }) => file === this.chosen.file);
  }

  /** Show what is said of the course, or of one of its files. */
  showFacts() {
    const { t, course, file } = this;
    const { title, authors, rights, as_of = "", sentences_read = false } = course.course;
    this.form = file
      ? this.makeForm({ title: file.title, keyed_by: file.keyed_by }, drawFile, false)
      : this.makeForm(
          { title, authors: authors ?? [], rights: rights ?? {}, as_of, sentences_read },
          drawCourse,
          false,
        );
    const words = t(file ? "author.lesson.heading" : "author.course.heading");
    const heading = h("h3", { class: "cd-author-heading", tabindex: -1 }, words);
    this.shell.middle.replaceChildren(heading, this.form.element);
    this.showAlone(true);
  }

  /** @param {boolean} isAlone whether nothing is shown beside the form */
  showAlone(isAlone) {
    setAttributes(this.shell.root, { "data-alone": isAlone });
  }

  /**
   * @param {any} entry
   * @param {import("./form.js").Draw} draw
   * @param {boolean} isGraded
   */
  makeForm(entry, draw, isGraded) {
    const { course, t, say, signal } = this;
    const chosen = this.chosen;
    this.facts = structuredClone(entry);
    const rows = course.files.flatMap((/** @type {any} */ { tasks }) => tasks);
    const sources = rows.filter((/** @type {any} */ one) => one.kind === "source");
    const material = { sentences: course.sentences ?? [], cards: course.cards ?? [], sources };
    const changed = (/** @type {any} */ raw) => {
      this.edits.put({ chosen, entry: raw });
      this.showStatus();
    };
    return new Form({ entry, draw, t, say, signal, material, isGraded, changed });
  }

  /** @param {Reply} reply */
  showTask(reply) {
    const kind = this.row?.kind ?? reply.entry.kind;
    const label = this.course.kinds.find((/** @type {any} */ one) => one.kind === kind)?.label ?? kind;
    const purpose = this.file?.purpose;
    this.form = this.makeForm(reply.entry, formOf(kind), purpose === "graded");
    const heading = h("h3", { class: "cd-author-heading", tabindex: -1 }, label);
    const tools = purpose === "page" ? [] : [taskTools(this)];
    this.shell.middle.replaceChildren(heading, ...tools, this.form.element);
    this.showAlone(purpose === "page" || purpose === "evidence");
    this.showReply(reply);
  }

  /**
   * Tell Python of an edit, and show what it says.
   *
   * @param {{chosen: Chosen, entry: any}} edit
   */
  async send({ chosen, entry }) {
    if (!chosen.task) {
      const fields = changedFields(this.facts, entry);
      const reply = chosen.file
        ? await this.ask("file-edit", { file: chosen.file, fields })
        : await this.ask("course-edit", { fields });
      if (this.take(reply)) this.facts = entry;
      return;
    }
    const reply = await this.ask("edit", { ...chosen, entry });
    this.changed = true;
    if (reply.ok && reply.entry?.id) chosen.task = reply.entry.id;
    if (!this.take(reply) || this.chosen !== chosen) return;
    this.showReply(reply);
    const row = this.row;
    if (!row) return;
    Object.assign(row, { unwritten: reply.unwritten, faults: reply.faults?.length ?? 0, title: reply.title ?? "" });
    this.showList();
  }

  /** @param {Reply} reply to `task` or `edit` */
  showReply(reply) {
    const { t, language } = this;
    this.form?.showFaults(reply.faults ?? []);
    this.preview.show(reply.view);
    const { guesses = [], guess_limit: limit = null, unwritten = 0 } = reply;
    this.shell.guesses.replaceChildren(...guessPanel({ t, language, guesses: guesses ?? [], limit, unwritten }));
    this.showStatus();
  }
}
