// @ts-check
/** The submission: an alias, how far each task is, a question where not all is complete, and the receipt of the file. */

import { h, setAttributes, setText, uidMaker } from "../base/dom.js";
import { panel } from "../base/panel.js";
import { cleanAlias, readAnswerFile } from "../store/answer-file.js";
import { saveAsFile, surelySaves } from "../store/download.js";
import { counts, rowCompletion, stateChip, stateText } from "../task/completion.js";
import { taskName } from "../task/navigation.js";
import { receiptPart } from "./receipt.js";
import style from "./submission.css";

export { style };

/** @typedef {import("../base/types.js").Desk<import("../base/contents.js").SubmissionContent>} Desk */
/** @typedef {import("../base/contents.js").Required} Required */

const LONGEST_ALIAS = 80;

/** @param {Desk} desk */
export function render(desk) {
  const uid = uidMaker();
  const { content, store, t, signal, say } = desk;
  const { required } = content;
  const lines = required.map((row) => taskLine(desk, row));
  const count = h("p", { class: "cd-progress" });
  const input = h("input", {
    class: "cd-input",
    id: uid("alias"),
    type: "text",
    maxlength: LONGEST_ALIAS,
    autocomplete: "off",
    "aria-describedby": `${uid("alias-hint")} ${uid("alias-fault")}`,
    value: store.alias(),
  });
  const fault = h("p", { class: "cd-fault", id: uid("alias-fault") });
  const button = h("button", { type: "submit", class: "cd-button cd-primary" }, t("submission.button"));
  const result = h("div", {});
  const changed = h("p", { class: "cd-notice", hidden: true }, t("submission.changed"));
  const question = gapQuestion(desk, uid, required, { goOn: () => void make(), back: () => button.focus() });
  const form = h(
    "form",
    { class: "cd-submission-form", novalidate: true },
    h("label", { class: "cd-label", for: input.id }, t("submission.alias")),
    h("p", { class: "cd-hint", id: uid("alias-hint") }, t("submission.aliasHint")),
    h("div", { class: "cd-submission-line" }, input, button),
    fault,
  );
  const element = panel(
    uid,
    { kicker: t("submission.kicker"), beside: count },
    h(
      "div",
      { class: "cd-item" },
      h("h3", { class: "cd-heading", id: uid("title") }, content.title),
      h("ul", { class: "cd-todo" }, ...lines.map((line) => line.element)),
      form,
      question.element,
      changed,
      result,
    ),
  );
  /** What the file that was made last holds, as text; nothing before one was. */
  let made = "";

  function update() {
    const entries = store.entries();
    lines.forEach((line) => line.update());
    const { done, of } = counts(entries, required);
    setText(count, t("head.count", { done, of }));
    question.update();
    changed.hidden = !made || made === answersText();
  }

  const answersText = () => {
    const entries = store.entries();
    const response = (/** @type {string} */ name) => (Date.parse(entries[name]?.at) ? entries[name].response : null); // what is only drawn is no answer
    return JSON.stringify(required.flatMap(({ id, forms = [[id]] }) => forms.flat().map(response)));
  };

  /** @param {string} text */
  function complain(text) {
    setText(fault, text);
    setAttributes(input, { "aria-invalid": text ? "true" : null });
    if (!text) return;
    say(text);
    input.focus();
    fault.scrollIntoView?.({ block: "center" });
  }

  let busy = false;
  async function make() {
    busy = true;
    setAttributes(button, { "aria-disabled": "true" });
    result.replaceChildren(h("p", {}, t("submission.working")));
    const answers = answersText();
    const reply = await store.submit(cleanAlias(input.value));
    busy = false;
    if (signal.aborted) return;
    setAttributes(button, { "aria-disabled": null });
    const read = reply.ok ? readAnswerFile(reply.content, content) : null;
    made = reply.ok ? answers : "";
    update();
    if (!read || "refusal" in read) {
      result.replaceChildren(h("div", { class: "cd-receipt", "data-ok": String(reply.ok) }, h("p", {}, reply.text)));
      say(reply.text);
      return;
    }
    const submitted = { ...read.file, handed_in: JSON.parse(reply.content).handed_in };
    result.replaceChildren(
      receiptPart(desk, uid, {
        rows: required,
        file: submitted,
        name: reply.name,
        path: reply.path,
        text: reply.content,
        isSure: surelySaves(),
        save: saveAsFile,
      }),
    );
    /** @type {HTMLElement|null} */ (result.querySelector("h4"))?.focus();
  }

  // Not the form's own event: a frame that allows no forms keeps it back. Enter in the field presses the button, too.
  button.addEventListener(
    "click",
    (event) => {
      event.preventDefault();
      const alias = cleanAlias(input.value);
      complain(alias ? "" : t("submission.aliasMissing"));
      if (!alias || busy) return;
      if (!question.ask()) void make();
    },
    { signal },
  );
  store.listen(update, signal);
  update();
  return element;
}

/**
 * A task and how far it is.
 *
 * @param {Desk} desk
 * @param {Required} row
 */
function taskLine(desk, row) {
  const mark = h("span", {});
  return {
    element: h("li", {}, h("span", { class: "cd-todo-title" }, taskName(desk, row)), mark),
    update() {
      const given = rowCompletion(desk.store.entries(), row);
      const words = stateText(desk.t, given);
      if (mark.textContent !== words) mark.replaceChildren(stateChip(given, words));
    },
  };
}

/**
 * The question whether to submit what is not complete. It lists the gaps; each leads to its task.
 *
 * @param {Desk} desk
 * @param {(name: string) => string} uid
 * @param {Required[]} required
 * @param {{goOn: () => void, back: () => void}} then
 */
function gapQuestion(desk, uid, required, { goOn, back }) {
  const { store, t, signal } = desk;
  const lines = required.map((row) => ({ row, ...taskLine(desk, row) }));
  const asked = h("p", { class: "cd-question-asked", id: uid("ask") });
  const list = h("ul", { class: "cd-todo", id: uid("gaps") });
  const how = h("p", { class: "cd-hint", id: uid("how") }, t("submission.askHow"));
  const anyway = h("button", { type: "button", class: "cd-button" }, t("submission.anyway"));
  const goBack = h("button", { type: "button", class: "cd-button cd-primary" }, t("submission.back"));
  const element = h(
    "div",
    {
      class: "cd-question",
      role: "alertdialog",
      "aria-labelledby": uid("ask"),
      "aria-describedby": `${uid("gaps")} ${uid("how")}`,
      hidden: true,
    },
    asked,
    list,
    how,
    h("div", { class: "cd-bar-buttons" }, goBack, anyway),
  );
  const gaps = () => lines.filter(({ row }) => rowCompletion(store.entries(), row).state !== "complete");

  function close() {
    element.hidden = true;
    back();
  }

  function update() {
    if (element.hidden) return;
    const open = gaps();
    lines.forEach((line) => line.update());
    if (list.children.length !== open.length) list.replaceChildren(...open.map((line) => line.element));
    how.hidden = !list.querySelector("button");
    setText(asked, t("submission.ask", { count: open.length }));
    if (!open.length) element.hidden = true; // all was done meanwhile: there is nothing to ask
  }

  anyway.addEventListener(
    "click",
    () => {
      element.hidden = true;
      goOn();
    },
    { signal },
  );
  goBack.addEventListener("click", close, { signal });
  element.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
    },
    { signal },
  );
  return {
    element,
    update,
    /** Ask, where there is something to ask; return whether there is. */
    ask() {
      if (!gaps().length) return false;
      element.hidden = false;
      update();
      goBack.focus();
      return true;
    },
  };
}
