// @ts-check
/** Own-article mode: any text, marked with the course's labels, mended, with one verdict, a self-check, and files to keep. */
import { h, uidMaker } from "../../base/dom.js";
import { panel } from "../../base/panel.js";
import { statusLine } from "../../base/save-status.js";
import { freshName } from "../../base/uuid.js";
import { ownAnswers } from "./answers.js";
import { checksPart } from "./checks.js";
import { filesPart } from "./files.js";
import { intake } from "./intake.js";
import { LAYERS } from "./labels.js";
import { marksPart } from "./marks.js";
import { mendPart } from "./mend.js";
import style from "./style.css";
import { sentencesOf, toSentences } from "./text.js";
import { verdictForm } from "./verdict.js";

export { style };

/** @typedef {import("../../base/types.js").Desk} Desk */
/** @typedef {import("./answers.js").OwnAnswers} OwnAnswers */

/** @param {Desk} desk */
export function render(desk) {
  const { content, store, signal } = desk;
  const uid = uidMaker();
  const answers = ownAnswers(desk);
  const status = statusLine(desk);
  const body = h("div", { class: "cd-own" });
  let inner = new AbortController();
  let isChanging = false;
  let shown = "";
  /** @type {(changed: string[]) => void} */
  let refresh = () => undefined;
  signal.addEventListener("abort", () => inner.abort());

  /** Draw again: only where another text shows, so that the focus stays where it is. */
  function draw() {
    inner.abort();
    inner = new AbortController();
    shown = answers.text();
    const part = { ...desk, signal: inner.signal };
    if (shown && !isChanging) {
      const work = workplace(part, answers, () => change(true));
      refresh = work.refresh;
      body.replaceChildren(...work.elements);
      return;
    }
    refresh = () => undefined;
    const old = {
      text: shown,
      title: answers.values("ABOUT").title ?? "",
      marks: LAYERS.reduce((sum, name) => sum + answers.spans(name).length, 0),
    };
    body.replaceChildren(intake(part, old, { take, cancel: () => change(false) }));
  }

  /** @param {boolean} asked whether another text is asked for */
  function change(asked) {
    isChanging = asked;
    draw();
    focusFirst();
  }

  /**
   * @param {string} text
   * @param {string} title
   */
  function take(text, title) {
    isChanging = false;
    if (text !== answers.text()) {
      for (const name of LAYERS) if (answers.entry(name)) answers.put(name, { kind: "spans", spans: [], clean: [] });
      if (answers.entry("VERDICT")) answers.put("VERDICT", { kind: "value", values: {} }, null);
      if (answers.entry("MEND")) answers.put("MEND", { kind: "edit", texts: {} });
      if (answers.entry("CHECKS")) answers.put("CHECKS", { kind: "choice", chosen: [] });
      answers.put("ABOUT", { kind: "value", values: { ...answers.values("ABOUT"), id: freshName(), title, note: "" } });
      answers.put("TEXT", { kind: "written", text });
    } else answers.put("ABOUT", { kind: "value", values: { ...answers.values("ABOUT"), title } });
    draw();
    focusFirst();
  }

  function focusFirst() {
    /** @type {HTMLElement|null} */ (body.querySelector(".cd-heading"))?.focus();
  }

  store.listen((changed) => {
    status.update();
    if (answers.text() !== shown && !isChanging) draw();
    else refresh(changed);
  }, signal);
  status.update();
  draw();
  return panel(uid, { title: content.title, beside: status.element }, body);
}

/**
 * The text with its marks, the verdict, the text mended, the self-check and the files.
 *
 * @param {Desk} desk
 * @param {OwnAnswers} answers
 * @param {() => void} change ask for another text
 * @returns {{elements: HTMLElement[], refresh: (changed: string[]) => void}}
 */
function workplace(desk, answers, change) {
  const { content, t, signal } = desk;
  const text = answers.text();
  const sentences = sentencesOf(text, content.language);
  const marked = () => LAYERS.flatMap((name) => toSentences(text, sentences, answers.spans(name)));
  const marks = marksPart(desk, answers, text, sentences, () => verdict.offer(marked()));
  const verdict = verdictForm(desk, answers, sentences);
  const mend = mendPart(desk, answers, text);
  const checks = checksPart(desk, answers);
  const files = filesPart(desk, answers, text, sentences);
  const other = h("button", { type: "button", class: "cd-button cd-small" }, t("own.other"));
  other.addEventListener("click", change, { signal });
  verdict.offer(marked());
  marks.element.append(h("div", { class: "cd-actions" }, other));
  return {
    elements: [marks.element, verdict.element, mend.element, checks.element, files.element],
    refresh(changed) {
      if (LAYERS.some((name) => changed.includes(name))) {
        marks.show();
        verdict.offer(marked());
      }
      if (changed.includes("VERDICT")) verdict.show();
      if (changed.includes("MEND")) mend.show();
      if (changed.includes("CHECKS")) checks.show();
      if (changed.includes("ABOUT")) files.show();
    },
  };
}
