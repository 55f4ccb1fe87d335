// @ts-check
/** Value: numbers, dates, short texts and tables, typed or recorded from code. */
import { barChart } from "../chart.js";
import { h, hasFocus } from "../dom.js";
import { aboveChance, isBlank, isRecord, scored, sum, unanswered } from "../scoring.js";
import { inline, words } from "../text.js";
import { chip, toneOf, verdict } from "../verdict.js";

/** @typedef {import("../types.js").ValueTask} ValueTask */
/** @typedef {import("../types.js").ValueKey} ValueKey */
/** @typedef {import("../types.js").ValueResponse} ValueResponse */
/** @typedef {import("../types.js").ValueField} ValueField */
/** @typedef {import("../types.js").FieldKey} FieldKey */
/** @typedef {import("../types.js").FieldValue} FieldValue */
/** @typedef {import("../types.js").Speak} Speak */
/** @typedef {import("../types.js").Host<ValueTask, ValueResponse>} ValueHost */
/** @typedef {{element: HTMLElement, get: () => FieldValue|undefined, set: (value: FieldValue|undefined) => void, lock: (locked: boolean) => void}} Control */

const MOST_CHARACTERS = 4000;

/** @param {any} value @returns {value is ValueResponse} */
export const isResponse = (value) =>
  isRecord(value.values) && Object.values(value.values).every((given) => typeof given === "string" || isNumber(given) || (isRecord(given) && Object.values(given).every(isNumber)));

/** @param {unknown} value */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** @param {FieldValue|undefined} given */
const isFilled = (given) => (typeof given === "string" ? !isBlank(given) : typeof given === "object" ? Object.keys(given).length > 0 : given !== undefined);

/** @type {ValueResponse} */
export const empty = { kind: "value", values: {} };

/** @param {ValueResponse} response */
export const isEmpty = (response) => !Object.values(response.values).some(isFilled);

/**
 * @param {ValueTask} task
 * @param {ValueResponse|null} response
 */
export function complete(task, response) {
  const done = task.fields.filter((field) => {
    const given = response && Object.hasOwn(response.values, field.id) ? response.values[field.id] : undefined;
    if (field.type !== "table") return isFilled(given);
    return isRecord(given) && field.rows.every((row) => Object.hasOwn(given, row));
  });
  return { done: done.length, of: task.fields.length };
}

/**
 * The mean credit of the fields, weighted by their shares.
 *
 * @param {ValueTask} task
 * @param {ValueKey} key
 * @param {ValueResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return unanswered();
  const parts = task.fields.map(({ id }) => {
    const entry = key.fields[id];
    return { part: id, credit: fieldCredit(entry, Object.hasOwn(response.values, id) ? response.values[id] : undefined) };
  });
  const shares = task.fields.map(({ id }) => key.fields[id].share);
  return scored(sum(parts.map(({ credit }, place) => shares[place] * credit)) / sum(shares), parts);
}

/**
 * A number as it reads: its digits, and how many of them stand behind the point.
 *
 * @param {number} number
 */
function asWritten(number) {
  const [, whole, part = "", power = "0"] = /** @type {string[]} */ (/^(-?\d+)(?:\.(\d+))?(?:e(.+))?$/.exec(String(number)));
  return { digits: BigInt(whole + part), places: part.length - Number(power) };
}

/**
 * Whether a number is no further from a value than the tolerance, all three as they read: 26.3 is within 26.2, up to
 * 0.1 more or less, though the difference of the two floats is above 0.1.
 *
 * @param {number} given
 * @param {number} value
 * @param {number} tolerance
 */
export function isWithin(given, value, tolerance) {
  const read = [given, value, tolerance].map(asWritten);
  const most = Math.max(...read.map(({ places }) => places));
  const [mine, wanted, apart] = read.map(({ digits, places }) => digits * 10n ** BigInt(most - places));
  return mine - wanted <= apart && wanted - mine <= apart;
}

/**
 * @param {FieldKey} entry
 * @param {FieldValue|undefined} given
 */
export function fieldCredit(entry, given) {
  if (entry.type === "table") return typeof given === "object" ? tableCredit(entry, given) : 0;
  if (entry.type === "number") return Number(typeof given === "number" && isWithin(given, entry.value, entry.tolerance));
  if (typeof given !== "string") return 0;
  return entry.type === "date" ? Number(given === entry.value) : textCredit(entry, given);
}

/** Lower case that joins what differs in writing only (the sharp s, the final sigma). @param {string} text */
const fold = (text) => text.toUpperCase().toLowerCase().replaceAll("ς", "σ");

/**
 * 1 for enough different words and one word or phrase of each group, else 0.
 *
 * @param {FieldKey & {type: "text"}} entry
 * @param {string} given
 */
function textCredit(entry, given) {
  const folded = fold(given);
  if (new Set(words(folded)).size < entry.min_words) return 0;
  const stands = (/** @type {string} */ phrase) => new RegExp(`(?<![\\p{L}\\p{N}])${fold(phrase).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "u").test(folded);
  return entry.mentions.every((group) => group.some(stands)) ? 1 : 0;
}

/**
 * The share of right rows, above the share that the commonest value in every row would earn.
 *
 * @param {FieldKey & {type: "table"}} entry
 * @param {Record<string, number>} given
 */
function tableCredit(entry, given) {
  const expected = Object.entries(entry.values);
  const rows = new Set([...Object.keys(entry.values), ...Object.keys(given)]).size;
  const right = expected.filter(([row, value]) => Object.hasOwn(given, row) && isWithin(given[row], value, entry.tolerance)).length;
  /** @type {Map<number, number>} */
  const times = new Map();
  for (const [, value] of expected) times.set(value, (times.get(value) ?? 0) + 1);
  const chance = Math.max(...times.values()) / expected.length;
  return chance < 1 ? aboveChance(right / rows, chance, 1) : Number(right === rows);
}

/**
 * @param {Speak} t
 * @param {import("../types.js").Progress} progress
 */
export const left = (t, progress) => t("value.left", { done: progress.done, of: progress.of, count: progress.of });

/**
 * @param {Speak} t
 * @param {ValueTask} task
 * @param {ValueKey} key
 * @param {ValueResponse} response
 */
export function summary(t, task, key, response) {
  const { parts } = score(task, key, response);
  return t("value.result", { right: parts.filter(({ credit }) => credit === 1).length, of: parts.length, count: parts.length });
}

/**
 * @param {ValueHost} host
 * @returns {import("../types.js").Part<ValueResponse>}
 */
export function render(host) {
  const { task, t } = host;
  /** @type {{field: ValueField, control: Control, element: HTMLElement, note: HTMLElement|null}[]} */
  const lines = task.fields.map((field) => {
    const control = field.type === "table" ? tableControl(host, field) : lineControl(host, field);
    return { field, control, element: h("div", { class: "cd-field" }, control.element), note: null };
  });
  const charts = task.fields.flatMap((field) => (field.type === "table" && Object.keys(field.chart).length ? [{ field, element: h("div", { class: "cd-chart" }) }] : []));
  const element = h(
    "div",
    { class: "cd-value", role: "group", "aria-labelledby": host.headingId, "aria-describedby": host.promptId },
    ...lines.flatMap(({ field, element: line }) => [line, ...charts.filter((chart) => chart.field === field).map((chart) => chart.element)]),
  );

  const values = () => Object.fromEntries(lines.flatMap(({ field, control }) => (control.get() === undefined ? [] : [[field.id, /** @type {FieldValue} */ (control.get())]])));
  const draw = () => {
    const given = values();
    for (const { field, element: box } of charts) {
      const text = (/** @type {string|undefined} */ id) => (id !== undefined && typeof given[id] === "string" ? given[id] : "");
      const numbers = given[field.id];
      const bars = field.rows.map((label) => ({ label, value: typeof numbers === "object" && Object.hasOwn(numbers, label) ? numbers[label] : null }));
      const zoom = Number.parseFloat(getComputedStyle(box).fontSize) / 16 || 1; // larger text, fewer units across
      box.replaceChildren(barChart(t, { bars, title: text(field.chart.title), xLabel: text(field.chart.x_label), yLabel: text(field.chart.y_label), width: box.clientWidth / zoom }));
    }
  };
  element.addEventListener(
    "input",
    () => {
      draw();
      host.change({ kind: "value", values: values() }, { soon: true });
    },
    { signal: host.signal },
  );
  element.addEventListener("focusout", () => host.flush(), { signal: host.signal });
  if (charts.length && typeof ResizeObserver === "function") {
    let width = 0;
    const observer = new ResizeObserver(([entry]) => {
      if (Math.abs(entry.contentRect.width - width) < 8) return;
      width = entry.contentRect.width;
      draw();
    });
    observer.observe(charts[0].element);
    host.signal.addEventListener("abort", () => observer.disconnect());
  }

  return {
    element,
    show(response, checked) {
      for (const line of lines) {
        line.control.set(response && Object.hasOwn(response.values, line.field.id) ? response.values[line.field.id] : undefined);
        line.control.lock(checked);
        line.note?.remove();
        line.note = null;
        if (!checked || !task.key) continue;
        const entry = task.key.fields[line.field.id];
        const credit = fieldCredit(entry, line.control.get());
        const [tone, drawing] = toneOf(credit);
        const chips = [chip(tone, drawing, credit >= 1 ? t("value.right") : credit > 0 ? t("value.partly") : t("value.wrong"))];
        if (credit < 1) chips.push(chip("plain", "left", t("reference", { what: expected(t, entry) })));
        line.note = verdict(chips, entry.why);
        line.element.append(line.note);
      }
      draw();
    },
  };
}

/**
 * @param {Speak} t
 * @param {FieldKey} entry
 */
function expected(t, entry) {
  if (entry.type === "table") return Object.entries(entry.values).map(([row, value]) => t("value.row", { row, value })).join("; ");
  return entry.type === "text" ? entry.example : String(entry.value);
}

/**
 * @param {ValueHost} host
 * @param {import("../types.js").NumberField|import("../types.js").DateField|import("../types.js").TextField} field
 * @returns {Control}
 */
function lineControl({ t, uid, signal }, field) {
  const id = uid(`field-${field.id}`);
  const hint = field.type === "number" ? field.unit && t("value.unit", { unit: field.unit }) : field.type === "text" ? field.note : { day: t("value.day"), month: t("value.month"), year: t("value.year") }[field.precision];
  const input = h("input", { class: `cd-input cd-${field.type}`, id, "aria-describedby": hint ? `${id}-hint` : null, autocomplete: "off", ...inputKind(field) });
  const fault = h("p", { class: "cd-fault", id: `${id}-fault`, role: "alert" });
  const element = h(
    "div",
    { class: "cd-line" },
    h("label", { class: "cd-label", for: id }, ...inline(field.label)),
    h("div", { class: "cd-line-box" }, input, hint ? h("span", { class: "cd-hint", id: `${id}-hint` }, ...inline(hint)) : null),
    fault,
  );
  const problem = () => {
    if (field.type === "number" && (input.validity.badInput || (input.value !== "" && !Number.isFinite(input.valueAsNumber)))) return t("value.notNumber");
    if (field.type === "date" && (input.validity.badInput || (input.value !== "" && !isDate(input.value.trim(), field.precision)))) return t("value.notDate");
    return "";
  };
  const check = () => {
    const said = problem();
    if (fault.textContent !== said) fault.textContent = said;
    if (said) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (said) input.setAttribute("aria-errormessage", fault.id);
    else input.removeAttribute("aria-errormessage");
  };
  input.addEventListener("change", check, { signal });
  input.addEventListener("input", () => input.hasAttribute("aria-invalid") && check(), { signal });
  return {
    element,
    get() {
      if (input.value.trim() === "" || problem()) return undefined;
      if (field.type === "number") return input.valueAsNumber;
      return field.type === "date" ? input.value.trim() : input.value;
    },
    set(value) {
      const text = value === undefined || typeof value === "object" ? "" : String(value);
      if (input.value !== text && !(hasFocus(input) && text === "")) input.value = text;
    },
    lock: (locked) => void (input.readOnly = locked),
  };
}

/**
 * @param {ValueField} field
 * @returns {Record<string, string|number>}
 */
function inputKind(field) {
  if (field.type === "number") return { type: "number", step: "any", inputmode: "decimal" };
  if (field.type === "text") return { type: "text", maxlength: MOST_CHARACTERS };
  if (field.type === "date" && field.precision === "day") return { type: "date" };
  return { type: "text", inputmode: "numeric", maxlength: 7 };
}

/**
 * @param {string} text
 * @param {"day"|"month"|"year"} precision
 */
export const isDate = (text, precision) => ({ day: /^\d{4}-\d\d-\d\d$/, month: /^\d{4}-(0[1-9]|1[0-2])$/, year: /^\d{4}$/ })[precision].test(text);

/**
 * @param {ValueHost} host
 * @param {import("../types.js").TableField} field
 * @returns {Control}
 */
function tableControl({ uid }, field) {
  const head = uid(`field-${field.id}-value`);
  const inputs = field.rows.map((_, place) => h("input", { class: "cd-input cd-number", type: "number", step: "any", inputmode: "decimal", autocomplete: "off", "aria-labelledby": `${uid(`field-${field.id}-${place}`)} ${head}` }));
  const element = h(
    "table",
    { class: "cd-table" },
    h("caption", {}, ...inline(field.label)),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, field.row_label), h("th", { scope: "col", id: head }, field.value_label))),
    h("tbody", {}, ...field.rows.map((row, place) => h("tr", {}, h("th", { scope: "row", id: uid(`field-${field.id}-${place}`) }, ...inline(row)), h("td", {}, inputs[place])))),
  );
  return {
    element,
    get() {
      const filled = field.rows.flatMap((row, place) => (inputs[place].value !== "" && Number.isFinite(inputs[place].valueAsNumber) ? [[row, inputs[place].valueAsNumber]] : []));
      return filled.length ? Object.fromEntries(filled) : undefined;
    },
    set(value) {
      field.rows.forEach((row, place) => {
        const text = typeof value === "object" && Object.hasOwn(value, row) ? String(value[row]) : "";
        if (inputs[place].value !== text && !(hasFocus(inputs[place]) && text === "")) inputs[place].value = text;
      });
    },
    lock: (locked) => inputs.forEach((input) => (input.readOnly = locked)),
  };
}
