// @ts-check
/** Own-article mode, the self-check. */
import { h, uidMaker } from "../../base/dom.js";
import { section } from "./section.js";

/** @typedef {import("../../base/types.js").Desk} Desk */
/** @typedef {import("./answers.js").OwnAnswers} OwnAnswers */

/**
 * The questions, in their order.
 *
 * @param {import("../../base/types.js").Translate} t
 */
export const questionsOf = (t) => [
  t("own.check.1"),
  t("own.check.2"),
  t("own.check.3"),
  t("own.check.4"),
  t("own.check.5"),
  t("own.check.6"),
  t("own.check.7"),
  t("own.check.8"),
];

/**
 * Questions to oneself; no one grades them.
 *
 * @param {Desk} desk
 * @param {OwnAnswers} answers
 */
export function checksPart({ t, signal }, answers) {
  const uid = uidMaker();
  const questions = questionsOf(t);
  const boxes = questions.map((_, place) => h("input", { type: "checkbox", class: "cd-tick", value: place + 1 }));
  const list = h(
    "fieldset",
    { class: "cd-plain-fieldset", "aria-labelledby": uid("heading") },
    h(
      "div",
      { class: "cd-options" },
      ...boxes.map((box, place) =>
        h(
          "div",
          { class: "cd-option" },
          h("label", { class: "cd-option-label" }, box, h("span", { class: "cd-option-text" }, questions[place])),
        ),
      ),
    ),
  );
  const element = section(uid("heading"), t("own.checks"), h("p", { class: "cd-prompt" }, t("own.checksNote")), list);
  const show = () => {
    const chosen = answers.checks();
    for (const box of boxes) box.checked = chosen.includes(box.value);
  };
  list.addEventListener(
    "change",
    () => answers.put("CHECKS", { kind: "choice", chosen: boxes.filter((box) => box.checked).map((box) => box.value) }),
    { signal },
  );
  show();
  return { element, show };
}
