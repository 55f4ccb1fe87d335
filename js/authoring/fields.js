// @ts-check
/** Fields of a form: short and long texts, numbers, choices, tick boxes, weights in words. */
import { h, setAttributes, setText } from "../base/dom.js";
import { nameOf } from "./form.js";
import { instruction, isUnwritten } from "./raw.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./raw.js").Path} Path */
/** @typedef {{label: string, hint?: string, optional?: boolean, quiet?: boolean, name?: string}} About label: what is seen, unless quiet; name: what it is called where the label alone would not tell */

/**
 * A control with its label, its hint and the place of its fault.
 *
 * @param {Form} form
 * @param {Path} path
 * @param {HTMLElement} control
 * @param {About & {extra?: HTMLElement|null}} about
 */
export function field(form, path, control, { label, hint, name, extra, optional, quiet }) {
  const id = form.uid(`at-${nameOf(path)}`);
  const hints = [hint ? h("p", { class: "cd-hint", id: `${id}-hint` }, hint) : null, extra ?? null];
  const ids = hints.flatMap((element) => (element ? [element.id] : []));
  const fault = form.register(path, control, ids);
  setAttributes(control, { id, "aria-label": name ?? null });
  return h(
    "div",
    { class: "cd-field" },
    h(
      "label",
      { class: quiet ? "cd-sr" : "cd-label", for: id },
      label,
      optional ? h("span", { class: "cd-optional" }, ` ${form.t("author.optional")}`) : null,
    ),
    ...hints,
    control,
    fault,
  );
}

/** @param {HTMLTextAreaElement} area */
function grow(area) {
  area.style.blockSize = "auto";
  if (area.scrollHeight) area.style.blockSize = `${area.scrollHeight + 4}px`;
}

/** Areas grow once they are in the page. */
const sizes =
  typeof ResizeObserver === "function"
    ? new ResizeObserver((entries) => {
        for (const { target } of entries) {
          const area = /** @type {HTMLTextAreaElement} */ (target);
          const width = String(Math.round(area.getBoundingClientRect().width));
          if (area.dataset.width === width) continue;
          area.dataset.width = width;
          grow(area);
        }
      })
    : undefined;

/**
 * What is to be written in a field: once something is, it's no longer said that it is still to be written.
 *
 * @param {Form} form
 * @param {HTMLElement} element
 * @param {string} stub
 * @param {boolean} isOpen
 */
function showInstruction(form, element, stub, isOpen) {
  const words = instruction(stub) || "…";
  setAttributes(element, { class: isOpen ? "cd-author-todo" : "cd-author-todo cd-author-done" });
  setText(element, isOpen ? form.t("author.todo", { text: words }) : words);
}

/**
 * A text of one line, or one that grows as it is written. If the text is still to be written, the field is
 * empty and its instruction is above it; a field that is emptied again gets its instruction back.
 *
 * @param {Form} form
 * @param {Path} path
 * @param {About & {long?: boolean, rows?: number, after?: (text: string) => void, read?: (value: any) => string, write?: (text: string) => unknown}} about read, write: for a field that holds something else in the file
 */
export function text(form, path, about) {
  const { read = (value) => String(value ?? ""), write = (/** @type {string} */ value) => value } = about;
  const given = read(form.get(path));
  const stub = isUnwritten(given) ? given : "";
  const { long = false, rows = 2 } = about;
  const control = long
    ? h("textarea", { class: "cd-input cd-author-area", rows, dir: "auto" })
    : h("input", { class: "cd-input", type: "text", dir: "auto", autocomplete: "off" });
  control.value = stub ? "" : given;
  const id = form.uid(`todo-${nameOf(path)}`);
  const extra = stub ? h("p", { id }) : null;
  if (extra) showInstruction(form, extra, stub, true);
  control.addEventListener("input", () => {
    const value = control.value;
    const empty = about.optional && !stub ? undefined : stub;
    form.set(path, value.trim() ? write(value) : empty);
    if (extra) showInstruction(form, extra, stub, !value.trim());
    if (control instanceof HTMLTextAreaElement) grow(control);
    about.after?.(value);
  });
  if (control instanceof HTMLTextAreaElement) sizes?.observe(control);
  return field(form, path, control, { ...about, extra });
}

/**
 * @param {Form} form
 * @param {Path} path
 * @param {Parameters<typeof text>[2]} about
 */
export const longText = (form, path, about) => text(form, path, { ...about, long: true });

/**
 * @param {Form} form
 * @param {Path} path
 * @param {About & {min?: number, max?: number, step?: number|"any", fallback?: number}} about fallback: what holds where the file says nothing
 */
export function number(form, path, about) {
  const { min, max, step = "any", fallback } = about;
  const control = h("input", { class: "cd-input cd-author-number", type: "number", min, max, step });
  control.value = String(form.get(path) ?? fallback ?? "");
  control.addEventListener("input", () => {
    const value = control.value === "" ? Number.NaN : Number(control.value);
    form.set(path, Number.isNaN(value) ? undefined : value);
  });
  return field(form, path, control, about);
}

/**
 * @param {Form} form
 * @param {Path} path
 * @param {About & {options: {value: string, text: string}[], fallback?: string, value?: string, act?: (value: string) => void}} about value: what is chosen, where that is not what the path has
 */
export function select(form, path, about) {
  const { options, fallback = "" } = about;
  const value = about.value ?? String(form.get(path) ?? fallback);
  const control = h("select", { class: "cd-input cd-select" });
  const known = options.some((option) => option.value === value) ? options : [{ value, text: value }, ...options];
  control.append(...known.map((option) => h("option", { value: option.value }, option.text)));
  control.value = value;
  control.addEventListener("change", () => {
    if (about.act) about.act(control.value);
    else form.set(path, control.value === "" ? undefined : control.value);
  });
  return field(form, path, control, about);
}

/**
 * @param {Form} form
 * @param {Path} path
 * @param {About & {fallback?: boolean, value?: boolean, act?: (value: boolean) => void}} about
 */
export function tick(form, path, about) {
  const { fallback = false } = about;
  const id = form.uid(`at-${nameOf(path)}`);
  const control = h("input", { class: "cd-tick", type: "checkbox", id, "aria-label": about.name });
  control.checked = about.value ?? Boolean(form.get(path) ?? fallback);
  control.addEventListener("change", () => {
    if (about.act) about.act(control.checked);
    else form.set(path, control.checked === fallback ? undefined : control.checked);
  });
  const hint = about.hint ? h("p", { class: "cd-hint", id: `${id}-hint` }, about.hint) : null;
  const fault = form.register(path, control, hint ? [hint.id] : []);
  return h(
    "div",
    { class: "cd-field" },
    h("label", { class: "cd-author-tick", for: id }, control, h("span", {}, about.label)),
    hint,
    fault,
  );
}

/**
 * Ticks for the things that a list names.
 *
 * @param {Form} form
 * @param {Path} path to the list of ids
 * @param {{label: string, hint?: string, options: {value: string, text: string}[], act?: () => void}} about
 */
export function ticks(form, path, { label, hint, options, act }) {
  const chosen = () => /** @type {string[]} */ (form.get(path) ?? []);
  const set = h("fieldset", { class: "cd-author-set", tabindex: -1 });
  const fault = form.register(path, set);
  const chosenFirst = [...options].sort((a, b) => +chosen().includes(b.value) - +chosen().includes(a.value));
  const rows = chosenFirst.map(({ value, text: words }) => {
    const control = h("input", { class: "cd-tick", type: "checkbox", value });
    control.checked = chosen().includes(value);
    control.addEventListener("change", () => {
      const others = chosen().filter((name) => name !== value);
      const all = control.checked ? [...others, value] : others;
      form.set(path, all.length ? all : undefined);
      act?.();
    });
    return h("label", { class: "cd-author-tick" }, control, h("span", {}, words));
  });
  set.append(
    h("legend", { class: "cd-label" }, label),
    ...(hint ? [h("p", { class: "cd-hint" }, hint)] : []),
    h("div", { class: "cd-author-ticks" }, ...rows),
    fault,
  );
  return set;
}

const IN_WORDS = [1, 0.5, 0];

/**
 * How good an answer is, in words; any number on request.
 *
 * @param {Form} form
 * @param {Path} path
 * @param {{label?: string, name?: string, fallback?: number}} about fallback: what holds where the file says nothing
 */
export function weight(form, path, { label = form.t("author.weight"), name, fallback }) {
  const { t } = form;
  const given = Number(form.get(path) ?? fallback ?? 0);
  const isOther = !IN_WORDS.includes(given);
  const choice = h(
    "select",
    { class: "cd-input cd-select" },
    h("option", { value: "1" }, t("author.weight.right")),
    h("option", { value: "0.5" }, t("author.weight.defensible")),
    h("option", { value: "0" }, t("author.weight.wrong")),
    h("option", { value: "other" }, t("author.weight.other")),
  );
  choice.value = isOther ? "other" : String(given);
  const exact = h("input", {
    class: "cd-input cd-author-number",
    type: "number",
    min: 0,
    max: 1,
    step: "any",
    "aria-label": t("author.weight.number", { name: name ?? label }),
    hidden: !isOther,
  });
  exact.value = String(given);
  const put = (/** @type {number} */ value) => form.set(path, value === fallback ? undefined : value);
  choice.addEventListener("change", () => {
    exact.hidden = choice.value !== "other";
    if (exact.hidden) put(Number(choice.value));
    else exact.focus();
  });
  exact.addEventListener("input", () => exact.value !== "" && put(Number(exact.value)));
  const whole = field(form, path, choice, { label, name });
  whole.insertBefore(exact, whole.lastChild);
  return whole;
}

/**
 * A part of a form that is folded at first.
 *
 * @param {string} at its name, by which it stays open when the form is drawn again
 * @param {string} summary
 * @param {...(Node|null)} content
 */
export const folded = (at, summary, ...content) =>
  h("details", { class: "cd-details cd-author-more", "data-at": at }, h("summary", {}, summary), ...content);
