// @ts-check
/** The course itself as a form: its name, its authors, whose text it is about and what of it may be published. */
import { h } from "../base/dom.js";
import { longText, select, text, tick } from "./fields.js";
import { texts } from "./lists.js";

/** @param {import("./form.js").Form} form */
export function drawCourse(form) {
  const { t } = form;
  return [
    text(form, ["title"], { label: t("author.course.title") }),
    texts(form, ["authors"], {
      legend: t("author.course.authors"),
      one: (place) => t("author.course.author", { number: place + 1 }),
      add: t("author.course.author.add"),
      long: false,
    }),
    h(
      "fieldset",
      { class: "cd-author-set" },
      h("legend", { class: "cd-label cd-author-legend" }, t("author.course.rights")),
      h("p", { class: "cd-hint" }, t("author.course.rights.hint")),
      longText(form, ["rights", "statement"], { label: t("author.course.statement"), rows: 3 }),
      select(form, ["rights", "publish"], {
        label: t("author.course.publish"),
        fallback: "quotes",
        options: [
          { value: "quotes", text: t("author.course.quotes") },
          { value: "whole", text: t("author.course.whole") },
        ],
      }),
    ),
    text(form, ["as_of"], { label: t("author.course.asOf"), hint: t("author.course.asOf.hint") }),
    sentences(form),
  ];
}

/**
 * The sentences as a program cut them, for the author to look through once.
 *
 * @param {import("./form.js").Form} form
 */
function sentences(form) {
  const { t, material } = form;
  const rows = material.sentences.map(({ id, text: words }) =>
    h("li", {}, h("span", { class: "cd-author-id" }, id), " ", h("span", { dir: "auto", translate: "no" }, words)),
  );
  return h(
    "fieldset",
    { class: "cd-author-set" },
    h("legend", { class: "cd-label cd-author-legend" }, t("author.course.sentences")),
    h("p", { class: "cd-hint" }, t("author.course.sentences.hint")),
    h("ol", { class: "cd-author-sentences" }, ...rows),
    tick(form, ["sentences_read"], { label: t("author.course.sentencesRead") }),
  );
}

/**
 * What is still open in the course, in the order in which to do it.
 *
 * @param {import("../base/types.js").Translate} t
 * @param {string[]} open
 */
export const openSteps = (t, open) =>
  open.length ? [h("ol", {}, ...open.map((step) => h("li", {}, step)))] : [h("p", {}, t("author.open.nothing"))];
