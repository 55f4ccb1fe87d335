// @ts-check
/** The end of a lesson: what was found and missed, how sure against how right, what opened, and what comes next. */
import { h, icon, setText, uidMaker } from "../base/dom.js";
import { mean } from "../base/formulas.js";
import { tellPackage } from "../base/package-frame.js";
import { panel } from "../base/panel.js";
import { percentIn } from "../base/text.js";
import { KINDS } from "../kinds/kinds.js";
import { taskName } from "../task/navigation.js";
import { versionOf } from "../task/versions.js";
import { copyText } from "./copy/copy-text.js";
import { mendedCopy, withPieces } from "./copy/mending.js";
import style from "./finish.css";
import { judgements } from "./measures.js";
import { stillToDo } from "./reading/locks.js";

export { style };

/** @typedef {import("../base/contents.js").FinishContent} FinishContent */
/** @typedef {import("../base/contents.js").Required} Required */
/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {"whole"|"part"|"apart"|"open"} Standing whole: as the reference; open: not checked yet */

/** With fewer judgements nothing is said of them. */
const LEAST_JUDGEMENTS = 3;
/** How far sureness and rightness may be apart and still be called alike. */
const ALIKE = 0.1;

/** @param {import("../base/types.js").Desk<FinishContent>} desk */
export function render(desk) {
  const { content, store, t, signal } = desk;
  const uid = uidMaker();
  const count = h("p", { class: "cd-progress" });
  const body = h("div", { class: "cd-finish" });
  let shown = "";

  function update() {
    const entries = store.entries();
    const score = practiceScore(content, entries);
    if (score !== null) tellPackage({ score });
    const standings = rowsByStanding(content, entries);
    const open = content.layers.filter((layer) => !stillToDo(afterOf(layer), layer.required, entries).length);
    const sure = judgements(content.tasks, entries);
    const copy = mendedCopy(withPieces(content.copy), () => entries);
    const counted = [...standings].map(([name, rows]) => [name, rows.length]);
    const state = JSON.stringify([counted, open.length, sure, copy]);
    if (state === shown) return;
    shown = state;
    const done = content.required.length - (standings.get("open")?.length ?? 0);
    setText(count, t("head.count", { done, of: content.required.length }));
    body.replaceChildren(
      ...standingLists(desk, standings),
      ...(sure.length >= LEAST_JUDGEMENTS
        ? [h("p", { class: "cd-finish-sure" }, sureText(t, content.language, sure))]
        : []),
      ...copyNow(desk, copy),
      ...open.map(({ title }) =>
        h("p", { class: "cd-finish-open" }, icon("right"), h("span", {}, t("finish.layer", { title }))),
      ),
    );
  }

  store.listen(update, signal);
  update();
  const next = content.next
    ? [h("a", { class: "cd-button cd-primary cd-finish-next", href: content.next }, t("finish.next"))]
    : [];
  return panel(uid, { title: content.title, beside: count, name: "cd-finish-view" }, body, ...next);
}

/**
 * What the copy looks like after this lesson, where the lesson mends anything.
 *
 * @param {import("../base/types.js").Desk<FinishContent>} desk
 * @param {import("./copy/mending.js").MendedCopy} copy
 */
function copyNow({ content, t }, { sentences, waiting }) {
  if (!sentences.length) return [];
  const mended = sentences.filter(({ notes }) => notes.length);
  const { copy_page: page } = content;
  return [
    h("p", { class: "cd-finish-name" }, t("finish.copy")),
    ...(mended.length ? [copyText(t, mended, "marks")] : []),
    ...(waiting.length
      ? [h("p", {}, t("copy.waiting", { count: waiting.length, sentences: waiting.join(", ") }))]
      : []),
    ...(mended.length || waiting.length ? [] : [h("p", {}, t("finish.copyOpen"))]),
    ...(page ? [h("p", {}, h("a", { href: page }, t("finish.copyAll")))] : []),
  ];
}

/** @param {FinishContent["layers"][number]} layer */
const afterOf = ({ required }) => ({ after: required.map(({ id }) => id) });

/**
 * The tasks that can be checked, each with the share of the learner's answer; null where it is not checked yet, or
 * only a person can say.
 *
 * @param {FinishContent} content
 * @param {Entries} entries
 * @returns {{row: Required, isChecked: boolean, share: number|null}[]}
 */
export function sharesOfRows(content, entries) {
  const rows = new Map(content.required.map((row) => [row.id, row]));
  return content.tasks.flatMap((first) => {
    const row = rows.get(first.id);
    const kind = KINDS[first.kind];
    if (!row || kind.neverChecked) return [];
    const entry = Object.hasOwn(entries, first.id) ? entries[first.id] : null;
    const task = versionOf(first, entry);
    const response = entry?.checked && entry.response.kind === task.kind ? entry.response : null;
    const share = response ? kind.score(task, task.key, response).share : null;
    return [{ row, isChecked: response !== null, share }];
  });
}

/**
 * The tasks that can be checked, by how the learner's answer compares with the reference.
 *
 * @param {FinishContent} content
 * @param {Entries} entries
 * @returns {Map<Standing, Required[]>}
 */
export function rowsByStanding(content, entries) {
  /** @type {Map<Standing, Required[]>} */
  const found = new Map();
  for (const { row, share } of sharesOfRows(content, entries)) {
    const standing = share === null ? "open" : share >= 0.95 ? "whole" : share > 0 ? "part" : "apart";
    found.set(standing, [...(found.get(standing) ?? []), row]);
  }
  return found;
}

/**
 * The practice score, from 0 to 1: the mean of the tasks that can be checked, of which one that is not checked yet
 * counts as 0, and one that only a person can mark does not count; null where there is nothing to count.
 *
 * @param {FinishContent} content
 * @param {Entries} entries
 */
export function practiceScore(content, entries) {
  const rows = sharesOfRows(content, entries).filter(({ isChecked, share }) => !isChecked || share !== null);
  return rows.some(({ isChecked }) => isChecked) ? mean(rows.map(({ share }) => share ?? 0)) : null;
}

/**
 * @param {import("../base/types.js").Desk<FinishContent>} desk
 * @param {Map<Standing, Required[]>} standings
 */
function standingLists(desk, standings) {
  const { t } = desk;
  /** @type {[Standing, string][]} */
  const kinds = [
    ["whole", t("finish.whole")],
    ["part", t("finish.part")],
    ["apart", t("finish.apart")],
    ["open", t("finish.open")],
  ];
  return kinds.flatMap(([standing, name]) => {
    const rows = standings.get(standing) ?? [];
    if (!rows.length) return [];
    return [
      h("p", { class: "cd-finish-name", "data-standing": standing }, name),
      h(
        "ul",
        { class: "cd-finish-list", role: "list" },
        ...rows.map((row) => h("li", {}, taskName(desk, row, row.title))),
      ),
    ];
  });
}

/**
 * How sure against how right, in a sentence.
 *
 * @param {import("../base/types.js").Translate} t
 * @param {string} language
 * @param {import("./measures.js").Judgement[]} given
 */
export function sureText(t, language, given) {
  const percent = percentIn(language);
  const sure = mean(given.map(({ confidence }) => confidence));
  const right = mean(given.map((judgement) => Number(judgement.right)));
  const said = t("finish.sure", { count: given.length, sure: percent.format(sure), right: percent.format(right) });
  const more =
    Math.abs(sure - right) <= ALIKE ? t("finish.alike") : sure > right ? t("finish.oversure") : t("finish.undersure");
  return `${said} ${more}`;
}
