// @ts-check
/** The board of a passage: its words with an editor's marks, which of them are picked, and the same as plain text. */
import { h, hasFocus, setAttributes } from "../../base/dom.js";
import { around, inline, isPlainId } from "../../base/text.js";
import { pickedRange } from "../../base/word-picking.js";
import { wordsOf } from "./alignment.js";
import { itemsOf } from "./marks.js";

/** @typedef {import("../../base/shapes.js").EditTask} EditTask */
/** @typedef {import("../../base/shapes.js").EditResponse} EditResponse */
/** @typedef {import("../../base/shapes.js").Passage} Passage */
/** @typedef {import("../../base/types.js").Host<EditTask, EditResponse>} EditHost */
/** @typedef {import("./marks.js").Item} Item */

/**
 * What a word says to those who do not see its mark.
 *
 * @param {import("../../base/types.js").Translate} t
 * @param {Item} item
 */
export function spoken(t, { text, mark }) {
  if (mark === "struck") return t("edit.wordStruck", { words: text });
  return mark === "inserted" ? t("edit.wordInserted", { words: text }) : text;
}

/** @param {Item} item */
export const drawn = ({ text, mark }) =>
  mark === "struck" ? h("del", {}, text) : mark === "inserted" ? h("ins", {}, text) : text;

/** One passage. */
export class Board {
  /**
   * @param {EditHost} host
   * @param {Passage} passage
   */
  constructor(host, passage) {
    const { t, uid } = host;
    this.host = host;
    this.passage = passage;
    this.originals = wordsOf(passage.text);
    /** @type {Item[]} */
    this.items = [];
    /** @type {HTMLElement[]} */
    this.words = [];
    this.text = passage.text;
    this.locked = false;
    this.picking = false;
    this.current = 0;
    /** @type {number|null} where a selection with Shift began */
    this.anchor = null;
    /** @type {{from: number, to: number}|null} what the pointer is drawing over */
    this.stroke = null;
    this.reads = h("p", { class: "cd-sr", id: uid(`reads-${passage.id}`) });
    this.list = h("div", {
      class: "cd-words cd-edit-words",
      dir: "auto",
      role: "listbox",
      translate: "no",
      "aria-multiselectable": "true",
      "aria-orientation": "horizontal",
      "aria-label": t("edit.wordsOf", { id: passage.id }),
      "aria-describedby": `${this.reads.id} ${uid("keys")}`,
    });
    this.area = h("textarea", {
      class: "cd-input cd-area",
      rows: Math.min(12, 1 + Math.ceil(passage.text.length / 60)),
      dir: "auto",
      translate: "no",
      spellcheck: "true",
      "aria-label": t("edit.textOf", { id: passage.id }),
      "aria-describedby": uid(`fault-${passage.id}`),
    });
    this.fault = h("p", { class: "cd-fault", id: uid(`fault-${passage.id}`) });
    this.plain = h("div", { class: "cd-edit-plain" }, this.area, this.fault);
    this.element = h(
      "div",
      { class: "cd-passage", role: "group", "aria-label": t("edit.passage", { id: passage.id }) },
      h(
        "div",
        { class: "cd-passage-head" },
        isPlainId(passage) ? h("span", { class: "cd-passage-id" }, passage.id) : null,
        passage.note ? h("span", { class: "cd-passage-note" }, ...inline(passage.note)) : null,
      ),
      this.reads,
      this.list,
      this.plain,
    );
  }

  /** @returns {[number, number]} first and last word of what is picked */
  get range() {
    return pickedRange(this);
  }

  get picked() {
    const [first, last] = this.range;
    return this.items.slice(first, last + 1);
  }

  /**
   * Show a text. The words are made again, and the focus stays on the current one.
   *
   * @param {string} text
   */
  draw(text) {
    const { t } = this.host;
    const hadFocus = this.words.some(hasFocus);
    this.text = text;
    this.items = itemsOf(this.originals, text);
    this.words = this.items.map((item, index) => {
      const starts = item.mark === "inserted" && this.items[index - 1]?.mark !== "inserted";
      return h(
        "span",
        {
          class: "cd-word",
          role: "option",
          "data-mark": item.mark === "kept" ? null : item.mark,
          "data-starts": starts,
          "aria-label": item.mark === "kept" ? null : spoken(t, item),
        },
        drawn(item),
      );
    });
    this.gaps = this.items.map((item, index) => {
      const joins = index > 0 && item.change >= 0 && item.mark === this.items[index - 1].mark;
      return h("span", { class: "cd-gap", "data-mark": joins ? item.mark : null }, index ? " " : "");
    });
    this.list.replaceChildren(...this.words.flatMap((word, index) => [this.gaps?.[index] ?? "", word]));
    this.reads.replaceChildren(...around((slot) => t("edit.reads", { text: slot }), text));
    if (!hasFocus(this.area) && (this.fault.textContent === "" || this.locked)) this.area.value = text;
    this.current = Math.max(0, Math.min(this.words.length - 1, this.current));
    if (this.anchor !== null) this.anchor = Math.min(this.words.length - 1, this.anchor);
    this.paint();
    if (hadFocus) this.words[this.current]?.focus({ preventScroll: true });
  }

  /** Show what is picked. */
  paint() {
    const [first, last] = this.range;
    const isPicking = this.picking || this.stroke !== null;
    this.words.forEach((word, index) => {
      const selected = isPicking && index >= first && index <= last;
      setAttributes(word, { "aria-selected": String(selected), tabindex: index === this.current ? 0 : -1 });
      if (this.gaps) setAttributes(this.gaps[index], { "data-selected": selected && index > first });
    });
    setAttributes(this.list, { "aria-disabled": this.locked ? "true" : null });
    this.area.readOnly = this.locked;
  }
}
