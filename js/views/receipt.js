// @ts-check
/** The receipt of a submission, made of the file itself: the same words as in src/copydesk/desk/receipt.py, to read and to print. */
import { copyBox, savedText } from "../base/copy-box.js";
import { h, icon } from "../base/dom.js";
import { printPaper } from "../base/paper.js";
import { counts, rowCompletion, rowName, stateChip, stateText } from "../task/completion.js";

/** @typedef {import("../base/shapes.js").AnswerFile} AnswerFile */
/** @typedef {import("../base/contents.js").Required} Required */
/** @typedef {import("../base/types.js").Translate} Translate */

/**
 * How far a clock is from UTC, for example UTC+2 or UTC-3:30.
 *
 * @param {number} minutes as Date.getTimezoneOffset gives them: west is positive
 */
export function zoneText(minutes) {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes ? `${minutes > 0 ? "-" : "+"}${hours}` : ""}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/**
 * What is above the list of tasks: the file, whose it is and from when, how many tasks are not complete.
 *
 * @param {Translate} t
 * @param {Required[]} rows
 * @param {AnswerFile} file
 * @param {string} name
 */
export function receiptHead(t, rows, file, name) {
  const moment = new Date(file.handed_in ?? file.saved);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())} ${zoneText(moment.getTimezoneOffset())}`;
  const { done, of } = counts(file.answers, rows);
  return [
    t("receipt.file", { name }),
    t("receipt.from", { alias: file.learner.alias, day, time }),
    ...(done < of ? [t("receipt.gaps", { count: of - done })] : []),
  ];
}

/**
 * The receipt as plain text, as Python writes it.
 *
 * @param {Translate} t
 * @param {Required[]} rows
 * @param {AnswerFile} file
 * @param {string} name
 */
export function receiptText(t, rows, file, name) {
  const lines = rows.map(
    (row) => `- ${t("receipt.task", { task: rowName(row), state: stateText(t, rowCompletion(file.answers, row)) })}`,
  );
  return [...receiptHead(t, rows, file, name), ...lines, t("receipt.next")].join("\n");
}

/**
 * @param {import("../base/types.js").Desk} desk
 * @param {(name: string) => string} uid
 * @param {{rows: Required[], file: AnswerFile, name: string, path: string, text: string, isSure: boolean, save: (name: string, text: string) => boolean}} given path: where the kernel put it, nothing where the browser downloaded it; text: what is in the file; isSure: whether the browser certainly may save it
 */
export function receiptPart(desk, uid, { rows, file, name, path, text, isSure, save }) {
  const { t, signal, content, say } = desk;
  const button = (
    /** @type {string} */ words,
    /** @type {() => void} */ action,
    /** @type {SVGElement|null} */ drawing = null,
  ) => {
    const made = h("button", { type: "button", class: "cd-button cd-small" }, drawing, words);
    made.addEventListener("click", action, { signal });
    return made;
  };
  const download = () => {
    say(savedText(t, name, save(name, text), true));
  };
  const paper = h(
    "div",
    {},
    h("h4", { class: "cd-receipt-title", id: uid("receipt"), tabindex: -1 }, t("receipt.title")),
    ...receiptHead(t, rows, file, name).map((line) => h("p", {}, line)),
    h(
      "p",
      {},
      path ? t("receipt.saved", { path }) : isSure ? t("receipt.downloaded") : savedText(t, name, false, true),
    ),
    h(
      "ul",
      { class: "cd-todo" },
      ...rows.map((row) => {
        const given = rowCompletion(file.answers, row);
        return h("li", {}, h("span", { class: "cd-todo-title" }, rowName(row)), stateChip(given, stateText(t, given)));
      }),
    ),
    h("p", { class: "cd-receipt-next" }, t("receipt.next")),
  );
  const buttons = h(
    "div",
    { class: "cd-bar-buttons" },
    button(t("receipt.download"), download, icon("down")),
    button(t("receipt.print"), () => printPaper({ ...content, style: PRINT, body: [paper] })),
  );
  const copy = path || isSure ? null : copyBox(desk, text);
  const attributes = { class: "cd-receipt", "data-ok": "true", "aria-labelledby": uid("receipt") };
  return h("section", attributes, paper, copy, buttons);
}

const PRINT =
  "body{font:11pt/1.5 sans-serif;margin:2cm}li{display:flex;gap:1em;justify-content:space-between}svg{display:none}ul{padding:0;list-style:none}";
