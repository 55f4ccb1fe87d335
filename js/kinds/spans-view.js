// @ts-check
/** Spans, shown: the words of each passage as a list that pointer and keyboard mark. */
import { h, setAttributes, setText } from "../dom.js";
import { inline } from "../text.js";
import { chip } from "../verdict.js";
import { Words, findQuote, inWords, isMarked, score } from "./spans.js";

/** @typedef {import("../types.js").SpansTask} SpansTask */
/** @typedef {import("../types.js").SpansResponse} SpansResponse */
/** @typedef {import("../types.js").Passage} Passage */
/** @typedef {import("../types.js").Token} Token */
/** @typedef {import("../types.js").Host<SpansTask, SpansResponse>} SpansHost */

const ERASER = "";

/**
 * Runs of neighbouring words with one label, as spans of the passage.
 *
 * @param {Passage} passage
 * @param {Token[]} tokens
 * @param {(string|null)[]} labels of each word
 * @returns {import("../types.js").MarkedSpan[]}
 */
export function toSpans(passage, tokens, labels) {
  const characters = Array.from(passage.text);
  /** @type {import("../types.js").MarkedSpan[]} */
  const spans = [];
  for (let first = 0; first < tokens.length; first += 1) {
    const label = labels[first];
    if (label === null) continue;
    let last = first;
    while (last + 1 < tokens.length && labels[last + 1] === label) last += 1;
    const [start, end] = [tokens[first][0], tokens[last][1]];
    const exact = characters.slice(start, end).join("");
    spans.push({ passage: passage.id, label, selector: [{ type: "TextPositionSelector", start, end }, { type: "TextQuoteSelector", exact }] });
    first = last;
  }
  return spans;
}

/**
 * The label of each word of a passage (null where it has none); of two labels the later span's.
 *
 * @param {Passage} passage
 * @param {Token[]} tokens
 * @param {SpansResponse|null} response
 * @returns {(string|null)[]}
 */
export function toLabels(passage, tokens, response) {
  /** @type {(string|null)[]} */
  const labels = tokens.map(() => null);
  for (const span of response?.spans ?? []) {
    if (span.passage !== passage.id) continue;
    const [{ start, end }] = span.selector;
    tokens.forEach(([from, to], index) => {
      if (from < end && to > start) labels[index] = span.label;
    });
  }
  return labels;
}

/**
 * Text and words of a passage in turn: what stands before each word, and the rest.
 *
 * @param {Passage} passage
 * @param {Token[]} tokens
 */
function pieces(passage, tokens) {
  const characters = Array.from(passage.text);
  const cut = (/** @type {number} */ from, /** @type {number} */ to) => characters.slice(from, to).join("");
  return {
    words: tokens.map(([start, end]) => cut(start, end)),
    gaps: [...tokens.map(([start], index) => cut(index ? tokens[index - 1][1] : 0, start)), cut(tokens.length ? tokens[tokens.length - 1][1] : 0, characters.length)],
  };
}

/**
 * A passage with marks, to be read and not changed: own marks or the reference.
 *
 * @param {SpansHost} host
 * @param {Passage} passage
 * @param {({label: string, soft: boolean}|null)[]} marks of each word
 */
function readout({ task, t }, passage, marks) {
  const { words, gaps } = pieces(passage, task.tokens[passage.id] ?? []);
  const line = h("p", { class: "cd-readout", dir: "auto" });
  for (let index = 0; index < words.length; index += 1) {
    line.append(gaps[index]);
    const mark = marks[index];
    if (!mark) {
      line.append(words[index]);
      continue;
    }
    const place = task.labels.findIndex(({ id }) => id === mark.label);
    const name = task.labels[place]?.text ?? mark.label;
    let text = words[index];
    while (index + 1 < words.length && marks[index + 1]?.label === mark.label && marks[index + 1]?.soft === mark.soft) {
      index += 1;
      text += gaps[index] + words[index];
    }
    const tag = h("span", { class: "cd-readout-tag" }, mark.soft ? t("spans.softTag", { label: name }) : name, " ");
    line.append(h("mark", { class: "cd-mark", "data-label": place + 1, "data-soft": mark.soft }, tag, text));
  }
  line.append(gaps[gaps.length - 1]);
  return line;
}

/** One passage: its words, which of them is current, and what is selected. */
class Board {
  /**
   * @param {SpansHost} host
   * @param {Passage} passage
   */
  constructor(host, passage) {
    const { t, task, uid } = host;
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
    this.list = h("div", { class: "cd-words", dir: "auto", role: "listbox", "aria-multiselectable": "true", "aria-label": t("spans.wordsOf", { id: passage.id }), "aria-describedby": uid("keys") });
    this.words.forEach((word, index) => this.list.append(this.gaps[index], word));
    this.list.append(this.gaps[this.gaps.length - 1]);
    this.button = h("button", { type: "button", class: "cd-button cd-small" });
    this.element = h(
      "div",
      { class: "cd-passage", role: "group", "aria-label": t("spans.passage", { id: passage.id }) },
      h("div", { class: "cd-passage-head" }, h("span", { class: "cd-passage-id" }, passage.id), passage.note ? h("span", { class: "cd-passage-note" }, ...inline(passage.note)) : null),
      this.list,
      h("div", { class: "cd-passage-foot" }, this.button),
    );
  }

  /** @returns {[number, number]} first and last word of what a label would go to */
  get range() {
    if (this.stroke) return this.stroke.from <= this.stroke.to ? [this.stroke.from, this.stroke.to] : [this.stroke.to, this.stroke.from];
    const anchor = this.anchor ?? this.current;
    return anchor <= this.current ? [anchor, this.current] : [this.current, anchor];
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
        "aria-label": place >= 0 ? t("spans.wordLabelled", { word: this.texts[index], label: task.labels[place].text }) : null,
        tabindex: index === this.current ? 0 : -1,
      });
      const joined = place >= 0 && index > 0 && this.labels[index - 1] === label;
      setAttributes(this.gaps[index], { "data-label": joined ? place + 1 : null, "data-selected": selected && index > first });
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

/**
 * @param {SpansHost} host
 * @returns {import("../types.js").Part<SpansResponse>}
 */
export function render(host) {
  const { task, t, uid, signal } = host;
  const boards = task.passages.map((passage) => new Board(host, passage));
  let tool = task.labels[0].id;

  const tools = [...task.labels.map(({ id, text, key, note }, place) => ({ id, text, key, note, place: place + 1 })), { id: ERASER, text: t("spans.eraser"), key: "⌫", note: "", place: 0 }].map((entry) => {
    const button = h(
      "button",
      { type: "button", class: "cd-tool", "data-label": entry.place || null, "aria-keyshortcuts": entry.place ? entry.key : "Delete" },
      h("span", { class: "cd-tool-line" }, h("span", { class: "cd-tool-name" }, entry.text), h("kbd", { class: "cd-key", "aria-hidden": "true" }, entry.key)),
      entry.note ? h("span", { class: "cd-tool-note" }, " ", ...inline(entry.note)) : null,
    );
    button.addEventListener("click", () => pick(entry.id), { signal });
    return { id: entry.id, button };
  });
  const toolbar = h("div", { class: "cd-tools", role: "group", "aria-label": t("spans.tools") }, h("span", { class: "cd-tools-title", "aria-hidden": "true" }, t("spans.markAs")), ...tools.map(({ button }) => button));
  const keys = h("details", { class: "cd-details cd-keys" }, h("summary", {}, t("spans.howTo")), h("ul", {}, h("li", {}, t("spans.howPointer")), h("li", {}, t("spans.howMove")), h("li", {}, t("spans.howSelect")), h("li", {}, t("spans.howLabel", { keys: task.labels.map(({ key, text }) => t("spans.keyOf", { key, label: text })).join(", ") })), h("li", {}, t("spans.howErase"))));
  const brief = h("p", { class: "cd-sr", id: uid("keys") }, t("spans.brief", { keys: task.labels.map(({ key, text }) => t("spans.keyOf", { key, label: text })).join(", ") }));
  const report = h("div", { class: "cd-report" });
  const element = h("div", { class: "cd-spans" }, toolbar, keys, brief, h("div", { class: "cd-passages" }, ...boards.map((board) => board.element)));

  const nameOf = (/** @type {string|null} */ id) => task.labels.find((label) => label.id === id)?.text ?? "";

  /** @param {string} id */
  function pick(id) {
    tool = id;
    for (const entry of tools) entry.button.setAttribute("aria-pressed", String(entry.id === tool));
  }

  function save() {
    host.change({
      kind: "spans",
      spans: boards.flatMap((board) => toSpans(board.passage, board.tokens, board.labels)),
      clean: boards.filter((board) => board.clean).map((board) => board.passage.id),
    });
  }

  /**
   * Give the words of the range a label, or take it from them where all have it.
   *
   * @param {Board} board
   * @param {string} label empty to erase
   */
  function apply(board, label) {
    if (board.locked || !board.words.length) return;
    const [first, last] = board.range;
    const chosen = board.labels.slice(first, last + 1);
    const value = label === ERASER || chosen.every((given) => given === label) ? null : label;
    board.anchor = null;
    board.stroke = null;
    if (chosen.every((given) => given === value)) return board.paint();
    board.labels.fill(value, first, last + 1);
    if (value !== null) board.clean = false;
    board.paint();
    const words = board.texts.slice(first, last + 1).join(" ");
    host.say(value === null ? t("spans.saidCleared", { words }) : t("spans.saidLabelled", { words, label: nameOf(value) }));
    return save();
  }

  /**
   * @param {Board} board
   * @param {number} index
   */
  function moveTo(board, index) {
    board.current = Math.max(0, Math.min(board.words.length - 1, index));
    board.paint();
    board.words[board.current]?.focus({ preventScroll: board.stroke !== null });
  }

  boards.forEach((board) => {
    board.button.addEventListener(
      "click",
      () => {
        const marked = board.labels.some((label) => label !== null);
        if (marked) board.labels.fill(null);
        else board.clean = !board.clean;
        board.anchor = null;
        board.paint();
        if (marked) host.say(t("spans.saidEmptied", { id: board.passage.id }));
        save();
      },
      { signal },
    );
    board.list.addEventListener("keydown", (event) => onKey(board, event), { signal });
    board.list.addEventListener(
      "focusout",
      (event) => {
        if (board.anchor === null || board.list.contains(/** @type {Node|null} */ (event.relatedTarget)) || element.contains(/** @type {Node|null} */ (event.relatedTarget))) return;
        board.anchor = null;
        board.paint();
      },
      { signal },
    );
    watchPointer(board, signal, {
      move: () => board.paint(),
      done: () => {
        const end = board.stroke?.to ?? board.current;
        apply(board, tool);
        moveTo(board, end);
      },
      drop: () => {
        board.stroke = null;
        board.paint();
      },
    });
  });

  /**
   * @param {Board} board
   * @param {KeyboardEvent} event
   */
  function onKey(board, event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !board.words.length) return;
    const forward = getComputedStyle(board.list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    /** @type {Record<string, () => number>} */
    const moves = {
      [forward]: () => board.current + 1,
      [backward]: () => board.current - 1,
      ArrowDown: () => inNextLine(board, 1),
      ArrowUp: () => inNextLine(board, -1),
      Home: () => 0,
      End: () => board.words.length - 1,
    };
    const label = task.labels.find(({ key }) => key === event.key.toLowerCase());
    if (Object.hasOwn(moves, event.key)) {
      if (!event.shiftKey || board.locked) board.anchor = null;
      else board.anchor ??= board.current;
      moveTo(board, moves[event.key]());
    } else if (label && !event.shiftKey) {
      pick(label.id);
      apply(board, label.id);
    } else if (event.key === "Delete" || event.key === "Backspace") apply(board, ERASER);
    else if (event.key === "Enter" || event.key === " ") apply(board, tool);
    else if (event.key === "Escape" && board.anchor !== null) {
      board.anchor = null;
      board.paint();
      host.say(t("spans.saidDropped"));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  pick(tool);
  return {
    element,
    report,
    show(response, checked) {
      for (const board of boards) {
        board.labels = toLabels(board.passage, board.tokens, response);
        board.clean = response?.clean?.includes(board.passage.id) ?? false;
        board.locked = checked;
        board.paint();
      }
      for (const { button } of tools) button.disabled = checked;
      report.replaceChildren(...(checked && task.key && response ? explain(host, response) : []));
    },
  };
}

/**
 * The word in the line above or below that is nearest to the current one.
 *
 * @param {Board} board
 * @param {1|-1} step
 */
function inNextLine(board, step) {
  const here = board.words[board.current].getBoundingClientRect();
  const middle = (here.left + here.right) / 2;
  let best = board.current;
  let line = Number.NaN;
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = board.current + step; index >= 0 && index < board.words.length; index += step) {
    const box = board.words[index].getBoundingClientRect();
    if (Math.abs(box.bottom - here.bottom) < here.height / 2) continue;
    if (Number.isNaN(line)) line = box.bottom;
    if (Math.abs(box.bottom - line) > here.height / 2) break;
    const distance = Math.abs((box.left + box.right) / 2 - middle);
    if (distance < nearest) [nearest, best] = [distance, index];
  }
  return best;
}

/**
 * Follow a pointer over the words: a tap is one word, a stroke many. A stroke that becomes scrolling is dropped.
 *
 * @param {Board} board
 * @param {AbortSignal} signal
 * @param {{move: () => void, done: () => void, drop: () => void}} then
 */
function watchPointer(board, signal, then) {
  let followed = false;
  const wordAt = (/** @type {Element|null} */ target) => {
    const word = target?.closest(".cd-word");
    return word ? board.words.indexOf(/** @type {HTMLElement} */ (word)) : -1;
  };
  board.list.addEventListener(
    "pointerdown",
    (event) => {
      const index = wordAt(/** @type {Element} */ (event.target));
      if (board.locked || event.button !== 0 || !event.isPrimary || index < 0) return;
      board.anchor = null;
      board.stroke = { from: index, to: index };
      try {
        board.list.setPointerCapture(event.pointerId);
      } catch {
        // A pointer that a script made up cannot be captured; the stroke works without.
      }
      then.move();
    },
    { signal },
  );
  board.list.addEventListener(
    "pointermove",
    (event) => {
      if (!board.stroke) return;
      const root = /** @type {Document|ShadowRoot} */ (board.list.getRootNode());
      const index = wordAt(root.elementFromPoint(event.clientX, event.clientY));
      if (index < 0 || index === board.stroke.to) return;
      board.stroke.to = index;
      then.move();
    },
    { signal },
  );
  board.list.addEventListener(
    "pointerup",
    () => {
      if (!board.stroke) return;
      followed = true;
      then.done();
    },
    { signal },
  );
  board.list.addEventListener("pointercancel", () => board.stroke && then.drop(), { signal });
  // A screen reader's own click comes without a pointer.
  board.list.addEventListener(
    "click",
    (event) => {
      const index = wordAt(/** @type {Element} */ (event.target));
      if (!followed && !board.locked && index >= 0) {
        board.stroke = { from: index, to: index };
        then.done();
      }
      followed = false;
    },
    { signal },
  );
}

/**
 * The report after a check: each label in words, own marks against the reference, and the reasons.
 *
 * @param {SpansHost} host
 * @param {SpansResponse} response
 * @returns {HTMLElement[]}
 */
function explain(host, response) {
  const { task, t } = host;
  const key = /** @type {import("../types.js").SpansKey} */ (task.key);
  const { parts } = score(task, key, response);
  const results = h(
    "ul",
    { class: "cd-label-results" },
    ...task.labels.map((label, place) => {
      const { credit } = parts[place];
      const said = inWords(t, credit, isMarked(response, label.id));
      const tone = credit === null || credit >= 0.95 ? "right" : credit > 0 ? "part" : "wrong";
      const drawing = tone === "right" ? "right" : tone === "part" ? "either" : "wrong";
      return h("li", {}, h("span", { class: "cd-label-name", "data-label": place + 1 }, label.text), chip(tone, drawing, said));
    }),
  );
  const words = new Words(task);
  const compared = task.passages.map((passage) => {
    const tokens = task.tokens[passage.id] ?? [];
    const mine = toLabels(passage, tokens, response).map((label) => (label === null ? null : { label, soft: false }));
    const reference = referenceMarks(task, key, words, passage);
    const equal = mine.every((mark, index) => mark?.label === reference[index]?.label);
    const row = (/** @type {string} */ name, /** @type {({label: string, soft: boolean}|null)[]} */ marks) =>
      h("div", { class: "cd-compare-row" }, h("p", { class: "cd-compare-name" }, name), marks.some(Boolean) ? readout(host, passage, marks) : h("p", { class: "cd-readout cd-quiet" }, t("spans.nothingToMark")));
    return h(
      "div",
      { class: "cd-compare" },
      h("p", { class: "cd-passage-id" }, passage.id),
      ...(equal ? [row(t("spans.both"), reference)] : [row(t("spans.yours"), mine), row(t("spans.reference"), reference)]),
      reasons(host, key, passage),
    );
  });
  return [results, h("p", { class: "cd-report-title" }, t("spans.compare")), ...compared];
}

/**
 * For each word of a passage the label of largest weight; soft where that is a defensible reading.
 *
 * @param {SpansTask} task
 * @param {import("../types.js").SpansKey} key
 * @param {Words} words
 * @param {Passage} passage
 */
function referenceMarks(task, key, words, passage) {
  const characters = words.passages.get(passage.id)?.characters ?? [];
  /** @type {{label: string, soft: boolean, weight: number}[]} */
  const best = [];
  for (const { id } of task.labels) {
    for (const span of key.labels[id] ?? []) {
      const found = span.passage === passage.id && span.weight > 0 ? findQuote(characters, span) : null;
      if (!found) continue;
      (task.tokens[passage.id] ?? []).forEach(([from, to], index) => {
        if (from < found[1] && to > found[0] && span.weight > (best[index]?.weight ?? 0)) best[index] = { label: id, soft: span.weight < 1, weight: span.weight };
      });
    }
  }
  return (task.tokens[passage.id] ?? []).map((_, index) => best[index] ?? null);
}

/**
 * The key's spans of a passage in the order in which they stand, each with its reason.
 *
 * @param {SpansHost} host
 * @param {import("../types.js").SpansKey} key
 * @param {Passage} passage
 */
function reasons({ task, t }, key, passage) {
  const characters = Array.from(passage.text);
  const spans = task.labels
    .flatMap((label, place) => (key.labels[label.id] ?? []).map((span) => ({ span, label, place: place + 1 })))
    .filter(({ span }) => span.passage === passage.id)
    .sort((first, second) => (findQuote(characters, first.span)?.[0] ?? 0) - (findQuote(characters, second.span)?.[0] ?? 0));
  if (!spans.length) return null;
  return h(
    "ul",
    { class: "cd-reasons" },
    ...spans.map(({ span, label, place }) =>
      h(
        "li",
        {},
        h("p", { class: "cd-reason-head" }, h("q", {}, span.quote), " ", h("span", { class: "cd-label-name", "data-label": place }, label.text), " ", span.weight >= 1 ? null : span.weight > 0 ? chip("part", "either", t("weight.defensible")) : chip("wrong", "wrong", t("spans.tempting"))),
        h("p", { class: "cd-why" }, ...inline(span.why)),
      ),
    ),
  );
}
