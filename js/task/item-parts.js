// @ts-check
/** What a task of any kind may have beside its controls: evidence cards, hints, a reason, a confidence. */
import { cardBody } from "../base/card.js";
import { h, hasFocus, setAttributes, setText } from "../base/dom.js";
import { inline, percentIn } from "../base/text.js";

/** @typedef {import("../base/types.js").Translate} Translate */
/** @typedef {import("../base/shapes.js").Task} Task */
/** @typedef {import("../base/shapes.js").Entry} Entry */

/**
 * What a part is given: the answer as it is, and the way to change it.
 *
 * @template {keyof Entry} Fields
 * @typedef {object} Editor
 * @property {Pick<import("../base/types.js").Desk, "t"|"signal"|"say"|"content">} desk
 * @property {Pick<Entry, Fields>} entry
 * @property {(part: Pick<Entry, Fields>, soon?: boolean) => void} change
 */

const MOST_REASON_CHARACTERS = 2000;
const CONFIDENCES = [0.5, 0.6, 0.7, 0.8, 0.9, 1];

/**
 * The evidence cards of a task, folded.
 *
 * @param {Translate} t
 * @param {Task} task
 */
export function cardsPart(t, task) {
  const cards = task.cards ?? [];
  if (!cards.length) return null;
  return h(
    "details",
    { class: "cd-details cd-cards", open: cards.length <= 2 },
    h("summary", {}, t("cards.title", { count: cards.length })),
    h(
      "ul",
      { class: "cd-card-list" },
      ...cards.map((card) =>
        h("li", { class: "cd-card" }, h("p", { class: "cd-card-title" }, card.title), ...cardBody(t, card)),
      ),
    ),
  );
}

/**
 * Hints, shown one after the other when the learner asks. The button stays where it is, so that the focus does.
 *
 * @param {Editor<"hints">} item
 * @param {string[]} hints
 */
export function hintsPart(item, hints) {
  const { t, signal, say } = item.desk;
  const list = h("ol", { class: "cd-hint-list", role: "list" });
  const button = h("button", { type: "button", class: "cd-button cd-small" });
  const element = h("div", { class: "cd-hints" }, list, button);
  const draw = () => {
    const shown = Math.min(item.entry.hints, hints.length);
    while (list.children.length > shown) list.lastElementChild?.remove();
    for (const text of hints.slice(list.children.length, shown))
      list.append(
        h(
          "li",
          {},
          h("span", { class: "cd-hint-name" }, t("hint.name", { number: list.children.length + 1 })),
          " ",
          h("span", {}, ...inline(text)),
        ),
      );
    list.hidden = shown === 0;
    const more = shown < hints.length;
    setText(
      button,
      more ? t("hint.show", { number: shown + 1, of: hints.length }) : t("hint.all", { count: hints.length }),
    );
    setAttributes(button, { "aria-disabled": more ? null : "true" });
  };
  button.addEventListener(
    "click",
    () => {
      if (item.entry.hints >= hints.length) {
        say(t("hint.all", { count: hints.length }));
        return;
      }
      item.change({ hints: item.entry.hints + 1 });
      draw();
      say(list.lastElementChild?.textContent ?? "");
    },
    { signal },
  );
  return {
    element,
    show(/** @type {boolean} */ checked) {
      draw();
      button.hidden = checked && !hasFocus(button);
    },
  };
}

/**
 * "Because ...": a reason picked from a list or written.
 *
 * @param {Editor<"reason"> & {task: Task, flush: () => void}} item
 * @param {(name: string) => string} uid
 */
export function reasonsPart(item, uid) {
  const { task, desk } = item;
  const { t, signal } = desk;
  const inputs = [...task.reasons, ""].map((value) =>
    h("input", { type: "radio", class: "cd-tick", name: uid("reason"), value }),
  );
  const own = inputs[inputs.length - 1];
  const text = h("textarea", {
    class: "cd-input",
    rows: 2,
    maxlength: MOST_REASON_CHARACTERS,
    "aria-label": t("reason.ownLabel"),
    placeholder: t("reason.hint"),
  });
  const element = h(
    "fieldset",
    { class: "cd-plain-fieldset cd-because" },
    h("legend", { class: "cd-legend" }, t("reason.title")),
    h(
      "div",
      { class: "cd-pills" },
      ...inputs.map((input, place) =>
        h(
          "label",
          { class: "cd-pill" },
          input,
          h("span", {}, place < task.reasons.length ? task.reasons[place] : t("reason.own")),
        ),
      ),
    ),
    text,
  );
  const arrange = () => {
    text.hidden = !own.checked;
  };
  element.addEventListener(
    "change",
    (event) => {
      arrange();
      if (event.target === text) return;
      const chosen = inputs.find((input) => input.checked);
      item.change({ reason: chosen === own ? text.value : (chosen?.value ?? "") });
      if (chosen === own) text.focus();
    },
    { signal },
  );
  text.addEventListener("input", () => item.change({ reason: text.value }, true), { signal });
  text.addEventListener("blur", () => item.flush(), { signal });
  return {
    element,
    show(/** @type {boolean} */ checked) {
      const { reason } = item.entry;
      const listed = task.reasons.includes(reason);
      for (const input of inputs)
        input.checked = listed
          ? input.value === reason && input !== own
          : input === own && (reason !== "" || own.checked);
      if (!listed && text.value !== reason) text.value = reason;
      element.disabled = checked;
      arrange();
    },
  };
}

/**
 * How sure the learner is.
 *
 * @param {Editor<"confidence">} item
 * @param {(name: string) => string} uid
 */
export function confidencePart(item, uid) {
  const { t, signal, content } = item.desk;
  const percent = percentIn(content.language);
  const select = h(
    "select",
    { class: "cd-input cd-select", id: uid("confidence") },
    h("option", { value: "" }, t("confidence.none")),
    ...CONFIDENCES.map((value) =>
      h(
        "option",
        { value },
        value === 0.5
          ? t("confidence.guess", { percent: percent.format(value) })
          : value === 1
            ? t("confidence.certain", { percent: percent.format(value) })
            : percent.format(value),
      ),
    ),
  );
  const element = h(
    "div",
    { class: "cd-confidence" },
    h("label", { class: "cd-label", for: select.id }, t("confidence.label")),
    select,
  );
  select.addEventListener("change", () => item.change({ confidence: select.value ? Number(select.value) : null }), {
    signal,
  });
  return {
    element,
    show(/** @type {boolean} */ checked) {
      const { confidence } = item.entry;
      select.value =
        confidence === null ? "" : String(CONFIDENCES.find((value) => Math.abs(value - confidence) < 0.051) ?? "");
      select.disabled = checked;
    },
  };
}
