// @ts-check
/** The forms of evidence cards, their sources, and the texts of a page. */
import { longText, select, text, ticks } from "../fields.js";

/** @typedef {import("../form.js").Form} Form */

/** @param {Form} form */
export function drawCard(form) {
  const { t } = form;
  return [
    text(form, ["title"], { label: t("author.card.title"), hint: t("author.card.title.hint") }),
    longText(form, ["quote"], { label: t("author.card.quote"), hint: t("author.card.quote.hint") }),
    longText(form, ["says"], { label: t("author.card.says") }),
    text(form, ["date"], { label: t("author.date"), hint: t("author.card.date.hint") }),
    text(form, ["read"], { label: t("author.read"), hint: t("author.read.hint") }),
    select(form, ["role"], {
      label: t("author.card.role"),
      fallback: "evidence",
      options: [
        { value: "evidence", text: t("author.card.evidence") },
        { value: "repeats", text: t("author.card.repeats") },
        { value: "wrong", text: t("author.card.wrong") },
        { value: "other", text: t("author.card.other") },
      ],
    }),
    ticks(form, ["sources"], {
      label: t("author.card.sources"),
      hint: t("author.card.sources.hint"),
      options: form.material.sources.map(({ id, title }) => ({ value: id, text: title || id })),
    }),
  ];
}

/** @param {Form} form */
export function drawSource(form) {
  const { t } = form;
  return [
    text(form, ["publisher"], { label: t("author.source.publisher") }),
    text(form, ["title"], { label: t("author.source.title") }),
    text(form, ["date"], { label: t("author.date") }),
    text(form, ["url"], { label: t("author.source.url"), optional: true }),
    text(form, ["read"], { label: t("author.read"), hint: t("author.read.hint") }),
    text(form, ["via"], { label: t("author.source.via"), optional: true }),
    longText(form, ["note"], { label: t("author.source.note"), optional: true }),
  ];
}

/** @param {Form} form */
export function drawText(form) {
  const { t } = form;
  return [longText(form, ["text"], { label: t("author.page.text"), hint: t("author.page.hint"), rows: 8 })];
}

/** @param {Form} form */
export function drawFile(form) {
  const { t } = form;
  return [
    text(form, ["title"], { label: t("author.lesson.title"), hint: t("author.lesson.title.hint") }),
    longText(form, ["keyed_by"], { label: t("author.lesson.keyedBy"), hint: t("author.lesson.keyedBy.hint") }),
  ];
}
