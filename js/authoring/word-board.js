// @ts-check
/** A text whose words are selected by pointer or keys, and stay selected until something is done with them. */
import { h, setAttributes } from "../base/dom.js";
import { pickedRange, placeByKey, watchPointer } from "../base/word-picking.js";

/** @typedef {{text: string, start: number, end: number}} PlacedWord */
/** @typedef {{label?: number, tag?: string, starts?: boolean, ends?: boolean, joined?: boolean, mark?: string, name?: string}} Look how a word is marked; label: its number from 1; name: what it is called where it is marked */

export class WordBoard {
  /**
   * @param {{text: string, words: PlacedWord[], label: string, describedBy: string, signal: AbortSignal, onKey: (event: KeyboardEvent) => boolean}} given onKey: whether the key did something with the words
   */
  constructor({ text, words, label, describedBy, signal, onKey }) {
    this.text = text;
    this.placed = words;
    this.locked = false;
    this.current = 0;
    /** @type {number|null} */
    this.anchor = null;
    /** @type {{from: number, to: number}|null} */
    this.stroke = null;
    /** @type {Look[]} */
    this.looks = words.map(() => ({}));
    this.words = words.map((word) => h("span", { class: "cd-word", role: "option" }, word.text));
    const ends = [0, ...words.map(({ end }) => end)];
    this.gaps = ends.map((end, place) => h("span", { class: "cd-gap" }, text.slice(end, words[place]?.start)));
    this.list = h("div", {
      class: "cd-words",
      dir: "auto",
      translate: "no",
      role: "listbox",
      "aria-orientation": "horizontal",
      "aria-multiselectable": "true",
      "aria-label": label,
      "aria-describedby": describedBy,
    });
    this.words.forEach((word, place) => this.list.append(this.gaps[place], word));
    this.list.append(this.gaps[this.gaps.length - 1]);
    this.list.addEventListener(
      "keydown",
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !this.words.length) return;
        const place = placeByKey(this, event);
        if (place !== null) this.moveTo(place);
        else if (event.key === "Escape" && this.anchor !== null) {
          this.anchor = null;
          this.paint();
        } else if (!onKey(event)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      { signal },
    );
    watchPointer(this, signal, {
      move: () => this.paint(),
      done: () => {
        const { from, to } = this.stroke ?? { from: this.current, to: this.current };
        this.stroke = null;
        this.anchor = from;
        this.moveTo(to, true);
      },
      drop: () => {
        this.stroke = null;
        this.paint();
      },
    });
    this.paint();
  }

  /** @returns {[number, number]} first and last word that are selected, or the current one */
  get range() {
    return pickedRange(this);
  }

  get chosenText() {
    const [first, last] = this.range;
    return this.words.length ? this.text.slice(this.placed[first].start, this.placed[last].end) : "";
  }

  /**
   * @param {number} place
   * @param {boolean} [inView]
   */
  moveTo(place, inView = false) {
    this.current = Math.max(0, Math.min(this.words.length - 1, place));
    this.paint();
    this.words[this.current]?.focus({ preventScroll: inView });
  }

  /** Take the selection back, and stay where one is. */
  release() {
    this.anchor = null;
    this.stroke = null;
    this.paint();
  }

  /** @param {Look[]} looks */
  show(looks) {
    this.looks = looks;
    this.paint();
  }

  paint() {
    const [first, last] = this.range;
    const selecting = this.stroke !== null || this.anchor !== null;
    this.words.forEach((word, place) => {
      const { label, tag, starts, ends, joined, mark, name } = this.looks[place] ?? {};
      const selected = selecting && place >= first && place <= last;
      setAttributes(word, {
        "data-label": label ?? null,
        "data-starts": starts ? (tag ?? true) : null,
        "data-ends": ends,
        "data-mark": mark ?? null,
        style: starts && tag ? `--cd-tag-length: ${tag.length}` : null,
        "aria-selected": String(selected),
        "aria-label": name ?? null,
        tabindex: place === this.current ? 0 : -1,
      });
      setAttributes(this.gaps[place], {
        "data-label": joined ? label : null,
        "data-selected": selected && place > first,
      });
    });
  }
}
