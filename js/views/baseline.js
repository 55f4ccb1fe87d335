// @ts-check
/** The baseline: a form of statements in the learner's own order, and the first guess seen again. */

import { h, setAttributes, setText, uidMaker } from "../base/dom.js";
import { shortName } from "../base/lesson.js";
import { nextTimestamp } from "../store/answer-file.js";
import { answersTo } from "../store/page.js";
import { browserStorage } from "../store/storage.js";
import { tasksView } from "../task/desk.js";
import style from "./baseline.css";
import { guessOf, pickedOption, report } from "./baseline-report.js";

export { style };

/** @param {import("../base/types.js").Desk<import("../base/contents.js").BaselineContent>} desk */
export function render(desk) {
  const { content, store, t, signal } = desk;
  const ids = store.order(content.form, Object.keys(content.supported));
  const lead = h("div", {});
  const body = h("div", {});
  const end = h("div", { class: "cd-form-end" });
  const element = h("div", { class: "cd-form" }, lead, body, end);
  /** @type {boolean|undefined} */
  let shown;
  const inner = new AbortController();
  signal.addEventListener("abort", () => inner.abort());

  const isShown = () => content.explained.every((id) => store.entries()[id]?.checked);
  const open = () => ids.filter((id) => !pickedOption(store.entries(), id)).length;

  function update() {
    if (isShown() !== shown) draw();
    shown = isShown();
    describe();
  }

  /** Draw again only where the report shows: the focus stays in the form. */
  function draw() {
    if (isShown()) {
      inner.abort();
      lead.replaceChildren();
      body.replaceChildren();
      end.replaceChildren(report(desk, ids));
      return;
    }
    const asked = content.tasks.filter(({ id }) => !ids.includes(id));
    if (asked.length) lead.append(tasksView({ ...desk, content: { ...content, tasks: asked } }));
    const title = t("form.name", { form: content.form, count: ids.length });
    const tasks = ids.flatMap((name) => content.tasks.filter(({ id }) => id === name));
    body.append(tasksView({ ...desk, signal: inner.signal, content: { ...content, title, tasks } }));
    end.append(button, left);
  }

  const left = h("p", { class: "cd-left", id: uidMaker()("left") });
  const button = h(
    "button",
    { type: "button", class: "cd-button cd-primary", "aria-describedby": left.id },
    t("form.show"),
  );
  button.addEventListener(
    "click",
    () => {
      if (open()) {
        desk.say(left.textContent ?? "");
        return;
      }
      for (const id of content.explained) {
        const entry = store.entries()[id];
        store.put(id, { ...entry, checked: true, at: nextTimestamp(entry.at) });
      }
      update();
      /** @type {HTMLElement|null} */ (end.querySelector("h3"))?.focus();
    },
    { signal },
  );

  function describe() {
    const count = open();
    setText(left, count ? t("form.left", { count }) : t("form.ready"));
    left.dataset.complete = String(!count);
    setAttributes(button, { "aria-disabled": count ? "true" : null });
  }

  store.listen(update, signal);
  update();
  return element;
}

/**
 * The first guess, as it was written down at the beginning of the course.
 *
 * @param {import("../base/types.js").Desk<import("../base/contents.js").GuessContent>} desk
 */
export function renderGuess({ content, t }) {
  const guess = guessOf(answersTo(content, content.opening, browserStorage()));
  const said =
    guess === null
      ? t("form.missing", { lesson: shortName(content.opening.lesson) })
      : t("form.guessBefore", { before: guess });
  return h("div", { class: "cd-desk cd-desk-one" }, h("p", { class: "cd-form-guess" }, said));
}
