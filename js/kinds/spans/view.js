// @ts-check
/** Spans, shown: the words of each passage as a list that pointer and keyboard mark. */
import { h } from "../../base/dom.js";
import { inline } from "../../base/text.js";
import { placeByKey, watchPointer } from "../../base/word-picking.js";
import { Board } from "./board.js";
import labelLooks from "./label-looks.css";
import { toLabels, toSpans } from "./marks.js";
import { explain } from "./report.js";
import rules from "./style.css";
import { stayInReach } from "./toolbar.js";

export const style = `${labelLooks}\n${rules}`;

/** @typedef {import("../../base/shapes.js").SpansTask} SpansTask */
/** @typedef {import("../../base/shapes.js").SpansResponse} SpansResponse */
/** @typedef {import("../../base/shapes.js").Passage} Passage */
/** @typedef {import("../../base/shapes.js").Token} Token */
/** @typedef {import("../../base/types.js").Host<SpansTask, SpansResponse>} SpansHost */

const ERASER = "";
/** Of more words only the first and the last are said. */
const MOST_SAID_WORDS = 5;

/**
 * @param {SpansHost} host
 * @returns {import("../../base/types.js").Part<SpansResponse>}
 */
export function render(host) {
  const { task, t, uid, signal } = host;
  const boards = task.passages.map((passage) => new Board(host, passage));
  let tool = task.labels[0].id;

  const tools = [
    ...task.labels.map(({ id, text, key, note }, place) => ({ id, text, key, note, place: place + 1 })),
    { id: ERASER, text: t("spans.eraser"), key: "⌫", note: "", place: 0 },
  ].map((entry) => {
    const button = h(
      "button",
      {
        type: "button",
        class: "cd-tool",
        "data-label": entry.place || null,
        "aria-keyshortcuts": entry.place ? entry.key : "Delete",
      },
      h(
        "span",
        { class: "cd-tool-line" },
        h("span", { class: "cd-tool-name" }, entry.text),
        h("kbd", { class: "cd-key", "aria-hidden": "true" }, entry.key),
      ),
      entry.note ? h("span", { class: "cd-tool-note" }, " ", ...inline(entry.note)) : null,
    );
    button.addEventListener("click", () => pick(entry.id), { signal });
    return { id: entry.id, button };
  });
  const toolbar = h(
    "div",
    { class: "cd-tools", role: "group", "aria-label": t("spans.tools") },
    h("span", { class: "cd-tools-title", "aria-hidden": "true" }, t("spans.markAs")),
    ...tools.map(({ button }) => button),
  );
  const keys = h(
    "details",
    { class: "cd-details cd-keys" },
    h("summary", {}, t("spans.howTo")),
    h(
      "ul",
      {},
      h("li", {}, t("spans.howPointer")),
      h("li", {}, t("spans.howMove")),
      h("li", {}, t("spans.howSelect")),
      h(
        "li",
        {},
        t("spans.howLabel", {
          keys: task.labels.map(({ key, text }) => t("spans.keyOf", { key, label: text })).join(", "),
        }),
      ),
      h("li", {}, t("spans.howErase")),
      h("li", {}, t("spans.howCopy")),
    ),
  );
  const brief = h(
    "p",
    { id: uid("keys"), hidden: true },
    t("spans.brief", { keys: task.labels.map(({ key, text }) => t("spans.keyOf", { key, label: text })).join(", ") }),
  );
  const report = h("div", { class: "cd-report" });
  const element = h(
    "div",
    { class: "cd-spans" },
    toolbar,
    keys,
    brief,
    h("div", { class: "cd-passages" }, ...boards.map((board) => board.element)),
  );

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
    const words = briefly(t, board.texts.slice(first, last + 1));
    host.say(
      value === null ? t("spans.saidCleared", { words }) : t("spans.saidLabelled", { words, label: nameOf(value) }),
      { asWritten: true },
    );
    return save();
  }

  /**
   * @param {Board} board
   * @param {number} index
   * @param {boolean} [inView] whether the word is seen already: what a finger touches must not move away
   */
  function moveTo(board, index, inView = false) {
    board.current = Math.max(0, Math.min(board.words.length - 1, index));
    board.paint();
    board.words[board.current]?.focus({ preventScroll: inView });
  }

  /**
   * Copy the words that the keyboard has selected, or the one that has the focus. What the browser has selected it
   * copies by itself.
   *
   * @param {Board} board
   * @param {ClipboardEvent} event
   */
  function copy(board, event) {
    if (document.getSelection()?.isCollapsed === false || !board.words.length) return;
    event.clipboardData?.setData("text/plain", board.chosenText);
    event.preventDefault();
    host.say(t("spans.saidCopied"));
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
    board.list.addEventListener("copy", (event) => copy(board, event), { signal });
    board.list.addEventListener(
      "focusout",
      (event) => {
        if (
          board.anchor === null ||
          board.list.contains(/** @type {Node|null} */ (event.relatedTarget)) ||
          element.contains(/** @type {Node|null} */ (event.relatedTarget))
        )
          return;
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
        moveTo(board, end, true);
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
    const label = task.labels.find(({ key }) => key === event.key.toLowerCase());
    const place = placeByKey(board, event);
    if (place !== null) moveTo(board, place);
    else if (label && !event.shiftKey) {
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
  stayInReach(toolbar, element, signal);
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
 * Words in a form that is short enough to be heard after each key.
 *
 * @param {import("../../base/types.js").Translate} t
 * @param {string[]} words
 */
function briefly(t, words) {
  const [first, last] = [words[0], words[words.length - 1]];
  return words.length > MOST_SAID_WORDS ? t("spans.manyWords", { first, last, count: words.length }) : words.join(" ");
}
