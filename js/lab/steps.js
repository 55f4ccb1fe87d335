// @ts-check
/** One step at a time in a notebook of the course: its sections, of which one is shown, and a bar above it. */

import { shortName } from "../base/lesson.js";
import { recall, remember } from "../store/storage.js";

/** @typedef {import("./types.js").Panel} Panel */
/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {{title: string, cells: Cell[]}} Step */

const KEY = "copydesk/lab/whole";
/** A notebook with fewer sections is read as it is. */
const LEAST_STEPS = 3;

/**
 * The steps of a notebook: each begins with a cell that begins with a heading of the second level. What is above
 * the first of them belongs to it.
 *
 * @param {readonly Cell[]} cells
 * @returns {Step[]}
 */
export function stepsOf(cells) {
  /** @type {Step[]} */
  const steps = [];
  /** @type {Cell[]} */
  const lead = [];
  for (const cell of cells) {
    const title = cell.model.type === "markdown" ? headingOf(cell) : "";
    if (title) steps.push({ title, cells: steps.length ? [cell] : [...lead, cell] });
    else (steps.at(-1)?.cells ?? lead).push(cell);
  }
  return steps.length < LEAST_STEPS ? [] : steps;
}

/** @param {Cell} cell @returns {string} the words of the heading that it begins with, or nothing */
const headingOf = ({ model }) => /^\s*## +(.+)/.exec(model.sharedModel.getSource())?.[1].trim() ?? "";

/**
 * Show a notebook one step at a time.
 *
 * @param {Panel} panel
 * @param {{modules: import("./types.js").Modules, texts: Record<string, string>}} given
 */
export function startSteps(panel, { modules, texts }) {
  const { content } = panel;
  let steps = stepsOf(content.widgets);
  if (!steps.length) return;
  const file = panel.context.localPath.split("/").at(-1) ?? "";
  const number = shortName(file.replace(/\.ipynb$/, ""));
  const place = `copydesk/lab/step/${panel.context.localPath}`;
  let current = Math.min(Number(recall(place)) || 0, steps.length - 1);
  let isWhole = recall(KEY) === "yes";

  const back = button("cdlab-steps-turn", "‹", texts.steps_back, () => goTo(current - 1));
  const next = button("cdlab-steps-turn", "›", texts.steps_next, () => goTo(current + 1));
  const list = document.createElement("select");
  list.className = "cdlab-steps-list";
  list.setAttribute("aria-label", texts.steps_name);
  list.addEventListener("change", () => goTo(Number(list.value)));
  const whole = button("cdlab-steps-whole", "", "", () => {
    isWhole = !isWhole;
    remember(KEY, isWhole ? "yes" : "no");
    show();
    goToTop();
  });
  const bar = new modules["@lumino/widgets"].Widget();
  bar.addClass("cdlab-steps");
  bar.node.setAttribute("role", "navigation");
  bar.node.setAttribute("aria-label", texts.steps_name);
  bar.node.append(back, list, next, whole);
  panel.contentHeader.addWidget(bar);
  const on = button("cdlab-steps-on", "", "", () => goTo(current + 1));

  /** @param {string} name @param {string} words @param {string} label @param {() => void} act */
  function button(name, words, label, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = name;
    element.textContent = words;
    if (label) {
      element.title = label;
      element.setAttribute("aria-label", label);
    }
    element.addEventListener("click", act);
    return element;
  }

  function show() {
    steps.forEach(({ cells }, index) => {
      for (const cell of cells) if (!cell.isDisposed) cell.setHidden(!isWhole && index !== current);
    });
    const of = String(steps.length);
    list.replaceChildren(
      ...steps.map((step, index) => {
        const said = fill(texts.steps_place, { number, step: String(index + 1), of });
        return new Option(`${said} · ${nameOf(step)}`, String(index), false, index === current);
      }),
    );
    back.disabled = current === 0;
    next.disabled = current === steps.length - 1;
    for (const element of [back, list, next]) element.hidden = isWhole;
    whole.textContent = isWhole ? texts.steps_choose_steps : texts.steps_choose_whole;
    showWayOn();
  }

  /** The button that leads on is below the last cell of a step. */
  function showWayOn() {
    const coming = steps[current + 1];
    on.remove();
    if (isWhole || !coming) return;
    on.textContent = fill(texts.steps_continue, { title: nameOf(coming) });
    const last = steps[current].cells.findLast((cell) => !cell.isDisposed);
    last?.node.append(on);
  }

  /** @param {number} index */
  function goTo(index) {
    if (!steps[index]) return;
    current = index;
    remember(place, String(current));
    show();
    goToTop();
  }

  function goToTop() {
    const [first] = steps[current].cells;
    const heading = steps[current].cells.find((cell) => headingOf(cell)) ?? first;
    content.activeCellIndex = content.widgets.indexOf(heading);
    void content.scrollToItem(isWhole ? content.activeCellIndex : content.widgets.indexOf(first), "start");
  }

  list.addEventListener("focus", show); // by then the tasks are there, and have names
  content.modelContentChanged.connect(() => {
    const found = stepsOf(content.widgets);
    const isSame =
      found.length === steps.length && found.every(({ cells }, at) => cells.length === steps[at].cells.length);
    if (isSame) return;
    steps = found; // a learner added a cell, or took one away
    current = Math.min(current, Math.max(0, steps.length - 1));
    if (steps.length) show();
  });
  show();
}

/** The id of a task as a heading, which says nothing to who has not seen it. */
const TASK_ID = /^[A-Z]\d+[a-z]?$/;

/**
 * What a step is called: by its heading, and where that is the id of a task, by the name of the task as well.
 *
 * @param {Step} step
 */
function nameOf({ title, cells }) {
  if (!TASK_ID.test(title)) return title;
  const headings = cells.flatMap(({ node }) => [...node.querySelectorAll(".cd-heading")]);
  const name = headings.map(({ textContent }) => textContent.trim()).find(Boolean);
  return name ? `${title} · ${name}` : title;
}

/**
 * Put values into a text.
 *
 * @param {string} text
 * @param {Record<string, string>} values
 */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
