// @ts-check
/** The authoring page: what is chosen, what is known of it, and how an edit travels to Python and back. */
import { h, setAttributes, setText, uidMaker } from "../base/dom.js";
import { adoptStyles } from "../base/stylesheet.js";
import { clock, direction, translator } from "../base/text.js";
import { changesContent } from "./changes.js";
import { connect, Edits } from "./client.js";
import { drawCourse, openSteps } from "./course.js";
import { showDialog } from "./dialog.js";
import { Form } from "./form.js";
import { guessPanel } from "./guesses.js";
import { formOf } from "./kinds/table.js";
import { kindDialog, outline, taskTitle } from "./outline.js";
import { Preview } from "./preview.js";

/** How long an author must pause in typing before Python hears of it. */
const PAUSE_MILLISECONDS = 450;

/** @typedef {import("./outline.js").Chosen} Chosen */
/** @typedef {import("./client.js").Reply} Reply */

export class AuthoringPage {
  /**
   * @param {{model: import("./client.js").Model, el: HTMLElement, signal: AbortSignal}} given
   */
  constructor({ model, el, signal }) {
    const language = model.get("language") || "en";
    this.language = language;
    this.signal = signal;
    this.t = translator(language, model.get("texts") ?? undefined);
    this.uid = uidMaker();
    this.ask = connect(model, signal, () => this.t("author.silent"));
    /** @type {any} what Python last said of the course */
    this.course = null;
    /** @type {Chosen} */
    this.chosen = { file: "", task: "" };
    /** @type {Form|undefined} */
    this.form = undefined;
    this.changed = false;
    this.savedAt = "";
    this.edits = new Edits((/** @type {any} */ edit) => this.send(edit), PAUSE_MILLISECONDS);
    this.preview = new Preview({ none: this.t("author.preview.none"), language });
    this.preview.until(signal);
    this.build(el);
    this.start();
  }

  /** @param {HTMLElement} el */
  build(el) {
    const { t, uid } = this;
    this.live = h("div", { class: "cd-sr", role: "status", "aria-live": "polite" });
    this.status = h("p", { class: "cd-author-status", role: "status" });
    this.problem = h("p", { class: "cd-notice", role: "alert", hidden: true });
    const button = (/** @type {string} */ text, /** @type {() => void} */ act, primary = false) => {
      const made = h("button", { type: "button", class: `cd-button${primary ? " cd-primary" : ""}` }, text);
      made.addEventListener("click", act);
      return made;
    };
    this.heading = h("h2", { class: "cd-author-course", dir: "auto" });
    this.openSummary = h("summary", {});
    this.openBody = h("div", {});
    const open = h("details", { class: "cd-details cd-author-open" }, this.openSummary, this.openBody);
    open.addEventListener("toggle", () => open.open && this.refresh());
    const top = h(
      "div",
      { class: "cd-author-top" },
      this.heading,
      this.status,
      h(
        "div",
        { class: "cd-author-buttons" },
        button(t("author.changes"), () => this.showChanges()),
        button(t("author.save"), () => this.save(), true),
      ),
    );
    this.list = h("nav", { class: "cd-author-pane cd-author-list", "aria-label": t("author.tasks") });
    this.middle = h("div", { class: "cd-author-pane cd-author-form", role: "region", "aria-label": t("author.form") });
    this.guesses = h("section", { class: "cd-author-below" });
    this.right = h(
      "div",
      { class: "cd-author-pane cd-author-see", role: "region", "aria-labelledby": uid("see") },
      h("h3", { class: "cd-author-heading", id: uid("see") }, t("author.preview")),
      h("p", { class: "cd-hint" }, t("author.preview.hint")),
      this.preview.element,
      this.guesses,
    );
    this.root = h(
      "div",
      { class: "copydesk cd-author", lang: this.language, dir: direction(this.language) },
      top,
      open,
      this.problem,
      h("div", { class: "cd-author-panes" }, this.list, this.middle, this.right),
      this.live,
    );
    el.append(this.root);
    adoptStyles(this.root, this.signal);
    this.root.addEventListener("keydown", (event) => this.onKey(event), { signal: this.signal });
    this.signal.addEventListener("abort", () => this.root?.remove());
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
      this.save();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  }

  /** @type {import("../base/types.js").Say} */
  say = (text) => {
    if (!this.live) return;
    this.live.textContent = "";
    setTimeout(() => this.live && setText(this.live, text), 60);
  };

  async start() {
    const reply = await this.ask("course");
    if (!this.take(reply)) return;
    const first = this.course.files.find((/** @type {any} */ { tasks }) => tasks.length);
    const isNew = !this.course.course?.rights?.statement;
    await this.choose(isNew || !first ? { file: "", task: "" } : { file: first.file, task: first.tasks[0].id });
  }

  /**
   * Take in what Python says of the course; what went wrong is shown.
   *
   * @param {Reply} reply
   * @returns {boolean} whether it went well
   */
  take(reply) {
    if (!this.problem || !this.root) return false;
    this.problem.hidden = reply.ok;
    setText(this.problem, reply.ok ? "" : (reply.text ?? ""));
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
    if (this.heading) setText(this.heading, course.course.title || course.course.id);
    if (this.openSummary) {
      const count = (course.open ?? []).length;
      setText(this.openSummary, count ? t("author.open", { count }) : t("author.open.nothing"));
    }
    this.openBody?.replaceChildren(...openSteps(t, course.open ?? []));
    this.showList();
    this.showStatus();
  }

  showList() {
    const { t, course, list } = this;
    if (!list) return;
    const root = /** @type {Document|ShadowRoot} */ (list.getRootNode());
    const at = list.contains(root.activeElement) ? root.activeElement?.getAttribute("data-at") : null;
    list.replaceChildren(
      ...outline({
        t,
        files: course.files,
        kinds: course.kinds,
        chosen: this.chosen,
        courseTitle: course.course.title || course.course.id,
        choose: (chosen) => this.choose(chosen, true),
        add: (file) => this.add(file),
      }),
    );
    if (at) /** @type {HTMLElement|null} */ (list.querySelector(`[data-at="${CSS.escape(at)}"]`))?.focus();
  }

  showStatus() {
    const { t } = this;
    const isOpen = this.changed || this.edits.isWaiting;
    const text = isOpen ? t("author.notSaved") : this.savedAt ? t("author.savedAt", { time: this.savedAt }) : "";
    if (!this.status) return;
    setText(this.status, text);
    setAttributes(this.status, { "data-tone": isOpen ? "part" : "right" });
  }

  get row() {
    const file = this.course?.files.find((/** @type {any} */ one) => one.file === this.chosen.file);
    return file?.tasks.find((/** @type {any} */ { id }) => id === this.chosen.task);
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
    this.showList();
    if (!chosen.task) this.showSettings();
    else {
      const reply = await this.ask("task", { file: chosen.file, task: chosen.task });
      if (!this.take(reply) || this.chosen !== chosen) return;
      this.showTask(reply);
    }
    if (this.middle) this.middle.scrollTop = 0;
    if (withFocus) /** @type {HTMLElement|null} */ (this.middle?.querySelector("h3"))?.focus();
  }

  showSettings() {
    const { t, course } = this;
    const { title, authors, rights } = course.course;
    this.form = this.makeForm({ title, authors: authors ?? [], rights: rights ?? {} }, drawCourse, false);
    const heading = h("h3", { class: "cd-author-heading", tabindex: -1 }, t("author.course.heading"));
    this.middle?.replaceChildren(heading, this.form.element);
    setAttributes(this.root ?? h("p"), { "data-course": true });
  }

  /**
   * @param {any} entry
   * @param {import("./form.js").Draw} draw
   * @param {boolean} isGraded
   */
  makeForm(entry, draw, isGraded) {
    const { course, t, say, signal } = this;
    const chosen = this.chosen;
    const material = { sentences: course.sentences ?? [], cards: course.cards ?? [] };
    const changed = (/** @type {any} */ raw) => {
      this.edits.put({ chosen, entry: raw });
      this.showStatus();
    };
    return new Form({ entry, draw, t, say, signal, material, isGraded, changed });
  }

  /** @param {Reply} reply */
  showTask(reply) {
    const { t } = this;
    const kind = reply.entry.kind;
    const label = this.course.kinds.find((/** @type {any} */ one) => one.kind === kind)?.label ?? kind;
    const file = this.course.files.find((/** @type {any} */ one) => one.file === this.chosen.file);
    this.form = this.makeForm(reply.entry, formOf(kind), file?.purpose === "graded");
    const heading = h("h3", { class: "cd-author-heading", tabindex: -1 }, label);
    this.middle?.replaceChildren(heading, this.taskTools(), this.form.element);
    if (this.root) setAttributes(this.root, { "data-course": null });
    this.showReply(reply);
    if (!t) return;
  }

  taskTools() {
    const { t } = this;
    const name = () => (this.row ? taskTitle(t, this.row) : "");
    const tool = (
      /** @type {string} */ text,
      /** @type {string} */ label,
      /** @type {string} */ what,
      /** @type {any} */ fields,
      /** @type {string} */ said,
    ) => {
      const made = h(
        "button",
        { type: "button", class: "cd-button cd-small", "aria-label": t(label, { name: name() }) },
        t(text),
      );
      made.addEventListener("click", () => this.change(what, fields, t(said, { name: name() }), made));
      return made;
    };
    return h(
      "div",
      { class: "cd-author-buttons", role: "group", "aria-label": t("author.taskTools") },
      tool("author.up", "author.upOne", "move", { by: -1 }, "author.movedUp"),
      tool("author.down", "author.downOne", "move", { by: 1 }, "author.movedDown"),
      tool("author.copy", "author.copyOne", "copy", {}, "author.copied"),
      tool("author.remove", "author.removeOne", "remove", {}, "author.removed"),
    );
  }

  /**
   * Move, copy or remove the chosen task.
   *
   * @param {string} what
   * @param {any} fields
   * @param {string} said
   * @param {HTMLElement} button
   */
  async change(what, fields, said, button) {
    await this.edits.flush();
    const { chosen } = this;
    const tasks = this.course.files.find((/** @type {any} */ one) => one.file === chosen.file)?.tasks ?? [];
    const place = tasks.findIndex((/** @type {any} */ { id }) => id === chosen.task);
    const reply = await this.ask(what, { ...chosen, ...fields });
    if (!this.take(reply)) return;
    this.say(said);
    if (what === "move") button.focus();
    else if (what === "copy") await this.choose({ file: chosen.file, task: reply.task ?? chosen.task }, true);
    else {
      const left = this.course.files.find((/** @type {any} */ one) => one.file === chosen.file)?.tasks ?? [];
      const next = left[Math.min(place, left.length - 1)];
      await this.choose({ file: next ? chosen.file : "", task: next?.id ?? "" });
      this.offerUndo(said);
    }
  }

  /** @param {string} said */
  offerUndo(said) {
    const { t } = this;
    const undo = h("button", { type: "button", class: "cd-button cd-small" }, t("author.undo"));
    const line = h("div", { class: "cd-author-undo" }, h("span", {}, said), undo);
    undo.addEventListener("click", async () => {
      await this.edits.flush();
      const reply = await this.ask("undo");
      if (!this.take(reply)) return;
      line.remove();
      this.say(reply.text ?? t("author.undone", { name: "" }));
      if (reply.task) await this.choose({ file: reply.file ?? this.chosen.file, task: reply.task }, true);
    });
    this.middle?.prepend(line);
    undo.focus();
  }

  /** @param {any} file */
  add(file) {
    const { t, root, uid } = this;
    if (!root) return;
    kindDialog({
      t,
      root,
      uid,
      kinds: this.course.kinds,
      take: async (kind) => {
        await this.edits.flush();
        const after = file.file === this.chosen.file ? this.chosen.task : null;
        const reply = await this.ask("add", { file: file.file, kind, after });
        if (this.take(reply)) await this.choose({ file: file.file, task: reply.task }, true);
      },
    });
  }

  /**
   * Tell Python of an edit, and show what it says.
   *
   * @param {{chosen: Chosen, entry: any}} edit
   */
  async send({ chosen, entry }) {
    if (!chosen.task) {
      const reply = await this.ask("course-edit", { fields: entry });
      this.take(reply);
      this.form?.showFaults(reply.faults ?? []);
      return;
    }
    const reply = await this.ask("edit", { ...chosen, entry });
    this.changed = true;
    if (reply.ok && reply.entry?.id) chosen.task = reply.entry.id;
    if (!this.take(reply) || this.chosen !== chosen) return;
    this.showReply(reply);
    const row = this.row;
    if (!row) return;
    Object.assign(row, { unwritten: reply.unwritten, faults: reply.faults?.length ?? 0, title: entry.title ?? "" });
    this.showList();
  }

  /** @param {Reply} reply to `task` or `edit` */
  showReply(reply) {
    const { t, language } = this;
    this.form?.showFaults(reply.faults ?? []);
    this.preview.show(reply.view);
    const { guesses = [], guess_limit: limit = null, unwritten = 0 } = reply;
    this.guesses?.replaceChildren(...guessPanel({ t, language, guesses: guesses ?? [], limit, unwritten }));
    this.showStatus();
  }

  async showChanges() {
    const { t, root, uid } = this;
    await this.edits.flush();
    const reply = await this.ask("changes");
    if (!this.take(reply) || !root) return;
    const isEmpty = !reply.files.length;
    showDialog({
      root,
      uid,
      title: t("author.changes.title"),
      content: changesContent(t, reply.files),
      buttons: [
        ...(isEmpty ? [] : [{ text: t("author.save"), primary: true, act: () => void this.save() }]),
        { text: t("author.close") },
      ],
      wide: true,
    });
  }

  async save() {
    const { t, root, uid } = this;
    await this.edits.flush();
    const reply = await this.ask("save");
    if (!reply.ok && root && reply.reload !== false) {
      showDialog({
        root,
        uid,
        title: t("author.save.refused"),
        content: [h("p", {}, reply.text ?? "")],
        buttons: [
          { text: t("author.save.keep"), primary: true, act: () => this.reload(true) },
          { text: t("author.save.take"), act: () => this.reload(false) },
          { text: t("author.close") },
        ],
      });
      return;
    }
    if (!this.take(reply)) return;
    this.savedAt = clock(new Date().toISOString());
    this.changed = false;
    this.showStatus();
    this.take(await this.ask("course"));
  }

  /** @param {boolean} keep whether the author's changes count, and not those on the disk */
  async reload(keep) {
    if (!this.take(await this.ask("reload", { keep }))) return;
    this.take(await this.ask("course"));
    await this.choose(this.chosen);
    if (keep) await this.save();
  }
}
