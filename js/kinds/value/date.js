// @ts-check
/** A date in fields for day, month and year, in the order in which its reader writes them. */
import { h, setAttributes, setText } from "../../base/dom.js";
import { inline, localeOf } from "../../base/text.js";

/** @typedef {"day"|"month"|"year"} DatePart */
/** @typedef {Record<DatePart, string>} DateParts what is in each field, as it was typed */

/** Which fields a date of each precision has, as it is stored. */
const PARTS = /** @type {Record<DatePart, DatePart[]>} */ ({
  day: ["year", "month", "day"],
  month: ["year", "month"],
  year: ["year"],
});
const DIGITS = /** @type {Record<DatePart, number>} */ ({ day: 2, month: 2, year: 4 });

/**
 * The order of day, month and year where a language is spoken.
 *
 * @param {string} language
 * @param {readonly string[]} [preferred] the reader's languages
 * @returns {DatePart[]}
 */
export function dateOrder(language, preferred) {
  const numeric = /** @type {const} */ ({ day: "numeric", month: "numeric", year: "numeric", calendar: "gregory" });
  const order = new Intl.DateTimeFormat(localeOf(language, preferred), numeric)
    .formatToParts(0)
    .map(({ type }) => type);
  return [...PARTS.day].sort((first, second) => order.indexOf(first) - order.indexOf(second));
}

/**
 * A stored date as people write it, with its month in words: of a month or year no more than is known.
 *
 * @param {string} date such as 2024-02-29, 2024-02 or 2024
 * @param {string} language
 */
export function spokenDate(date, language) {
  const given = date.split("-").length;
  const style = /** @type {const} */ ({ year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });
  const shown = { ...style, day: given > 2 ? style.day : undefined, month: given > 1 ? style.month : undefined };
  return new Intl.DateTimeFormat(localeOf(language), shown).format(new Date(date));
}

/**
 * What was typed as a date is stored, such as 2024-02-29, 2024-02 or 2024; nothing where there is no such date.
 *
 * @param {Partial<DateParts>} typed
 * @param {DatePart} precision
 * @returns {string|undefined}
 */
export function toDate(typed, precision) {
  const parts = PARTS[precision].map((part) => (typed[part] ?? "").trim());
  if (!parts.every((part) => /^\d+$/.test(part)) || parts[0].length !== DIGITS.year) return undefined;
  const text = parts.map((part, place) => part.padStart(place ? DIGITS.day : DIGITS.year, "0")).join("-");
  const [year, month = 1, day = 1] = text.split("-").map(Number);
  const moment = new Date(`${text.padEnd(7, "-01").padEnd(10, "-01")}T00:00:00Z`);
  const isThere = moment.getUTCFullYear() === year && moment.getUTCMonth() + 1 === month && moment.getUTCDate() === day;
  return isThere ? text : undefined;
}

/**
 * @param {import("./types.js").ValueHost} host
 * @param {import("../../base/shapes.js").DateField} field
 * @returns {import("./types.js").Control}
 */
export function dateControl({ t, uid, language, signal }, field) {
  const names = { day: t("value.day"), month: t("value.month"), year: t("value.year") };
  const id = uid(`field-${field.id}`);
  const fault = h("p", { class: "cd-fault", id: `${id}-fault`, role: "alert" });
  const boxes = dateOrder(language)
    .filter((part) => PARTS[field.precision].includes(part))
    .map((part) => ({
      part,
      input: h("input", {
        class: "cd-input cd-date-part",
        id: `${id}-${part}`,
        type: "text",
        inputmode: "numeric",
        maxlength: DIGITS[part],
        size: DIGITS[part],
        "data-part": part,
        autocomplete: "off",
      }),
    }));
  const element = h(
    "fieldset",
    { class: "cd-plain-fieldset cd-line cd-date-line" },
    h("legend", { class: "cd-label" }, ...inline(field.label)),
    h(
      "div",
      { class: "cd-date-parts" },
      ...boxes.map(({ part, input }) =>
        h("div", {}, h("label", { class: "cd-hint", for: input.id }, names[part]), input),
      ),
    ),
    fault,
  );
  const typed = () => Object.fromEntries(boxes.map(({ part, input }) => [part, input.value.trim()]));
  const get = () => toDate(typed(), field.precision);
  const say = (/** @type {string} */ said) => {
    setText(fault, said);
    for (const { input } of boxes)
      setAttributes(input, {
        "aria-invalid": said ? "true" : null,
        "aria-errormessage": said ? fault.id : null,
      });
  };
  const check = () => {
    const given = Object.values(typed()).filter(Boolean).length;
    if (given === 0 || get() !== undefined) say("");
    else say(given < boxes.length ? t("value.datePart") : t("value.notDate"));
  };
  element.addEventListener(
    "focusout",
    ({ relatedTarget }) => (relatedTarget instanceof Node && element.contains(relatedTarget) ? undefined : check()),
    { signal },
  );
  element.addEventListener("input", () => fault.textContent && check(), { signal });
  return {
    element,
    get,
    set(value) {
      if (value === get()) return; // a date that is not yet whole stays as it is being typed
      const [year = "", month = "", day = ""] = typeof value === "string" ? value.split("-") : [];
      const stored = { year, month, day };
      for (const { part, input } of boxes) input.value = stored[part];
      say("");
    },
    lock(locked) {
      for (const { input } of boxes) input.readOnly = locked;
    },
  };
}
