// @ts-check
/** The fields of a value task: a line for a number, a date or a text, rows for a table, with a chart of them. */
import { h, hasFocus } from "../../base/dom.js";
import { chip, foldedParts, resultPart, resultParts, toneOf } from "../../base/result.js";
import { inline } from "../../base/text.js";
import { barChart } from "./chart.js";
import { dateControl, spokenDate } from "./date.js";
import { fieldCredit } from "./scoring.js";
import style from "./style.css";

export { style };

/** @typedef {import("../../base/shapes.js").ValueTask} ValueTask */
/** @typedef {import("../../base/shapes.js").ValueResponse} ValueResponse */
/** @typedef {import("../../base/shapes.js").ValueField} ValueField */
/** @typedef {import("../../base/shapes.js").FieldKey} FieldKey */
/** @typedef {import("../../base/shapes.js").FieldValue} FieldValue */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {import("./types.js").ValueHost} ValueHost */
/** @typedef {import("./types.js").Control} Control */

const MOST_CHARACTERS = 4000;

/**
 * @param {ValueHost} host
 * @returns {import("../../base/types.js").Part<ValueResponse>}
 */
export function render(host) {
  const { task, t } = host;
  /** @type {{field: ValueField, control: Control, element: HTMLElement, note: HTMLElement|null}[]} */
  const lines = task.fields.map((field) => {
    const control = controlFor(host, field);
    return { field, control, element: h("div", { class: "cd-field" }, control.element), note: null };
  });
  const charts = task.fields.flatMap((field) =>
    field.type === "table" && Object.keys(field.chart).length
      ? [{ field, element: h("div", { class: "cd-chart" }) }]
      : [],
  );
  const element = h(
    "div",
    { class: "cd-value" },
    ...lines.flatMap(({ field, element: line }) => [
      line,
      ...charts.filter((chart) => chart.field === field).map((chart) => chart.element),
    ]),
  );

  const values = () =>
    Object.fromEntries(
      lines.flatMap(({ field, control }) =>
        control.get() === undefined ? [] : [[field.id, /** @type {FieldValue} */ (control.get())]],
      ),
    );
  const draw = () => {
    const given = values();
    for (const { field, element: box } of charts) {
      const text = (/** @type {string|undefined} */ id) =>
        id !== undefined && typeof given[id] === "string" ? given[id] : "";
      const numbers = given[field.id];
      const bars = field.rows.map((label) => ({
        label,
        value: typeof numbers === "object" && Object.hasOwn(numbers, label) ? numbers[label] : null,
      }));
      const zoom = Number.parseFloat(getComputedStyle(box).fontSize) / 16 || 1; // larger text, fewer units across
      box.replaceChildren(
        barChart(t, {
          bars,
          title: text(field.chart.title),
          xLabel: text(field.chart.x_label),
          yLabel: text(field.chart.y_label),
          width: box.clientWidth / zoom,
        }),
      );
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

  const report = h("div", { class: "cd-report" });
  return {
    element,
    report,
    show(response, checked) {
      /** @type {HTMLElement[]} */
      const now = [];
      /** @type {HTMLElement[]} */
      const later = [];
      for (const line of lines) {
        line.control.set(
          response && Object.hasOwn(response.values, line.field.id) ? response.values[line.field.id] : undefined,
        );
        line.control.lock(checked);
        line.note?.remove();
        line.note = null;
        if (!checked || !task.key) continue;
        const entry = task.key.fields[line.field.id];
        const credit = fieldCredit(entry, line.control.get());
        const [tone, drawing] = toneOf(credit);
        const said = credit >= 1 ? t("value.right") : credit > 0 ? t("value.partly") : t("value.wrong");
        line.note = h("p", { class: "cd-chips" }, chip(tone, drawing, said));
        line.element.append(line.note);
        const name = h("span", {}, ...inline(line.field.label));
        if (credit < 1) {
          const reference = chip("plain", "left", t("reference", { what: referenceText(host, entry) }));
          now.push(resultPart(name, [chip(tone, drawing, said), reference], entry.why));
        } else later.push(resultPart(name, [], entry.why));
      }
      const rest = foldedParts(t("result.agreed", { count: later.length }), later);
      report.replaceChildren(...[resultParts(now), rest].filter((part) => part !== null));
      draw();
    },
  };
}

/**
 * @param {ValueHost} host
 * @param {FieldKey} entry
 */
function referenceText({ t, language }, entry) {
  if (entry.type === "date") return spokenDate(entry.value, language);
  if (entry.type === "table")
    return Object.entries(entry.values)
      .map(([row, value]) => t("value.row", { row, value }))
      .join("; ");
  return entry.type === "text" ? entry.example : String(entry.value);
}

/**
 * @param {ValueHost} host
 * @param {ValueField} field
 * @returns {Control}
 */
function controlFor(host, field) {
  if (field.type === "table") return tableControl(host, field);
  return field.type === "date" ? dateControl(host, field) : lineControl(host, field);
}

/**
 * @param {ValueHost} host
 * @param {import("../../base/shapes.js").NumberField|import("../../base/shapes.js").TextField} field
 * @returns {Control}
 */
function lineControl({ t, uid, signal }, field) {
  const id = uid(`field-${field.id}`);
  const hint = field.type === "number" ? field.unit && t("value.unit", { unit: field.unit }) : field.note;
  const attributes = {
    class: `cd-input cd-${field.type}`,
    id,
    "aria-describedby": hint ? `${id}-hint` : null,
    autocomplete: "off",
  };
  const number = h("input", { ...attributes, type: "number", step: "any", inputmode: "decimal" });
  const text = h("textarea", { ...attributes, rows: 1, maxlength: MOST_CHARACTERS }); // it grows with what is written
  const input = field.type === "number" ? number : text;
  const fault = h("p", { class: "cd-fault", id: `${id}-fault`, role: "alert" });
  const element = h(
    "div",
    { class: "cd-line" },
    h("label", { class: "cd-label", for: id }, ...inline(field.label)),
    h(
      "div",
      { class: "cd-line-box" },
      input,
      hint ? h("span", { class: "cd-hint", id: `${id}-hint` }, ...inline(hint)) : null,
    ),
    fault,
  );
  const problem = () => {
    if (
      field.type === "number" &&
      (number.validity.badInput || (number.value !== "" && !Number.isFinite(number.valueAsNumber)))
    )
      return t("value.notNumber");
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
      return field.type === "number" ? number.valueAsNumber : input.value.replace(/\s*\n\s*/gu, " ");
    },
    set(value) {
      const written = value === undefined || typeof value === "object" ? "" : String(value);
      if (!(hasFocus(input) && (written === "" || written === this.get()))) input.value = written;
    },
    lock(locked) {
      input.readOnly = locked;
    },
  };
}

/**
 * @param {ValueHost} host
 * @param {import("../../base/shapes.js").TableField} field
 * @returns {Control}
 */
function tableControl({ uid }, field) {
  const head = uid(`field-${field.id}-value`);
  const inputs = field.rows.map((_, place) =>
    h("input", {
      class: "cd-input cd-number",
      type: "number",
      step: "any",
      inputmode: "decimal",
      autocomplete: "off",
      "aria-labelledby": `${uid(`field-${field.id}-${place}`)} ${head}`,
    }),
  );
  const element = h(
    "table",
    { class: "cd-table" },
    h("caption", {}, ...inline(field.label)),
    h(
      "thead",
      {},
      h("tr", {}, h("th", { scope: "col" }, field.row_label), h("th", { scope: "col", id: head }, field.value_label)),
    ),
    h(
      "tbody",
      {},
      ...field.rows.map((row, place) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", id: uid(`field-${field.id}-${place}`) }, ...inline(row)),
          h("td", {}, inputs[place]),
        ),
      ),
    ),
  );
  return {
    element,
    get() {
      const filled = field.rows.flatMap((row, place) =>
        inputs[place].value !== "" && Number.isFinite(inputs[place].valueAsNumber)
          ? [[row, inputs[place].valueAsNumber]]
          : [],
      );
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
