// @ts-check
/** The form of an edit task: words are struck, replaced and put in on the passage itself, as the reference correction. */
import { h } from "../../base/dom.js";
import { wordsOf } from "../../kinds/edit/alignment.js";
import { head, more, why } from "../common.js";
import { folded, weight } from "../fields.js";
import { brief, texts } from "../lists.js";
import { isUnwritten, unwritten } from "../raw.js";
import { WordBoard } from "../word-board.js";
import { passageList } from "./passages.js";
import { addFault, addKeep, dropExample, forgetPassage, stretchesOf } from "./repairs.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {{id: string, text: string}} Passage */

/**
 * @param {Form} form
 * @param {Passage} passage
 * @param {number} place
 */
function mending(form, passage, place) {
  const { t, entry, uid, signal } = form;
  if (isUnwritten(passage.text)) return [];
  const stretches = stretchesOf(entry, passage);
  const words = wordsOf(passage.text);
  const help = h("p", { class: "cd-hint", id: uid(`keys-${place}`), hidden: place > 0 }, t("author.mending"));
  const board = new WordBoard({
    text: passage.text,
    words,
    label: t("author.wordsOf", { name: passage.id }),
    describedBy: help.id,
    signal,
    onKey(event) {
      if (event.key === "Delete" || event.key === "Backspace") strike();
      else if (event.key === "Enter") input.focus();
      else return false;
      return true;
    },
  });
  board.show(
    words.map((_, index) => {
      const stretch = stretches.find(({ first, last }) => index >= first && index <= last);
      if (!stretch) return {};
      const looks = { starts: stretch.first === index, ends: stretch.last === index, joined: stretch.first < index };
      return { ...looks, label: stretch.kept ? 3 : 1, tag: t(stretch.kept ? "author.kept" : "author.fault") };
    }),
  );
  const input = h("input", {
    class: "cd-input",
    type: "text",
    dir: "auto",
    autocomplete: "off",
    "aria-label": t("author.edit.words"),
    placeholder: t("author.edit.words"),
  });
  const stub = unwritten(t("author.stub.fault"));
  const refused = h("p", { class: "cd-fault", role: "status" });

  /** @param {(range: {first: number, last: number}) => boolean} change @param {string} said */
  function apply(change, said) {
    const [first, last] = board.range;
    if (!words.length) return;
    const before = board.chosenText;
    const key = structuredClone(entry.key);
    dropExample(entry, stub);
    if (!change({ first, last })) {
      entry.key = key;
      refused.textContent = t("author.edit.overlaps");
      return;
    }
    form.restructure(() => {}, `passages/${place}#words`);
    form.say(t(said, { words: before }), { asWritten: true });
  }
  const strike = () =>
    apply((range) => addFault(entry, passage, { ...range, words: "", why: stub }), "author.edit.saidStruck");
  const replace = () =>
    input.value.trim()
      ? apply(
          (range) => addFault(entry, passage, { ...range, words: input.value, why: stub }),
          "author.edit.saidReplaced",
        )
      : input.focus();
  const insert = () => {
    const whole = `${board.chosenText} ${input.value}`;
    if (!input.value.trim()) input.focus();
    else apply((range) => addFault(entry, passage, { ...range, words: whole, why: stub }), "author.edit.saidInserted");
  };
  const keep = () => apply((range) => addKeep(entry, passage, { ...range, why: stub }), "author.edit.saidKept");
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    replace();
  });
  const button = (/** @type {string} */ words_, /** @type {() => void} */ act) => {
    const made = h("button", { type: "button", class: "cd-button cd-small" }, words_);
    made.addEventListener("click", act);
    return made;
  };
  return [
    help,
    h("div", { "data-at": `passages/${place}#words` }, board.list),
    h(
      "div",
      { class: "cd-author-buttons", role: "group", "aria-label": t("author.edit.tools") },
      button(t("author.edit.strike"), strike),
      input,
      button(t("author.edit.replace"), replace),
      button(t("author.edit.insert"), insert),
      button(t("author.edit.keep"), keep),
    ),
    refused,
    ...stretches.map((stretch) => stretchFields(form, stretch, place)),
  ];
}

/**
 * @param {Form} form
 * @param {import("./repairs.js").Stretch} stretch
 * @param {number} place of the passage
 */
function stretchFields(form, { fault, place: number, kept, first }, place) {
  const { t, entry } = form;
  const part = kept ? "keep" : "faults";
  const at = ["key", part, number];
  const name = t(kept ? "author.edit.keptName" : "author.edit.faultName", { words: brief(fault.quote) });
  const remove = h(
    "button",
    { type: "button", class: "cd-button cd-small", "aria-label": t("author.removeOne", { name }) },
    t("author.remove"),
  );
  remove.addEventListener("click", () =>
    form.remove(name, () => void entry.key[part].splice(number, 1), `passages/${place}#words`),
  );
  const struck = !kept && fault.repairs[0] === "";
  return h(
    "fieldset",
    { class: "cd-author-mark", "data-label": kept ? 3 : 1 },
    h(
      "legend",
      { class: "cd-author-name" },
      h("span", { class: "cd-label-name" }, t(kept ? "author.kept" : "author.fault")),
      " ",
      h(kept ? "q" : "del", { dir: "auto", translate: "no" }, fault.quote),
      !kept && !struck ? h("ins", { dir: "auto", translate: "no" }, ` ${fault.repairs[0]}`) : null,
    ),
    first < 0 ? h("p", { class: "cd-fault" }, t("author.lost")) : null,
    why(form, [...at, "why"], name),
    kept
      ? null
      : folded(
          `${at.join("/")}#more`,
          t("author.edit.others", { count: fault.repairs.length }),
          texts(form, [...at, "repairs"], {
            legend: t("author.edit.repairs"),
            hint: t("author.edit.repairs.hint"),
            one: (index) => t("author.edit.repair", { number: index + 1 }),
            add: t("author.edit.repair.add"),
            stub: "",
            least: 1,
          }),
          weight(form, [...at, "weight"], { label: t("author.edit.weight"), fallback: 1 }),
        ),
    h("div", { class: "cd-author-tools" }, remove),
  );
}

/** @param {Form} form */
export function draw(form) {
  return [
    ...head(form, { withContext: false }),
    passageList(form, {
      forget: forgetPassage,
      draw: (passage, place) => mending(form, passage, place),
      hint: form.t("author.edit.hint"),
    }),
    more(form),
  ];
}
