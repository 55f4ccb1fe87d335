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
    h("ol", { class: "cd-author-sentences", tabindex: 0, "aria-label": t("author.course.sentences") }, ...rows),
    tick(form, ["sentences_read"], { label: t("author.course.sentencesRead") }),
  );
}

/** @typedef {{text: string, file: string, task: string}} OpenStep task: empty for what is said of a file as a whole */

/**
 * What is still open in the course, in the order in which to do it; each leads to where it can be done.
 *
 * @param {import("../base/types.js").Translate} t
 * @param {OpenStep[]} open
 * @param {(step: OpenStep) => void} go
 */
export function openSteps(t, open, go) {
  if (!open.length) return [h("p", {}, t("author.open.nothing"))];
  const rows = open.map((step) => {
    if (!step.file) return h("li", {}, step.text);
    const button = h("button", { type: "button", class: "cd-author-step" }, step.text);
    button.addEventListener("click", () => go(step));
    return h("li", {}, button);
  });
  return [h("p", { class: "cd-hint" }, t("author.open.hint")), h("ol", {}, ...rows)];
}
