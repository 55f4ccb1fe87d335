// @ts-check
/** The baseline: one of two forms of statements, and after the closing one what changed, with every statement explained. */

import { h, setAttributes, setText, uidMaker } from "../base/dom.js";
import { panel } from "../base/panel.js";
import { chip, resultNote } from "../base/result.js";
import { inline, paragraphs, percentIn } from "../base/text.js";
import { nextTimestamp } from "../store/answer-file.js";
import { answersTo } from "../store/page.js";
import { browserStorage } from "../store/storage.js";
import { tasksView } from "../task/desk.js";
import style from "./baseline.css";

export { style };

/** @typedef {import("../base/shapes.js").ChoiceTask} ChoiceTask */
/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {import("../base/types.js").Translate} Translate */
/** @typedef {{accepted: number, of: number}} Accepted */
/** @typedef {{supported: Accepted, unsupported: Accepted}} Tally */

const QUESTION = "F1";
const GUESS = "G1";

/** @param {import("../base/types.js").Desk<import("../base/contents.js").BaselineContent>} desk */
export function render(desk) {
  const { content, store, t, signal } = desk;
  const forms = content.forms;
  const inForms = new Set(Object.values(forms).flat());
  const lead = h("div", {});
  const body = h("div", {});
  const end = h("div", { class: "cd-form-end" });
  const element = h("div", { class: "cd-form" }, lead, body, end);
  let shown = "";
  let inner = new AbortController();
  signal.addEventListener("abort", () => inner.abort());

  /** @param {string[]} ids */
  const tasksOf = (ids) => content.tasks.filter(({ id }) => ids.includes(id));
  const chosen = () => pickedOption(store.entries(), QUESTION);
  const isShown = () => content.part === "closing" && Boolean(store.entries()[QUESTION]?.checked);

  function update() {
    const state = `${chosen()} ${isShown()}`;
    if (state !== shown) draw();
    shown = state;
    describe();
  }

  /** Draw anew only where another form, or the report, is to be seen: the focus stays in the form. */
  function draw() {
    inner.abort();
    inner = new AbortController();
    if (isShown()) {
      lead.replaceChildren();
      body.replaceChildren();
      end.replaceChildren(report(desk));
      return;
    }
    if (!lead.hasChildNodes())
      lead.append(
        tasksView({ ...desk, content: { ...content, tasks: content.tasks.filter(({ id }) => !inForms.has(id)) } }),
      );
    const ids = forms[chosen()];
    if (!ids) {
      body.replaceChildren(h("p", { class: "cd-form-choose" }, t("form.choose")));
      end.replaceChildren();
      return;
    }
    const title = t("form.name", { form: ids[0][0], count: ids.length });
    body.replaceChildren(
      tasksView({ ...desk, signal: inner.signal, content: { ...content, title, tasks: tasksOf(ids) } }),
    );
    end.replaceChildren(...(content.part === "closing" ? [button, left] : [left]));
  }

  const left = h("p", { class: "cd-left", id: uidMaker()("left") });
  const button = h(
    "button",
    { type: "button", class: "cd-button cd-primary", "aria-describedby": left.id },
    t("form.show"),
  );
  button.addEventListener(
    "click",
    () => {
      if (open()) {
        desk.say(left.textContent ?? "");
        return;
      }
      const entry = store.entries()[QUESTION];
      store.put(QUESTION, { ...entry, checked: true, at: nextTimestamp(entry.at) });
      update();
      /** @type {HTMLElement|null} */ (end.querySelector("h3"))?.focus();
    },
    { signal },
  );

  const open = () => (forms[chosen()] ?? []).filter((id) => !pickedOption(store.entries(), id)).length;

  function describe() {
    const count = open();
    setText(left, count ? t("form.left", { count }) : content.part === "closing" ? t("form.ready") : t("form.done"));
    left.dataset.complete = String(!count);
    setAttributes(button, { "aria-disabled": count ? "true" : null });
  }

  store.listen(update, signal);
  update();
  return element;
}

/**
 * The first guess, as it was written down at the beginning of the course.
 *
 * @param {import("../base/types.js").Desk<import("../base/contents.js").GuessContent>} desk
 */
export function renderGuess({ content, t }) {
  const guess = guessOf(openingAnswers(content));
  const said =
    guess === null
      ? t("form.missing", { lesson: content.opening?.lesson.slice(0, 2) ?? "" })
      : t("form.guessBefore", { before: guess });
  return h("div", { class: "cd-desk cd-desk-one" }, h("p", { class: "cd-form-guess" }, said));
}

/**
 * The answers of the opening lesson: in a notebook Python sends them, in a page this browser keeps them.
 *
 * @param {import("../base/contents.js").Common & {opening?: import("../base/contents.js").Opening}} content
 * @param {import("../store/storage.js").KeyValueStorage|null} [storage]
 * @returns {Entries}
 */
export function openingAnswers({ opening: there, ...content }, storage = browserStorage()) {
  return there ? answersTo(content, there, storage) : {};
}

/**
 * @param {Entries} entries
 * @param {string} id
 */
function pickedOption(entries, id) {
  const response = entries[id]?.response;
  return response?.kind === "choice" ? (response.chosen[0] ?? "") : "";
}

/** @param {Entries} entries */
export function guessOf(entries) {
  const response = entries[GUESS]?.response;
  const guess = response?.kind === "value" ? response.values.guess : null;
  return typeof guess === "number" ? guess : null;
}

/**
 * How many of the supported statements somebody accepted, and how many of the others; what is not answered is left out.
 *
 * @param {ChoiceTask[]} tasks with their keys
 * @param {Entries} entries
 * @returns {Tally}
 */
export function tally(tasks, entries) {
  const tallied = { supported: { accepted: 0, of: 0 }, unsupported: { accepted: 0, of: 0 } };
  for (const task of tasks) {
    const answer = pickedOption(entries, task.id);
    if (!answer) continue;
    const of = isSupported(task) ? tallied.supported : tallied.unsupported;
    of.of += 1;
    if (answer === "supported") of.accepted += 1;
  }
  return tallied;
}

/** @param {ChoiceTask} task */
const isSupported = (task) => task.key?.options.supported.weight === 1;

/**
 * What changed, in a few sentences; nothing where one of the two has no answers.
 *
 * @param {Translate} t
 * @param {Tally} before
 * @param {Tally} after
 */
export function change(t, before, after) {
  const parts = /** @type {const} */ (["supported", "unsupported"]);
  if (parts.some((part) => !before[part].of || !after[part].of)) return "";
  // Shares are compared as products: 0.1 + 0.2 would be another number.
  const [good, bad] = parts.map((part) =>
    Math.sign(after[part].accepted * before[part].of - before[part].accepted * after[part].of),
  );
  return [
    [t("form.supported.fewer"), t("form.supported.same"), t("form.supported.more")][good + 1],
    [t("form.unsupported.fewer"), t("form.unsupported.same"), t("form.unsupported.more")][bad + 1],
    bad > 0
      ? t("form.thought.trust")
      : good < 0
        ? t("form.thought.doubt")
        : good || bad
          ? t("form.thought.discernment")
          : t("form.thought.unchanged"),
  ].join(" ");
}

/** @param {import("../base/types.js").Desk<import("../base/contents.js").BaselineContent>} desk */
function report({ content, store, t }) {
  const uid = uidMaker();
  const percent = percentIn(content.language);
  const all = /** @type {ChoiceTask[]} */ (content.tasks.filter(({ kind, key }) => kind === "choice" && key));
  const now = store.entries();
  const then = openingAnswers(content);
  const mine = (/** @type {Entries} */ entries) => all.filter(({ id }) => id !== QUESTION && pickedOption(entries, id));
  const [before, after] = [tally(mine(then), then), tally(mine(now), now)];
  const row = (/** @type {"supported"|"unsupported"} */ part, /** @type {string} */ name) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      ...[before, after].map(({ [part]: { accepted, of } }) =>
        h("td", {}, of ? t("form.count", { done: accepted, of }) : "–"),
      ),
    );
  const table = h(
    "table",
    { class: "cd-form-table" },
    h(
      "thead",
      {},
      h("tr", {}, h("td", {}), h("th", { scope: "col" }, t("form.before")), h("th", { scope: "col" }, t("form.after"))),
    ),
    h("tbody", {}, row("supported", t("form.supported")), row("unsupported", t("form.unsupported"))),
  );
  const list = (
    /** @type {Entries} */ entries,
    /** @type {(params: {count: number}) => string} */ name,
    open = false,
  ) => {
    const tasks = mine(entries);
    if (!tasks.length) return null;
    return h(
      "details",
      { class: "cd-details", open },
      h("summary", {}, name({ count: tasks.length })),
      h(
        "ul",
        { class: "cd-form-list", role: "list" },
        ...tasks.map((task) => explanation(t, percent, task, entries[task.id])),
      ),
    );
  };
  const [first, last] = [guessOf(then), guessOf(now)];
  const guess =
    first === null
      ? ""
      : last === null
        ? t("form.guessBefore", { before: first })
        : t("form.guess", { before: first, after: last });
  return panel(
    uid,
    { kicker: t("head.baseline") },
    h(
      "div",
      { class: "cd-item" },
      h("h3", { class: "cd-heading", id: uid("title"), tabindex: -1 }, t("form.report")),
      table,
      h(
        "p",
        { class: "cd-form-change" },
        mine(then).length
          ? change(t, before, after)
          : t("form.missing", { lesson: content.opening?.lesson.slice(0, 2) ?? "" }),
      ),
      h("p", { class: "cd-quiet" }, t("form.few")),
      guess ? h("p", { class: "cd-form-said" }, guess) : null,
      list(now, (params) => t("form.list.closing", params), true),
      list(then, (params) => t("form.list.opening", params)),
      h("p", { class: "cd-keyed" }, t("keyedBy", { who: content.keyed_by })),
    ),
  );
}

/**
 * One statement with the learner's answer, the reference and its reason.
 *
 * @param {Translate} t
 * @param {Intl.NumberFormat} percent
 * @param {ChoiceTask} task
 * @param {import("../base/shapes.js").Entry} entry
 */
function explanation(t, percent, task, { response, confidence }) {
  const mine = response.kind === "choice" ? response.chosen[0] : "";
  const { weight, why } = task.key?.options[mine] ?? { weight: 0, why: "" };
  const answer = mine === "supported" ? t("form.accepted") : t("form.declined");
  const said = confidence === null ? answer : t("form.sure", { answer, percent: percent.format(confidence) });
  const chips = [
    weight ? chip("right", "right", said) : chip("wrong", "wrong", said),
    chip("plain", "left", isSupported(task) ? t("form.isSupported") : t("form.isUnsupported")),
  ];
  return h(
    "li",
    {},
    h(
      "p",
      { class: "cd-form-statement" },
      h("strong", {}, `${task.title}.`),
      " ",
      ...inline(paragraphs(task.prompt)[0]),
    ),
    h("blockquote", { class: "cd-quote", dir: "auto" }, h("p", {}, task.context)),
    resultNote(chips, why),
  );
}
