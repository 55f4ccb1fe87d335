// @ts-check
/** What is below a form of the baseline once it is finished: the forms side by side, what changed, explanations. */

import { h, icon, uidMaker } from "../base/dom.js";
import { shortName } from "../base/lesson.js";
import { panel } from "../base/panel.js";
import { chip, resultNote } from "../base/result.js";
import { inline, paragraphs, percentIn, quoted } from "../base/text.js";
import { answersTo } from "../store/page.js";
import { browserStorage } from "../store/storage.js";
import { discernment } from "./measures.js";

/** @typedef {import("../base/shapes.js").ChoiceTask} ChoiceTask */
/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {import("../base/types.js").Translate} Translate */
/** @typedef {import("../base/contents.js").BaselineContent} BaselineContent */
/** @typedef {{accepted: number, of: number}} Accepted */
/** @typedef {{supported: Accepted, unsupported: Accepted}} Tally */
/** @typedef {{form: string, lesson: string, supported: Record<string, boolean>, tasks: ChoiceTask[], entries: Entries, tally: Tally}} AnsweredForm */

const GUESS = "G1";
const FIRST_EDITION = /^[AB]\d\d$/;

/**
 * @param {Entries} entries
 * @param {string} id
 */
export function pickedOption(entries, id) {
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
 * How many of the supported statements someone accepted, and how many of the others; what is not answered is left out.
 *
 * @param {Record<string, boolean>} supported whether each statement is
 * @param {Entries} entries
 * @returns {Tally}
 */
export function tally(supported, entries) {
  const tallied = { supported: { accepted: 0, of: 0 }, unsupported: { accepted: 0, of: 0 } };
  for (const [id, isSupported] of Object.entries(supported)) {
    const answer = pickedOption(entries, id);
    if (!answer) continue;
    const of = isSupported ? tallied.supported : tallied.unsupported;
    of.of += 1;
    if (answer === "supported") of.accepted += 1;
  }
  return tallied;
}

/** @param {Tally} tallied */
const measured = ({ supported, unsupported }) =>
  discernment(supported.accepted, supported.of, unsupported.accepted, unsupported.of);

/**
 * What changed, in a few sentences; nothing where one of the two has no answers.
 *
 * @param {Translate} t
 * @param {Tally} before
 * @param {Tally} after
 */
export function change(t, before, after) {
  const [good, bad] = directions(before, after);
  if (good === null || bad === null) return "";
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

/**
 * Whether suspicion grew: fewer supported statements are accepted, and the criterion moved towards refusing.
 *
 * @param {Tally} before
 * @param {Tally} after
 */
export function isSuspicion(before, after) {
  const [first, last] = [measured(before), measured(after)];
  const [good] = directions(before, after);
  return Boolean(first && last && good !== null && good < 0 && last.c > first.c);
}

/**
 * Whether more or fewer are accepted than before, of the supported and of the others: -1, 0 or 1; null without answers.
 *
 * @param {Tally} before
 * @param {Tally} after
 */
function directions(before, after) {
  const parts = /** @type {const} */ (["supported", "unsupported"]);
  if (parts.some((part) => !before[part].of || !after[part].of)) return [null, null];
  // Shares are compared as products: 0.1 + 0.2 would be another number.
  return parts.map((part) =>
    Math.sign(after[part].accepted * before[part].of - before[part].accepted * after[part].of),
  );
}

/** @param {ChoiceTask} task */
const isSupported = (task) => task.key?.options.supported.weight === 1;

/**
 * The forms so far, in their order, with the learner's answers: in a notebook Python sends them, in a page this
 * browser keeps them.
 *
 * @param {import("../base/types.js").Desk<BaselineContent>} desk
 * @param {string[]} ids the statements of the last of them, in the learner's order
 * @returns {AnsweredForm[]}
 */
function answeredForms({ content, store }, ids) {
  const own = /** @type {ChoiceTask[]} */ (ids.flatMap((name) => content.tasks.filter(({ id }) => id === name)));
  const earlier = content.earlier.map((form) => ({
    ...form,
    tasks: /** @type {ChoiceTask[]} */ (form.tasks ?? []),
    entries: answersTo(content, form, browserStorage()),
  }));
  const { form, lesson, supported } = content;
  return [...earlier, { form, lesson, supported, tasks: own, entries: store.entries() }].map((each) => ({
    ...each,
    tally: tally(each.supported, each.entries),
  }));
}

/** @param {AnsweredForm} form */
const answered = ({ tally: { supported, unsupported } }) => supported.of + unsupported.of;

/**
 * @param {import("../base/types.js").Desk<BaselineContent>} desk
 * @param {string[]} ids
 */
export function report(desk, ids) {
  const { content, t } = desk;
  const uid = uidMaker();
  const forms = answeredForms(desk, ids);
  const last = forms[forms.length - 1];
  const isComplete = content.explained.length === ids.length;
  const { language } = content;
  return panel(
    uid,
    { kicker: t("head.baseline") },
    h(
      "div",
      { class: "cd-item" },
      h("h3", { class: "cd-heading", id: uid("title"), tabindex: -1 }, t("form.report")),
      table(forms, countRows(t), t),
      ...changes(t, forms, language),
      ...missing(t, forms),
      h("p", { class: "cd-quiet" }, t("form.few")),
      measures(t, forms, language),
      guessText(desk, forms),
      list(desk, last, content.explained, true),
      isComplete ? null : h("p", { class: "cd-quiet" }, t("form.later")),
      ...(isComplete ? forms.slice(0, -1).map((form) => list(desk, form, Object.keys(form.supported), false)) : []),
      h("p", { class: "cd-keyed" }, t("keyedBy", { who: content.keyed_by })),
    ),
  );
}

/** @typedef {[string, (form: AnsweredForm) => string][]} Rows the name of each row, and its cell for a form */

/**
 * @param {Translate} t
 * @returns {Rows}
 */
const countRows = (t) => [
  [t("form.answered"), (form) => t("form.count", { done: answered(form), of: Object.keys(form.supported).length })],
  [t("form.supported"), ({ tally: { supported } }) => countText(t, supported)],
  [t("form.unsupported"), ({ tally: { unsupported } }) => countText(t, unsupported)],
];

/**
 * The two measures of signal detection, folded: they are for those who like them.
 *
 * @param {Translate} t
 * @param {AnsweredForm[]} forms
 * @param {string} language
 */
function measures(t, forms, language) {
  const [plain, number] = [decimals(language), decimals(language, "exceptZero")];
  /** @type {Rows} */
  const rows = [
    [t("form.dPrime"), (form) => plain(measured(form.tally)?.dPrime)],
    [t("form.criterion"), (form) => number(measured(form.tally)?.c)],
  ];
  return h(
    "details",
    { class: "cd-details" },
    h("summary", {}, t("form.more")),
    table(forms, rows, t),
    h("p", { class: "cd-quiet" }, t("form.measures")),
  );
}

/**
 * @param {AnsweredForm[]} forms
 * @param {Rows} rows
 * @param {Translate} t
 */
function table(forms, rows, t) {
  return h(
    "table",
    { class: "cd-form-table" },
    h(
      "thead",
      {},
      h("tr", {}, h("td", {}), ...forms.map(({ form }) => h("th", { scope: "col" }, t("form.column", { form })))),
    ),
    h(
      "tbody",
      {},
      ...rows.map(([name, cell]) =>
        h("tr", {}, h("th", { scope: "row" }, name), ...forms.map((form) => h("td", {}, cell(form)))),
      ),
    ),
  );
}

/**
 * @param {Translate} t
 * @param {Accepted} accepted
 */
const countText = (t, { accepted, of }) => (of ? t("form.count", { done: accepted, of }) : "–");

/**
 * What writes a number with two decimals, and a dash where there is none.
 *
 * @param {string} language
 * @param {"auto"|"exceptZero"} [signDisplay]
 */
function decimals(language, signDisplay = "auto") {
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay,
  });
  return (/** @type {number|undefined} */ value) =>
    value === undefined ? "–" : format.format(value).replace("-", "\u2212");
}

/**
 * What changed since the form before, and since the first, with a warning where suspicion grew.
 *
 * @param {Translate} t
 * @param {AnsweredForm[]} forms
 * @param {string} language
 */
function changes(t, forms, language) {
  const last = forms[forms.length - 1];
  const earlier = forms.slice(0, -1).filter(answered);
  if (!earlier.length) return forms.length > 1 ? [] : [h("p", { class: "cd-form-change" }, t("form.start"))];
  const number = decimals(language, "exceptZero");
  return [...new Set([earlier[earlier.length - 1], earlier[0]])].flatMap((first) => {
    const names = { first: first.form, last: last.form };
    const said = h(
      "p",
      { class: "cd-form-change" },
      h("strong", {}, t("form.fromTo", names)),
      " ",
      change(t, first.tally, last.tally),
    );
    if (!isSuspicion(first.tally, last.tally)) return [said];
    const [before, after] = [first, last].map((form) => number(measured(form.tally)?.c));
    const warning = t("form.suspicion", { ...names, before, after });
    return [said, h("p", { class: "cd-notice" }, icon("warning"), h("span", {}, warning))];
  });
}

/**
 * What there is to say of an earlier form that is not answered here.
 *
 * @param {Translate} t
 * @param {AnsweredForm[]} forms
 */
function missing(t, forms) {
  return forms
    .slice(0, -1)
    .filter((form) => !answered(form))
    .map(({ form, lesson, entries }) => {
      const isOld = Object.keys(entries).some((id) => FIRST_EDITION.test(id));
      const params = { form, lesson: shortName(lesson) };
      return h("p", { class: "cd-form-said" }, isOld ? t("form.firstEdition", params) : t("form.missing", params));
    });
}

/**
 * Both guesses, or the first one alone.
 *
 * @param {import("../base/types.js").Desk<BaselineContent>} desk
 * @param {AnsweredForm[]} forms
 */
function guessText({ content, t, store }, forms) {
  const [before, after] = [guessOf(forms[0].entries), guessOf(store.entries())];
  const isAsked = content.tasks.some(({ id }) => id === GUESS);
  if (forms.length < 2 || before === null || !isAsked) return null;
  const said = after === null ? t("form.guessBefore", { before }) : t("form.guess", { before, after });
  return h("p", { class: "cd-form-said" }, said);
}

/**
 * The explanations of those statements of a form that are answered.
 *
 * @param {import("../base/types.js").Desk<BaselineContent>} desk
 * @param {AnsweredForm} form
 * @param {string[]} ids
 * @param {boolean} open
 */
function list({ content, t }, { form, tasks, entries }, ids, open) {
  const explained = tasks.filter(({ id }) => ids.includes(id) && pickedOption(entries, id));
  if (!explained.length) return null;
  const percent = percentIn(content.language);
  return h(
    "details",
    { class: "cd-details", open },
    h("summary", {}, t("form.list", { form, count: explained.length })),
    h(
      "ul",
      { class: "cd-form-list", role: "list" },
      ...explained.map((task) => explanation(t, percent, task, entries[task.id])),
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
    h("blockquote", { class: "cd-quote", dir: "auto" }, h("p", {}, ...quoted(task.context))),
    resultNote(chips, why),
  );
}
