// @ts-check
/** The text of a written task with its rubric, and after the check the exemplars. */
import { h, hasFocus, setText } from "../../base/dom.js";
import { blocks, inline, words } from "../../base/text.js";
import { MOST_CHARACTERS } from "./scoring.js";
import style from "./style.css";

export { style };

/** @typedef {import("../../base/shapes.js").WrittenTask} WrittenTask */
/** @typedef {import("../../base/shapes.js").WrittenKey} WrittenKey */
/** @typedef {import("../../base/shapes.js").WrittenResponse} WrittenResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */

const LEVELS = /** @type {const} */ (["4", "3", "2", "1"]);

/**
 * @param {Translate} t
 * @param {WrittenTask} task
 * @param {number} count
 */
function advice(t, task, count) {
  if (!task.rubric.length) return t("written.note");
  if (count === 0) return t("written.aim", { min: task.min_words, max: task.max_words });
  if (count < task.min_words) return t("written.more", { count: task.min_words - count });
  if (count > task.max_words) return t("written.over", { count: count - task.max_words });
  return t("written.within", { min: task.min_words, max: task.max_words });
}

/**
 * @param {Translate} t
 * @param {WrittenTask} task
 */
function rubric(t, task) {
  const names = { 4: t("level.4"), 3: t("level.3"), 2: t("level.2"), 1: t("level.1") };
  // Not `<table>`: on a narrow screen each cell has a line of its own, and some browsers no longer tell of a table then.
  const head = h(
    "div",
    { role: "row" },
    h("span", { role: "columnheader" }, t("written.criterion")),
    ...LEVELS.map((level) => h("span", { role: "columnheader" }, names[level])),
  );
  const body = task.rubric.map((criterion) =>
    h(
      "div",
      { role: "row" },
      h("span", { role: "rowheader" }, ...inline(criterion.text)),
      ...LEVELS.map((level) =>
        h(
          "span",
          { role: "cell" },
          h("span", { class: "cd-level", "aria-hidden": "true" }, names[level]),
          h("span", {}, ...inline(criterion.levels[level])),
        ),
      ),
    ),
  );
  const table = h("div", { class: "cd-rubric", role: "table", "aria-label": t("written.rubric") }, head, ...body);
  return h("details", { class: "cd-details" }, h("summary", {}, t("written.rubric")), table);
}

/**
 * @param {Translate} t
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
 * @param {import("../../base/types.js").Host<WrittenTask, WrittenResponse>} host
 * @returns {import("../../base/types.js").Part<WrittenResponse>}
 */
export function render(host) {
  const { task, t, uid } = host;
  const area = h("textarea", {
    class: "cd-input cd-area",
    id: uid("text"),
    rows: task.rubric.length ? 8 : 4,
    maxlength: MOST_CHARACTERS,
    "aria-labelledby": host.headingId,
    "aria-describedby": uid("count"),
    spellcheck: "true",
    dir: "auto",
  });
  const number = h("strong", {});
  const hint = h("span", {});
  const fill = h("span", { class: "cd-meter-fill" });
  const count = h("p", { class: "cd-count", id: uid("count") }, number, " ", hint);
  const meter = h("div", { class: "cd-meter", "aria-hidden": "true" }, fill);
  const report = h("div", { class: "cd-report" });
  const isNote = !task.rubric.length;
  const around = isNote ? [area, count] : [rubric(t, task), area, meter, count];
  const element = h("div", { class: "cd-written" }, ...around);

  const tell = () => {
    const total = words(area.value).length;
    setText(number, t("written.count", { count: total }));
    setText(hint, advice(t, task, total));
    fill.style.inlineSize = `${Math.min(100, (100 * total) / task.max_words)}%`;
    element.dataset.length =
      total > task.max_words ? "over" : total > 0 && total >= task.min_words ? "within" : "under";
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
    report,
    show(response, checked) {
      const text = response?.text ?? "";
      if (area.value !== text && !(hasFocus(area) && text === "")) area.value = text;
      area.readOnly = checked;
      report.replaceChildren(...(checked && task.key ? [exemplars(t, task.key)] : []));
      tell();
    },
  };
}
