// @ts-check
/** The board of a passage: its words, and which of them is current or selected. */
import { h, setAttributes, setText } from "../../base/dom.js";
import { inline, isPlainId } from "../../base/text.js";
import { pickedRange } from "../../base/word-picking.js";
import { pieces } from "./marks.js";

/** @typedef {import("../../base/shapes.js").SpansTask} SpansTask */
/** @typedef {import("../../base/shapes.js").SpansResponse} SpansResponse */
/** @typedef {import("../../base/shapes.js").Passage} Passage */
/** @typedef {import("../../base/shapes.js").Token} Token */
/** @typedef {import("../../base/types.js").Host<SpansTask, SpansResponse>} SpansHost */

/** One passage: its words, which of them is current, and what is selected. */
export class Board {
  /**
   * @param {SpansHost} host
   * @param {Passage} passage
   */
  constructor(host, passage) {
    const { t, task, uid } = host;
    const sentence = uid(`sentence-${passage.id}`);
    this.host = host;
    this.passage = passage;
    this.tokens = task.tokens[passage.id] ?? [];
    const { words, gaps } = pieces(passage, this.tokens);
    /** @type {(string|null)[]} */
    this.labels = words.map(() => null);
    this.clean = false;
    this.locked = false;
    this.current = 0;
    /** @type {number|null} where a selection with Shift began */
    this.anchor = null;
    /** @type {{from: number, to: number}|null} what the pointer is drawing over */
    this.stroke = null;
    this.texts = words;
    this.gaps = gaps.map((text) => h("span", { class: "cd-gap" }, text));
    this.words = words.map((text) => h("span", { class: "cd-word", role: "option" }, text));
    this.list = h("div", {
      class: "cd-words",
      dir: "auto",
      translate: "no",
      role: "listbox",
      "aria-orientation": "horizontal",
      "aria-multiselectable": "true",
      "aria-label": t("spans.wordsOf", { id: passage.id }),
      "aria-describedby": passage === task.passages[0] ? `${sentence} ${uid("keys")}` : sentence,
    });
    this.words.forEach((word, index) => this.list.append(this.gaps[index], word));
    this.list.append(this.gaps[this.gaps.length - 1]);
    this.button = h("button", { type: "button", class: "cd-button cd-small" });
    this.element = h(
      "div",
      { class: "cd-passage", role: "group", "aria-label": t("spans.passage", { id: passage.id }) },
      h(
        "div",
        { class: "cd-passage-head" },
        isPlainId(passage) ? h("span", { class: "cd-passage-id" }, passage.id) : null,
        passage.note ? h("span", { class: "cd-passage-note" }, ...inline(passage.note)) : null,
      ),
      this.list,
      h("p", { id: sentence, hidden: true, translate: "no" }, passage.text), // heard as a sentence, not word by word
      h("div", { class: "cd-passage-foot" }, this.button),
    );
  }

  /** @returns {[number, number]} first and last word of what a label would go to */
  get range() {
    return pickedRange(this);
  }

  /** The words that a label would go to as they are in the text, with what is between them. */
  get chosenText() {
    const [first, last] = this.range;
    return Array.from(this.passage.text).slice(this.tokens[first][0], this.tokens[last][1]).join("");
  }

  /**
   * How many characters the run of one label that starts at a word is long.
   *
   * @param {number} first
   */
  runLength(first) {
    let last = first;
    while (this.labels[last + 1] === this.labels[first] && last + 1 < this.words.length) last += 1;
    return this.tokens[last][1] - this.tokens[first][0];
  }

  paint() {
    const { task, t } = this.host;
    const [first, last] = this.range;
    const selecting = this.stroke !== null || this.anchor !== null;
    this.words.forEach((word, index) => {
      const label = this.labels[index];
      const place = task.labels.findIndex(({ id }) => id === label);
      const starts = place >= 0 && (index === 0 || this.labels[index - 1] !== label);
      const ends = place >= 0 && this.labels[index + 1] !== label;
      const tag = starts ? task.labels[place].text : "";
      const selected = selecting && index >= first && index <= last;
      setAttributes(word, {
        "data-label": place >= 0 ? place + 1 : null,
        "data-starts": starts ? tag : null,
        "data-short": starts && this.runLength(index) < tag.length ? true : null,
        style: starts ? `--cd-tag-length: ${tag.length}` : null,
        "data-ends": ends,
        "aria-selected": String(selected),
        "aria-label":
          place >= 0 ? t("spans.wordLabelled", { word: this.texts[index], label: task.labels[place].text }) : null,
        tabindex: index === this.current ? 0 : -1,
      });
      const joined = place >= 0 && index > 0 && this.labels[index - 1] === label;
      setAttributes(this.gaps[index], {
        "data-label": joined ? place + 1 : null,
        "data-selected": selected && index > first,
      });
    });
    setAttributes(this.list, { "aria-disabled": this.locked ? "true" : null });
    const marked = this.labels.some((label) => label !== null);
    setText(this.button, marked ? t("spans.clearPassage") : t("spans.clean"));
    setAttributes(this.button, { "aria-pressed": marked ? null : String(this.clean) });
    this.button.disabled = this.locked;
    this.button.hidden = this.locked && !this.clean;
    setAttributes(this.element, { "data-clean": this.clean });
  }
}
