// @ts-check
/** Sort: put items into classes; matching is a sort whose classes are partners. */
import { h } from "../dom.js";
import { aboveChance, isRecord, mean, scored, sum, unanswered } from "../scoring.js";
import { inline } from "../text.js";
import { chip, toneOf, verdict } from "../verdict.js";

/** @typedef {import("../types.js").SortTask} SortTask */
/** @typedef {import("../types.js").SortKey} SortKey */
/** @typedef {import("../types.js").SortResponse} SortResponse */
/** @typedef {import("../types.js").Speak} Speak */

/** Up to this many classes stand side by side as radio buttons; more become a list to choose from. */
const MOST_COLUMNS = 6;

/** @param {any} value @returns {value is SortResponse} */
export const isResponse = (value) => isRecord(value.placed) && Object.values(value.placed).every((name) => typeof name === "string");

/** @type {SortResponse} */
export const empty = { kind: "sort", placed: {} };

/** @param {SortResponse} response */
export const isEmpty = (response) => Object.keys(response.placed).length === 0;

/**
 * @param {SortTask} task
 * @param {SortResponse|null} response
 */
export const complete = (task, response) => ({ done: task.items.filter(({ id }) => response && Object.hasOwn(response.placed, id)).length, of: task.items.length });

/**
 * Mean weight of the chosen classes, above what a blind choice would earn.
 *
 * @param {SortTask} task
 * @param {SortKey} key
 * @param {SortResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return unanswered();
  const parts = task.items.map(({ id }) => ({ part: id, credit: weightOf(key.items[id].weights, response.placed[id]) }));
  const weights = task.items.map(({ id }) => Object.values(key.items[id].weights));
  const earned = mean(parts.map(({ credit }) => credit));
  const chance = mean(weights.map((each) => sum(each) / task.classes.length));
  return scored(aboveChance(earned, chance, mean(weights.map((each) => Math.max(...each)))), parts);
}

/**
 * @param {Record<string, number>} weights
 * @param {string|undefined} name
 */
const weightOf = (weights, name) => (name !== undefined && Object.hasOwn(weights, name) ? weights[name] : 0);

/**
 * @param {Speak} t
 * @param {import("../types.js").Progress} progress
 */
export const left = (t, progress) => t("sort.left", { done: progress.done, of: progress.of });

/**
 * @param {Speak} t
 * @param {SortTask} task
 * @param {SortKey} key
 * @param {SortResponse} response
 */
export function summary(t, task, key, response) {
  const credits = score(task, key, response).parts.map(({ credit }) => credit ?? 0);
  const right = credits.filter((credit) => credit === 1).length;
  const part = credits.filter((credit) => credit > 0 && credit < 1).length;
  const base = t("sort.result", { right, of: credits.length });
  return part ? `${base} ${t("sort.resultPart", { count: part })}` : base;
}

/**
 * @param {import("../types.js").Host<SortTask, SortResponse>} host
 * @returns {import("../types.js").Part<SortResponse>}
 */
export function render(host) {
  const { task, t, uid } = host;
  const wide = task.classes.length <= MOST_COLUMNS;
  /** @type {Record<string, string>} */
  let placed = {};
  const lines = task.items.map((item) => {
    const text = h("span", { class: "cd-sort-text", id: uid(`item-${item.id}`) }, ...inline(item.text));
    const control = wide ? radios(host, item.id, text.id) : select(host, item.id, text.id);
    const element = h("div", { class: "cd-sort-row" }, text, control.element);
    return { item, element, control, note: /** @type {HTMLElement|null} */ (null) };
  });
  const notes = task.classes.some(({ note }) => note)
    ? h("dl", { class: "cd-classes" }, ...task.classes.filter(({ note }) => note).map((entry) => h("div", {}, h("dt", {}, entry.text), h("dd", {}, ...inline(entry.note)))))
    : null;
  const head = wide
    ? h("div", { class: "cd-sort-head", "aria-hidden": "true" }, h("span", {}), h("div", { class: "cd-sort-cells" }, ...task.classes.map((entry) => h("span", {}, entry.text))))
    : null;
  const legend = h("legend", { class: "cd-legend", id: uid("legend") }, t("sort.instruction"));
  const rows = h("div", { class: wide ? "cd-sort cd-sort-wide" : "cd-sort" }, head, ...lines.map((line) => line.element));
  const longest = Math.max(...task.classes.flatMap(({ text }) => text.split(/\s+/)).map((word) => word.length));
  rows.style.setProperty("--cd-columns", String(task.classes.length));
  rows.style.setProperty("--cd-longest-word", String(longest));
  const element = h(
    "fieldset",
    { class: "cd-plain-fieldset", "aria-labelledby": `${host.headingId} ${legend.id}`, "aria-describedby": host.promptId },
    legend,
    notes,
    rows,
  );
  element.addEventListener(
    "change",
    () => {
      placed = {};
      for (const { item, control } of lines) if (control.value()) placed[item.id] = control.value();
      host.change({ kind: "sort", placed: { ...placed } });
    },
    { signal: host.signal },
  );

  return {
    element,
    show(response, checked) {
      element.disabled = checked;
      placed = { ...response?.placed };
      const names = Object.fromEntries(task.classes.map((entry) => [entry.id, entry.text]));
      for (const line of lines) {
        const mine = Object.hasOwn(placed, line.item.id) ? placed[line.item.id] : "";
        line.control.set(mine);
        line.note?.remove();
        line.note = null;
        delete line.element.dataset.tone;
        if (!checked || !task.key) continue;
        const { weights, why } = task.key.items[line.item.id];
        const credit = weightOf(weights, mine);
        const [tone, drawing] = toneOf(credit);
        const said = credit >= 1 ? t("weight.reference") : credit > 0 ? t("weight.defensible") : t("weight.neither");
        const reference = task.classes.filter(({ id }) => weightOf(weights, id) === 1).map(({ text }) => text).join(", ");
        const chips = [h("span", { class: "cd-chip cd-mine" }, t("yours", { what: names[mine] ?? t("sort.none") })), chip(tone, drawing, said)];
        if (credit < 1) chips.push(chip("plain", "left", t("reference", { what: reference })));
        line.note = verdict(chips, why);
        line.element.append(line.note);
        line.element.dataset.tone = tone;
      }
    },
  };
}

/**
 * @param {import("../types.js").Host<SortTask, SortResponse>} host
 * @param {string} item
 * @param {string} labelId
 */
function radios({ task, uid }, item, labelId) {
  const inputs = task.classes.map((entry) => h("input", { type: "radio", class: "cd-tick", name: uid(`sort-${item}`), value: entry.id }));
  const element = h(
    "div",
    { class: "cd-sort-cells", role: "radiogroup", "aria-labelledby": labelId },
    ...inputs.map((input, place) => h("label", { class: "cd-sort-cell" }, input, h("span", {}, task.classes[place].text))),
  );
  return {
    element,
    value: () => inputs.find((input) => input.checked)?.value ?? "",
    set: (/** @type {string} */ name) => inputs.forEach((input) => (input.checked = input.value === name)),
  };
}

/**
 * @param {import("../types.js").Host<SortTask, SortResponse>} host
 * @param {string} _item
 * @param {string} labelId
 */
function select({ task, t }, _item, labelId) {
  const element = h(
    "select",
    { class: "cd-input cd-select", "aria-labelledby": labelId },
    h("option", { value: "" }, t("sort.choose")),
    ...task.classes.map((entry) => h("option", { value: entry.id }, entry.text)),
  );
  return { element, value: () => element.value, set: (/** @type {string} */ name) => void (element.value = name) };
}
