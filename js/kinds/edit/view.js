// @ts-check
/** Edit, shown: words that are picked, struck, replaced and put in, or the same as plain text; and what came of it. */
import { h, setAttributes, setText } from "../../base/dom.js";
import { placeByKey, watchPointer } from "../../base/word-picking.js";
import { wordsOf } from "./alignment.js";
import { editorsBar } from "./bar.js";
import { Board } from "./board.js";
import { countChanges, insertedAfter, isSame, joined, putBack, replaced, struckOut } from "./marks.js";
import { explain } from "./report.js";
import { mostWords } from "./scoring.js";
import style from "./style.css";

export { style };

/** @typedef {import("./board.js").EditHost} EditHost */
/** @typedef {import("./bar.js").Action} Action */
/** @typedef {import("../../base/shapes.js").EditResponse} EditResponse */
/** @typedef {EditResponse["texts"]} Texts */

/**
 * @param {EditHost} host
 * @returns {import("../../base/types.js").Part<EditResponse>}
 */
export function render(host) {
  const { task, t, uid, signal } = host;
  const boards = task.passages.map((passage) => new Board(host, passage));
  /** @type {Texts[]} the texts before and after each of the learner's steps; at: which of them are shown */
  let history = [{}];
  let at = 0;
  /** @type {Board|null} the board in whose text the learner is typing: so long, all is one step */
  let typing = null;
  let asText = false;
  let locked = false;
  /** @type {Board|null} */
  let active = null;

  const small = (/** @type {string} */ text, /** @type {() => void} */ press) => {
    const button = h("button", { type: "button", class: "cd-button cd-small" }, text);
    button.addEventListener("click", press, { signal });
    return button;
  };
  const undo = small(t("edit.undo"), () => step(-1));
  const redo = small(t("edit.redo"), () => step(1));
  const plain = small(t("edit.asText"), () => {
    asText = !asText;
    drop();
    draw();
    (asText ? boards[0].area : boards[0].words[boards[0].current])?.focus();
  });
  const state = h("p", { class: "cd-edit-state" });
  const tools = h("div", { class: "cd-edit-tools" }, undo, redo, plain, state);
  const how = h(
    "details",
    { class: "cd-details cd-keys" },
    h("summary", {}, t("edit.howTo")),
    h(
      "ul",
      {},
      h("li", {}, t("edit.howPointer")),
      h("li", {}, t("edit.howMove")),
      h("li", {}, t("edit.howKeys")),
      h("li", {}, t("edit.howUndo")),
      h("li", {}, t("edit.howText")),
    ),
  );
  const brief = h("p", { class: "cd-sr", id: uid("keys") }, t("edit.brief"));
  const bar = editorsBar(host, { act, left: () => active?.words[active.current]?.focus() });
  const report = h("div", { class: "cd-report cd-edit-result" });
  const element = h(
    "div",
    { class: "cd-edit" },
    tools,
    how,
    brief,
    h("div", { class: "cd-passages" }, ...boards.map((board) => board.element)),
    bar.element,
  );

  const textOf = (/** @type {Board} */ { passage }) =>
    Object.hasOwn(history[at], passage.id) ? history[at][passage.id] : passage.text;

  function stateText() {
    const count = boards.reduce((sum, { items }) => sum + countChanges(items), 0);
    return count ? t("edit.changes", { count }) : t("edit.none");
  }

  /** Show the texts of the present step. */
  function draw() {
    for (const board of boards) {
      board.locked = locked;
      board.list.hidden = asText;
      board.plain.hidden = !asText;
      board.draw(textOf(board));
    }
    setText(state, stateText());
    setAttributes(plain, { "aria-pressed": String(asText) });
    setAttributes(undo, { "aria-disabled": at > 0 && !locked ? null : "true" });
    setAttributes(redo, { "aria-disabled": at < history.length - 1 && !locked ? null : "true" });
    tools.hidden = locked && !asText;
    undo.hidden = redo.hidden = locked;
    how.hidden = locked;
    bar.show(active && !locked && !asText ? active.picked : []);
  }

  /**
   * Take a text of one passage as the learner's next step.
   *
   * @param {Board} board
   * @param {string} text
   * @param {{soon?: boolean, isSameStep?: boolean}} [options]
   */
  function commit(board, text, { soon = false, isSameStep = false } = {}) {
    const { [board.passage.id]: _, ...others } = history[at];
    const texts = isSame(board.originals, text) ? others : { ...others, [board.passage.id]: text };
    history = [...history.slice(0, isSameStep ? at : at + 1), texts];
    at = history.length - 1;
    draw();
    host.change({ kind: "edit", texts }, { soon });
  }

  /** @param {1|-1} by */
  function step(by) {
    typing = null;
    if (locked || at + by < 0 || at + by >= history.length) return;
    at += by;
    for (const board of boards) setText(board.fault, "");
    draw();
    host.change({ kind: "edit", texts: history[at] });
    host.say(by < 0 ? t("edit.saidUndone", { state: stateText() }) : t("edit.saidRedone", { state: stateText() }));
  }

  /** @param {Board} board */
  function pick(board) {
    if (active && active !== board) Object.assign(active, { picking: false, anchor: null });
    active?.paint();
    active = board;
    board.picking = true;
    board.paint();
    bar.show(board.picked);
  }

  function drop() {
    if (active) Object.assign(active, { picking: false, anchor: null, stroke: null });
    active?.paint();
    active = null;
    bar.show([]);
  }

  /**
   * Do something with what is picked, and say what was done.
   *
   * @param {Action} action
   * @param {string} given
   */
  function act(action, given) {
    const board = active;
    if (!board || locked || !board.words.length) return;
    typing = null;
    const { items, range } = board;
    const words = joined(board.picked);
    const own = given.trim().split(/\s+/u).join(" ");
    const ways = {
      strike: () => struckOut(items, range),
      replace: () => replaced(items, range, own),
      insert: () => insertedAfter(items, range, own),
      back: () => putBack(items, range),
    };
    const text = ways[action]();
    const count = wordsOf(text).length;
    const most = mostWords(board.passage.text);
    if (count > most) host.say(t("edit.tooLong", { count, most }));
    else if (text === board.text) host.say(t("edit.saidSame"));
    else {
      [board.current] = range;
      board.anchor = null;
      commit(board, text);
      if (action === "back") host.say(t("edit.saidBack"));
      else host.say(saidOf(action, words, own), { asWritten: true });
    }
    board.words[board.current]?.focus({ preventScroll: true });
  }

  /**
   * What was done with some words.
   *
   * @param {Action} action
   * @param {string} words
   * @param {string} own those that were given
   */
  function saidOf(action, words, own) {
    if (action === "insert") return t("edit.saidInserted", { words: own });
    return action === "replace" && own ? t("edit.saidReplaced", { words, own }) : t("edit.saidStruck", { words });
  }

  /**
   * @param {Board} board
   * @param {number} index
   */
  function moveTo(board, index) {
    board.current = Math.max(0, Math.min(board.words.length - 1, index));
    if (!locked) pick(board);
    else board.paint();
    board.words[board.current]?.focus();
  }

  boards.forEach((board) => {
    board.list.addEventListener("keydown", (event) => onKey(board, event), { signal });
    board.list.addEventListener(
      "focusin",
      () => {
        if (!locked && !board.stroke && active !== board) pick(board);
      },
      { signal },
    );
    board.list.addEventListener(
      "copy",
      (event) => {
        if (!board.words.length) return;
        event.clipboardData?.setData("text/plain", joined(board.picked));
        event.preventDefault();
      },
      { signal },
    );
    watchPointer(board, signal, {
      move: () => {
        board.paint();
      },
      done: () => {
        const { from, to } = board.stroke ?? { from: board.current, to: board.current };
        board.stroke = null;
        board.anchor = from === to ? null : from;
        moveTo(board, to);
      },
      drop: () => {
        board.stroke = null;
        board.paint();
      },
    });
    board.area.addEventListener(
      "input",
      () => {
        const count = wordsOf(board.area.value).length;
        const most = mostWords(board.passage.text);
        setText(board.fault, count > most ? t("edit.tooLong", { count, most }) : "");
        if (count > most) return;
        const isSameStep = typing === board;
        typing = board;
        commit(board, board.area.value.trim().split(/\s+/u).join(" "), { soon: true, isSameStep });
      },
      { signal },
    );
    board.area.addEventListener(
      "blur",
      () => {
        typing = null;
        host.flush();
      },
      { signal },
    );
  });
  // Only the Tab key closes the bar on the way out: under a pointer that presses Check, the page must not move.
  let isTabbing = false;
  element.addEventListener(
    "keydown",
    ({ key }) => {
      isTabbing = key === "Tab";
    },
    { signal, capture: true },
  );
  element.addEventListener(
    "pointerdown",
    () => {
      isTabbing = false;
    },
    { signal },
  );
  element.addEventListener(
    "focusout",
    ({ relatedTarget: next }) => {
      if (isTabbing && next instanceof Node && !element.contains(next)) drop();
      isTabbing = false;
    },
    { signal },
  );

  /**
   * @param {Board} board
   * @param {KeyboardEvent} event
   */
  function onKey(board, event) {
    if (event.altKey || !board.words.length) return;
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase();
      if (key === "y" || (key === "z" && event.shiftKey)) step(1);
      else if (key === "z") step(-1);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    /** @type {Record<string, () => void>} */
    const actions = {
      delete: () => act("strike", ""),
      backspace: () => act("strike", ""),
      enter: () => bar.ask("replace"),
      i: () => bar.ask("insert"),
      p: () => act("back", ""),
      escape: () => {
        drop();
        host.say(t("edit.saidDropped"));
      },
    };
    const key = event.key.toLowerCase();
    const place = placeByKey(board, event);
    if (place !== null) moveTo(board, place);
    else if (Object.hasOwn(actions, key) && !locked) {
      if (key !== "escape") pick(board);
      actions[key]();
    } else if (key === " ") moveTo(board, board.current);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    element,
    report,
    show(response, checked) {
      const texts = response?.texts ?? {};
      if (JSON.stringify(texts) !== JSON.stringify(history[at])) {
        history = history.length > 1 ? [...history.slice(0, at + 1), texts] : [texts];
        at = history.length - 1;
        typing = null;
      }
      locked = checked;
      if (checked) drop();
      draw();
      report.replaceChildren(...(checked && task.key && response ? explain(host, response) : []));
    },
  };
}
