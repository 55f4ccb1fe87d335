// @ts-check
/** The form of a spans task: labels, passages, and the key marked on the words themselves. */
import { h } from "../../base/dom.js";
import { head, more, note, why } from "../common.js";
import { text, weight } from "../fields.js";
import { brief, list } from "../lists.js";
import { idsOf, isUnwritten, listAt, newId, placedWords, putAt, unwritten } from "../raw.js";
import { WordBoard } from "../word-board.js";
import { dropExample, eraseMarks, forgetPassage, freeLetter, looksOf, marksOf, toggleMark } from "./marks.js";
import { passageList } from "./passages.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {{id: string, text: string}} Passage */

const MOST_LABELS = 6;

/**
 * @param {any} entry
 * @param {string} stub
 */
export function addLabel(entry, stub) {
  const labels = listAt(entry, ["labels"]);
  const id = newId(idsOf(labels), "label");
  const key = freeLetter(
    "",
    labels.map((label) => label.key),
  );
  labels.push({ id, text: stub, key });
  putAt(entry, ["key", "labels", id], []);
}

/**
 * @param {any} entry
 * @param {number} place
 */
export function removeLabel(entry, place) {
  const [{ id }] = entry.labels.splice(place, 1);
  for (const part of ["labels", "panel"]) if (entry.key?.[part]) delete entry.key[part][id];
}

/** @param {Form} form */
function labelList(form) {
  const { t, entry } = form;
  const labels = /** @type {any[]} */ (entry.labels ?? []);
  return list(form, ["labels"], {
    legend: t("author.labels"),
    hint: t("author.labels.hint"),
    one: (place) => t("author.label", { number: place + 1 }),
    add: t("author.label.add"),
    least: 1,
    make: () => labels.length < MOST_LABELS && addLabel(entry, unwritten(t("author.stub.label"))),
    remove: (place) => removeLabel(entry, place),
    draw(at, place) {
      const name = t("author.label", { number: place + 1 });
      return [
        text(form, [...at, "text"], {
          label: t("author.label.name"),
          name,
          hint: t("author.label.key", { key: labels[place].key }),
          after: (words) => renameLabel(form, place, words),
        }),
        note(form, at, name),
      ];
    },
  });
}

/**
 * A label without marks takes a letter of its new name.
 *
 * @param {Form} form
 * @param {number} place
 * @param {string} words
 */
function renameLabel(form, place, words) {
  const labels = form.entry.labels;
  const others = labels.filter((/** @type {any} */ _, /** @type {number} */ index) => index !== place);
  const first = words.trim()[0]?.toLowerCase() ?? "";
  const isNew = /^label\d+$/.test(labels[place].id) || labels[place].id === "mark";
  if (isNew && !others.some((/** @type {any} */ label) => label.key === first)) {
    labels[place].key = freeLetter(words, idsOf(others.map((/** @type {any} */ label) => ({ id: label.key }))));
    form.touch();
  }
  form.redrawSoon();
}

/**
 * @param {Form} form
 * @param {Passage} passage
 * @param {number} place
 * @param {(() => void)[]} boards what shows each passage's marks again: a new mark may change the place of any other
 */
function marking(form, passage, place, boards) {
  const { t, entry, uid, signal } = form;
  if (isUnwritten(passage.text)) return [];
  const labels = /** @type {any[]} */ (entry.labels ?? []);
  /** @param {string} id */
  function nameOf(id) {
    const index = labels.findIndex((label) => label.id === id);
    return brief(labels[index]?.text) || (index < 0 ? id : t("author.label", { number: index + 1 }));
  }
  const keys = labels.map(({ id, key }) => t("author.keyOf", { key, label: nameOf(id) })).join(", ");
  const help = h("p", { class: "cd-hint", id: uid(`keys-${place}`), hidden: place > 0 }, t("author.marking", { keys }));
  const board = new WordBoard({
    text: passage.text,
    words: placedWords(passage.text),
    label: t("author.wordsOf", { name: passage.id }),
    describedBy: help.id,
    signal,
    onKey(event) {
      const label = labels.find(({ key }) => key === event.key.toLowerCase());
      if (label) apply(label.id);
      else if (event.key === "Delete" || event.key === "Backspace") erase();
      else return false;
      return true;
    },
  });
  const rows = h("div", { class: "cd-author-marks" });

  /** @param {string} label */
  function apply(label) {
    if (!board.words.length) return;
    const [first, last] = board.range;
    const words = board.chosenText;
    const stub = unwritten(t("author.stub.mark"));
    dropExample(entry, stub);
    const isMarked = toggleMark(entry, passage, { label, first, last, why: stub });
    after(isMarked ? "author.saidMarked" : "author.saidUnmarked", { words, label: nameOf(label) });
  }

  function erase() {
    const [first, last] = board.range;
    const words = board.chosenText;
    if (eraseMarks(entry, passage, first, last)) after("author.saidErased", { words });
  }

  /**
   * @param {string} said
   * @param {Record<string, string>} values
   */
  function after(said, values) {
    form.touch();
    board.release();
    for (const again of boards) again();
    form.showFaults(form.faults);
    form.say(t(said, values), { asWritten: true });
  }

  function show() {
    board.show(looksOf(entry, passage, ({ label }) => nameOf(label)));
    const marks = marksOf(entry, passage);
    rows.replaceChildren(
      ...marks.map((mark) => {
        const at = ["key", "labels", mark.label, mark.place];
        const name = t("author.mark", { label: nameOf(mark.label), words: brief(mark.span.quote) });
        const remove = h(
          "button",
          { type: "button", class: "cd-button cd-small", "aria-label": t("author.removeOne", { name }) },
          t("author.remove"),
        );
        remove.addEventListener("click", () => {
          const spans = entry.key.labels[mark.label];
          form.remove(name, () => void spans.splice(spans.indexOf(mark.span), 1), `passages/${place}`);
        });
        const number = labels.findIndex(({ id }) => id === mark.label) + 1;
        return h(
          "fieldset",
          { class: "cd-author-mark", "data-label": number || null },
          h(
            "legend",
            { class: "cd-author-name" },
            h("span", { class: "cd-label-name" }, nameOf(mark.label)),
            " ",
            h("q", { dir: "auto", translate: "no" }, mark.span.quote),
          ),
          mark.first < 0 ? h("p", { class: "cd-fault" }, t("author.lost")) : null,
          weight(form, [...at, "weight"], { name: t("author.weightOf", { name }), fallback: 1 }),
          why(form, [...at, "why"], name),
          h("div", { class: "cd-author-tools" }, remove),
        );
      }),
    );
    if (!marks.length) rows.append(h("p", { class: "cd-hint" }, t("author.noMarks")));
  }

  const tools = h(
    "div",
    { class: "cd-tools", role: "group", "aria-label": t("author.markAs") },
    h("span", { class: "cd-tools-title", "aria-hidden": "true" }, t("author.markAs")),
    ...labels.map(({ id, key }, index) => {
      const button = h(
        "button",
        { type: "button", class: "cd-tool", "data-label": index + 1, "aria-keyshortcuts": key },
        h(
          "span",
          { class: "cd-tool-line" },
          h("span", { class: "cd-tool-name" }, nameOf(id)),
          h("kbd", { class: "cd-key", "aria-hidden": "true" }, key),
        ),
      );
      button.addEventListener("click", () => apply(id));
      return button;
    }),
  );
  boards.push(show);
  show();
  return [help, board.list, tools, rows];
}

/** @param {Form} form */
export function draw(form) {
  /** @type {(() => void)[]} */
  const boards = [];
  return [
    ...head(form, { withContext: false }),
    labelList(form),
    passageList(form, {
      forget: forgetPassage,
      draw: (passage, place) => marking(form, passage, place, boards),
      hint: form.t("author.spans.hint"),
    }),
    more(form),
  ];
}
