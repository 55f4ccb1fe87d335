// @ts-check
/** The rows of a sort: a class is picked for each item, in columns or from a list. */
import { h } from "../../base/dom.js";
import { inputGroup } from "../../base/panel.js";
import { chip, foldedParts, mineChip, resultPart, resultParts, toneOf } from "../../base/result.js";
import { inline, withLine } from "../../base/text.js";
import { weightOf } from "./scoring.js";
import style from "./style.css";

export { style };

/** @typedef {import("../../base/shapes.js").SortTask} SortTask */
/** @typedef {import("../../base/shapes.js").SortResponse} SortResponse */

/** Up to this many classes are side by side as radio buttons; more become a list to choose from. */
const MOST_COLUMNS = 6;

/**
 * @param {import("../../base/types.js").Host<SortTask, SortResponse>} host
 * @returns {import("../../base/types.js").Part<SortResponse>}
 */
export function render(host) {
  const { task, t, uid } = host;
  const short = task.classes.length <= MOST_COLUMNS;
  const hasLines = Object.keys(host.lines ?? {}).length > 0;
  const wide = short && !hasLines; // a line needs the whole width for itself
  /** @type {Record<string, string>} */
  let placed = {};
  const lines = task.items.map((item) => {
    const text = h("span", { class: "cd-sort-text", id: uid(`item-${item.id}`) }, ...withLine(item, host.lines));
    const control = short ? radios(host, item.id, text.id) : select(host, item.id, text.id);
    const element = h("div", { class: "cd-sort-row" }, text, control.element);
    return { item, element, control, note: /** @type {HTMLElement|null} */ (null) };
  });
  const notes = task.classes.some(({ note }) => note)
    ? h(
        "dl",
        { class: "cd-classes" },
        ...task.classes
          .filter(({ note }) => note)
          .map((entry) => h("div", {}, h("dt", {}, entry.text), h("dd", {}, ...inline(entry.note)))),
      )
    : null;
  const head = wide
    ? h(
        "div",
        { class: "cd-sort-head", "aria-hidden": "true" },
        h("span", {}),
        h("div", { class: "cd-sort-cells" }, ...task.classes.map((entry) => h("span", {}, entry.text))),
      )
    : null;
  const legend = h("legend", { class: "cd-legend" }, t("sort.instruction"));
  const rows = h(
    "div",
    { class: wide ? "cd-sort cd-sort-wide" : short ? "cd-sort cd-sort-lines" : "cd-sort" },
    head,
    ...lines.map((line) => line.element),
  );
  const longest = Math.max(...task.classes.flatMap(({ text }) => text.split(/\s+/)).map((word) => word.length));
  rows.style.setProperty("--cd-columns", String(task.classes.length));
  rows.style.setProperty("--cd-longest-word", String(longest));
  const element = inputGroup(legend, notes, rows);
  element.addEventListener(
    "change",
    () => {
      placed = {};
      for (const { item, control } of lines) if (control.value()) placed[item.id] = control.value();
      host.change({ kind: "sort", placed: { ...placed } });
    },
    { signal: host.signal },
  );

  const report = h("div", { class: "cd-report" });
  return {
    element,
    report,
    show(response, checked) {
      element.disabled = checked;
      placed = { ...response?.placed };
      /** @type {HTMLElement[]} */
      const now = [];
      /** @type {HTMLElement[]} */
      const later = [];
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
        const reference = task.classes
          .filter(({ id }) => weightOf(weights, id) === 1)
          .map(({ text }) => text)
          .join(", ");
        const name = h("span", {}, ...withLine(line.item, host.lines));
        const yours = mineChip(t("yours", { what: names[mine] ?? t("sort.none") }));
        if (credit < 1)
          now.push(resultPart(name, [yours, chip("plain", "left", t("reference", { what: reference }))], why));
        else later.push(resultPart(name, [yours], why));
        line.note = h("p", { class: "cd-chips" }, chip(tone, drawing, said));
        line.element.append(line.note);
        line.element.dataset.tone = tone;
      }
      const rest = foldedParts(t("result.agreed", { count: later.length }), later);
      report.replaceChildren(...[resultParts(now), rest].filter((part) => part !== null));
    },
  };
}

/**
 * @param {import("../../base/types.js").Host<SortTask, SortResponse>} host
 * @param {string} item
 * @param {string} labelId
 */
function radios({ task, uid }, item, labelId) {
  const inputs = task.classes.map((entry) =>
    h("input", { type: "radio", class: "cd-tick", name: uid(`sort-${item}`), value: entry.id }),
  );
  const element = h(
    "div",
    { class: "cd-sort-cells", role: "radiogroup", "aria-labelledby": labelId },
    ...inputs.map((input, place) =>
      h("label", { class: "cd-sort-cell" }, input, h("span", {}, task.classes[place].text)),
    ),
  );
  return {
    element,
    value: () => inputs.find((input) => input.checked)?.value ?? "",
    set: (/** @type {string} */ name) => inputs.forEach((input) => (input.checked = input.value === name)),
  };
}

/**
 * @param {import("../../base/types.js").Host<SortTask, SortResponse>} host
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
  return {
    element,
    value: () => element.value,
    set(/** @type {string} */ name) {
      element.value = name;
    },
  };
}
