// @ts-check
/** The form of a value task: fields for numbers, dates, short texts and tables, each with its answer. */
import { head, more, note, why } from "../common.js";
import { longText, number, select, text } from "../fields.js";
import { list } from "../lists.js";
import { idsOf, listAt, newId, putAt, unwritten } from "../raw.js";
import { anything } from "./any.js";

/** @typedef {import("../form.js").Form} Form */

const TYPES = ["number", "date", "text"];

/**
 * A field's answer when it is new or has become another type of field.
 *
 * @param {string} type
 * @param {{why: string, example: string}} stubs
 */
export function emptyKey(type, stubs) {
  if (type === "number") return { type, value: 0, why: stubs.why };
  if (type === "date") return { type, value: "2000-01-01", why: stubs.why };
  return { type, example: stubs.example, why: stubs.why };
}

/**
 * Make a field of another type; its label, its share and its explanation stay.
 *
 * @param {any} entry
 * @param {number} place
 * @param {string} type
 * @param {{why: string, example: string}} stubs
 */
export function changeType(entry, place, type, stubs) {
  const { id, label } = entry.fields[place];
  entry.fields[place] = { type, id, label };
  const { share, why: reason } = entry.key?.fields?.[id] ?? {};
  const key = { ...emptyKey(type, stubs), ...(reason === undefined ? {} : { why: reason }) };
  putAt(entry, ["key", "fields", id], share === undefined ? key : { ...key, share });
}

/**
 * Words as a list of lists: a line for each group, commas between words that will do as well.
 *
 * @param {string} lines
 * @returns {string[][]|undefined}
 */
export function mentionsOf(lines) {
  const groups = lines
    .split("\n")
    .map((line) =>
      line
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    )
    .filter((group) => group.length);
  return groups.length ? groups : undefined;
}

/** @param {Form} form @param {import("../raw.js").Path} at @param {string} id @param {string} name */
function numberParts(form, at, id, name) {
  const { t } = form;
  return [
    text(form, [...at, "unit"], {
      label: t("author.value.unit"),
      name: t("author.value.unitOf", { name }),
      optional: true,
    }),
    number(form, ["key", "fields", id, "value"], {
      label: t("author.value.answer"),
      name: t("author.value.answerOf", { name }),
    }),
    number(form, ["key", "fields", id, "tolerance"], {
      label: t("author.value.tolerance"),
      name: t("author.value.toleranceOf", { name }),
      min: 0,
      fallback: 0,
    }),
  ];
}

/** @param {Form} form @param {import("../raw.js").Path} at @param {string} id @param {string} name */
function dateParts(form, at, id, name) {
  const { t } = form;
  return [
    select(form, [...at, "precision"], {
      label: t("author.value.precision"),
      name: t("author.value.precisionOf", { name }),
      fallback: "day",
      options: [
        { value: "day", text: t("author.value.day") },
        { value: "month", text: t("author.value.month") },
        { value: "year", text: t("author.value.year") },
      ],
    }),
    text(form, ["key", "fields", id, "value"], {
      label: t("author.value.answer"),
      name: t("author.value.answerOf", { name }),
      hint: t("author.value.date"),
    }),
  ];
}

/** @param {Form} form @param {import("../raw.js").Path} at @param {string} id @param {string} name */
function textParts(form, at, id, name) {
  const { t } = form;
  const key = ["key", "fields", id];
  return [
    note(form, at, name),
    longText(form, [...key, "example"], {
      label: t("author.value.example"),
      name: t("author.value.exampleOf", { name }),
    }),
    number(form, [...key, "min_words"], {
      label: t("author.value.leastWords"),
      name: t("author.value.leastWordsOf", { name }),
      min: 1,
      step: 1,
      fallback: 1,
    }),
    longText(form, [...key, "mentions"], {
      label: t("author.value.mentions"),
      name: t("author.value.mentionsOf", { name }),
      hint: t("author.value.mentions.hint"),
      optional: true,
      read: (groups) => (groups ?? []).map((/** @type {string[]} */ group) => group.join(", ")).join("\n"),
      write: mentionsOf,
    }),
  ];
}

/** @type {Record<string, typeof numberParts>} */
const PARTS = { number: numberParts, date: dateParts, text: textParts };

/** @param {Form} form */
export function draw(form) {
  const { t, entry } = form;
  const fields = /** @type {any[]} */ (entry.fields ?? []);
  const stubs = { why: unwritten(t("author.stub.why")), example: unwritten(t("author.stub.example")) };
  return [
    ...head(form),
    list(form, ["fields"], {
      legend: t("author.value.fields"),
      one: (place) => t("author.value.field", { number: place + 1 }),
      words: (place) => fields[place].label,
      add: t("author.value.field.add"),
      least: 1,
      make() {
        const id = newId([...idsOf(fields), ...Object.keys(entry.key?.fields ?? {})]);
        listAt(entry, ["fields"]).push({ type: "number", id, label: unwritten(t("author.stub.field")) });
        putAt(entry, ["key", "fields", id], emptyKey("number", stubs));
      },
      remove(place) {
        const [{ id }] = fields.splice(place, 1);
        if (entry.key?.fields) delete entry.key.fields[id];
      },
      draw(at, place) {
        const name = t("author.value.field", { number: place + 1 });
        const { type, id } = fields[place];
        const parts = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
        return [
          text(form, [...at, "label"], { label: t("author.value.label"), name }),
          parts
            ? select(form, [...at, "type"], {
                label: t("author.value.type"),
                name: t("author.value.typeOf", { name }),
                options: TYPES.map((value) => ({ value, text: t(`author.value.type.${value}`) })),
                act: (value) =>
                  form.restructure(() => changeType(entry, place, value, stubs), [...at, "type"].join("/")),
              })
            : null,
          ...(parts
            ? parts(form, at, id, name)
            : [anything(form, at, ["type", "id", "label"]), anything(form, ["key", "fields", id], ["type", "why"])]),
          why(form, ["key", "fields", id, "why"], name),
        ];
      },
    }),
    more(form),
  ];
}
