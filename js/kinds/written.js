// @ts-check
/** Written: a text of the learner's own, marked by a person against a rubric. */
import { h, hasFocus, setText } from "../dom.js";
import { isBlank, unanswered } from "../scoring.js";
import { blocks, inline, words } from "../text.js";

/** @typedef {import("../types.js").WrittenTask} WrittenTask */
/** @typedef {import("../types.js").WrittenKey} WrittenKey */
/** @typedef {import("../types.js").WrittenResponse} WrittenResponse */
/** @typedef {import("../types.js").Speak} Speak */

const MOST_CHARACTERS = 40_000;
const LEVELS = /** @type {const} */ (["4", "3", "2", "1"]);

/** @param {any} value @returns {value is WrittenResponse} */
export const isResponse = (value) => typeof value.text === "string" && value.text.length <= MOST_CHARACTERS;

/** @type {WrittenResponse} */
export const empty = { kind: "written", text: "" };

/** @param {WrittenResponse} response */
export const isEmpty = (response) => isBlank(response.text);

/**
 * @param {WrittenTask} task
 * @param {WrittenResponse|null} response
 */
export function complete(task, response) {
  const least = Math.max(1, task.min_words);
  return { done: Math.min(least, response ? words(response.text).length : 0), of: least };
}

/**
 * @param {WrittenTask} _task
 * @param {WrittenKey} _key
 * @param {WrittenResponse|null} response
 * @returns {import("../types.js").Score}
 */
export function score(_task, _key, response) {
  return !response || isEmpty(response) ? unanswered() : { share: null, status: "awaiting marking", parts: [] };
}

/**
 * @param {Speak} t
 * @param {import("../types.js").Progress} progress
 */
export const left = (t, progress) => (progress.done >= progress.of ? t("written.enough") : t("written.tooShort"));

/** @param {Speak} t */
export const summary = (t) => t("written.result");

/**
 * @param {Speak} t
 * @param {WrittenTask} task
 * @param {number} count
 */
function advice(t, task, count) {
  if (count === 0) return t("written.aim", { min: task.min_words, max: task.max_words });
  if (count < task.min_words) return t("written.more", { count: task.min_words - count });
  if (count > task.max_words) return t("written.over", { count: count - task.max_words });
  return t("written.within", { min: task.min_words, max: task.max_words });
}

/**
 * @param {Speak} t
 * @param {WrittenTask} task
 */
function rubric(t, task) {
  const names = { 4: t("level.4"), 3: t("level.3"), 2: t("level.2"), 1: t("level.1") };
  const head = h("tr", { role: "row" }, h("th", { scope: "col", role: "columnheader" }, t("written.criterion")), ...LEVELS.map((level) => h("th", { scope: "col", role: "columnheader" }, names[level])));
  const body = task.rubric.map((criterion) =>
    h(
      "tr",
      { role: "row" },
      h("th", { scope: "row", role: "rowheader" }, ...inline(criterion.text)),
      ...LEVELS.map((level) => h("td", { role: "cell" }, h("span", { class: "cd-level", "aria-hidden": "true" }, names[level]), h("span", {}, ...inline(criterion.levels[level])))),
    ),
  );
  const table = h("table", { class: "cd-rubric", role: "table" }, h("thead", { role: "rowgroup" }, head), h("tbody", { role: "rowgroup" }, ...body));
  return h("details", { class: "cd-details" }, h("summary", {}, t("written.rubric")), table);
}

/**
 * @param {Speak} t
 * @param {WrittenKey} key
 */
function exemplars(t, key) {
  const names = { 4: t("level.4"), 3: t("level.3"), 2: t("level.2"), 1: t("level.1") };
  const sorted = [...key.exemplars].sort((first, second) => second.level - first.level);
  return h(
    "div",
    { class: "cd-exemplars" },
    ...sorted.map((exemplar) =>
      h(
        "details",
        { class: "cd-details" },
        h("summary", {}, t("written.exemplar", { level: names[/** @type {1|2|3|4} */ (exemplar.level)] })),
        h("blockquote", { class: "cd-quote" }, ...blocks(exemplar.text)),
        h("p", { class: "cd-why" }, ...inline(exemplar.why)),
      ),
    ),
  );
}

/**
 * @param {import("../types.js").Host<WrittenTask, WrittenResponse>} host
 * @returns {import("../types.js").Part<WrittenResponse>}
 */
export function render(host) {
  const { task, t, uid } = host;
  const area = h("textarea", {
    class: "cd-input cd-area",
    id: uid("text"),
    rows: 8,
    maxlength: MOST_CHARACTERS,
    "aria-labelledby": host.headingId,
    "aria-describedby": `${host.promptId} ${uid("count")}`,
    spellcheck: "true",
    dir: "auto",
  });
  const number = h("strong", {});
  const hint = h("span", {});
  const fill = h("span", { class: "cd-meter-fill" });
  const count = h("p", { class: "cd-count", id: uid("count") }, number, " ", hint);
  const meter = h("div", { class: "cd-meter", "aria-hidden": "true" }, fill);
  const examples = h("div", {});
  const element = h("div", { class: "cd-written" }, rubric(t, task), area, meter, count, examples);

  const tell = () => {
    const total = words(area.value).length;
    setText(number, t("written.count", { count: total }));
    setText(hint, advice(t, task, total));
    fill.style.inlineSize = `${Math.min(100, (100 * total) / task.max_words)}%`;
    element.dataset.length = total > task.max_words ? "over" : total > 0 && total >= task.min_words ? "within" : "under";
  };
  area.addEventListener(
    "input",
    () => {
      tell();
      host.change({ kind: "written", text: area.value }, { soon: true });
    },
    { signal: host.signal },
  );
  area.addEventListener("blur", () => host.flush(), { signal: host.signal });

  return {
    element,
    show(response, checked) {
      const text = response?.text ?? "";
      if (area.value !== text && !(hasFocus(area) && text === "")) area.value = text;
      area.readOnly = checked;
      examples.replaceChildren(...(checked && task.key ? [exemplars(t, task.key)] : []));
      tell();
    },
  };
}
