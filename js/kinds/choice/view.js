// @ts-check
/** The options of a choice, each with its weight and its reason after the check. */
import { h } from "../../base/dom.js";
import { shuffle } from "../../base/formulas.js";
import { inputGroup } from "../../base/panel.js";
import { chip, foldedParts, mineChip, resultPart, resultParts } from "../../base/result.js";
import { withLine } from "../../base/text.js";

/** @typedef {import("../../base/shapes.js").ChoiceTask} ChoiceTask */
/** @typedef {import("../../base/shapes.js").ChoiceResponse} ChoiceResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */

/**
 * What is said of one option after the check, in a few words; nothing of an option that the learner left rightly.
 *
 * @param {Translate} t
 * @param {boolean} multiple
 * @param {number} weight
 * @param {boolean} picked
 */
function mark(t, multiple, weight, picked) {
  if (!multiple) {
    if (weight === 1) return chip("right", "right", t("weight.reference"));
    if (!picked) return null;
    return weight > 0 ? chip("part", "either", t("weight.defensible")) : chip("wrong", "wrong", t("weight.neither"));
  }
  if (weight > 0 && weight < 1) return picked ? chip("part", "either", t("choice.neutral")) : null;
  if (weight === 1)
    return picked ? chip("right", "right", t("choice.hit")) : chip("wrong", "missed", t("choice.missed"));
  return picked ? chip("wrong", "wrong", t("choice.falseAlarm")) : null;
}

/**
 * The reasons of the options: first what the learner did otherwise than the reference, then, folded, the rest.
 *
 * @param {import("../../base/types.js").Host<ChoiceTask, ChoiceResponse>} host
 * @param {string[]} chosen
 */
function explain({ task, t, lines }, chosen) {
  const key = /** @type {import("../../base/shapes.js").ChoiceKey} */ (task.key);
  /** @type {HTMLElement[]} */
  const now = [];
  /** @type {HTMLElement[]} */
  const later = [];
  const order = [...task.options].sort((one, two) => rank(two.id) - rank(one.id));
  for (const option of order) {
    const { weight, why } = key.options[option.id];
    const picked = chosen.includes(option.id);
    const isOwn = task.multiple ? picked !== (weight === 1) && (picked || weight === 1) : picked || weight === 1;
    const said = isOwn ? mark(t, task.multiple, weight, picked) : null;
    const mine = picked && !task.multiple ? mineChip(t("yourPick")) : null;
    const name = h("span", {}, ...withLine(option, lines));
    const chips = [mine, said].filter((part) => part !== null);
    (isOwn ? now : later).push(resultPart(name, chips, why));
  }
  return [
    resultParts(now),
    foldedParts(task.multiple ? t("result.restOptions") : t("result.otherOptions"), later),
  ].filter((part) => part !== null);

  /** @param {string} id */
  function rank(id) {
    return chosen.includes(id) ? 1 : 0;
  }
}

/**
 * @param {import("../../base/types.js").Host<ChoiceTask, ChoiceResponse>} host
 * @returns {import("../../base/types.js").Part<ChoiceResponse>}
 */
export function render(host) {
  const { task, t, uid } = host;
  const order = task.shuffle ? shuffle(task.options, host.seed) : task.options;
  const lines = order.map((option) => {
    const input = h("input", {
      type: task.multiple ? "checkbox" : "radio",
      class: "cd-tick",
      name: uid("options"),
      id: uid(`option-${option.id}`),
      value: option.id,
    });
    const label = h(
      "label",
      { class: "cd-option-label", for: input.id },
      input,
      h("span", { class: "cd-option-text" }, ...withLine(option, host.lines)),
    );
    const element = h("div", { class: "cd-option" }, label);
    return { option, input, element, note: /** @type {HTMLElement|null} */ (null) };
  });
  const legend = h("legend", { class: "cd-legend" }, task.multiple ? t("choice.many") : t("choice.one"));
  const element = inputGroup(legend, h("div", { class: "cd-options" }, ...lines.map((line) => line.element)));
  element.addEventListener(
    "change",
    () =>
      host.change({
        kind: "choice",
        chosen: task.options
          .map(({ id }) => id)
          .filter((id) => lines.some((line) => line.option.id === id && line.input.checked)),
      }),
    { signal: host.signal },
  );

  const report = h("div", { class: "cd-report" });
  return {
    element,
    report,
    show(response, checked) {
      element.disabled = checked;
      report.replaceChildren(...(checked && task.key ? explain(host, response?.chosen ?? []) : []));
      for (const line of lines) {
        const picked = response?.chosen.includes(line.option.id) ?? false;
        line.input.checked = picked;
        line.note?.remove();
        line.note = null;
        line.element.dataset.picked = String(picked);
        delete line.element.dataset.tone;
        delete line.element.dataset.missed;
        line.input.removeAttribute("aria-describedby");
        if (!checked || !task.key) continue;
        const { weight } = task.key.options[line.option.id];
        const said = mark(t, task.multiple, weight, picked);
        if (!said) continue;
        const own = picked && !task.multiple ? mineChip(t("yourPick")) : null;
        line.note = h("p", { class: "cd-chips cd-option-note", id: uid(`note-${line.option.id}`) }, own, said);
        line.element.append(line.note);
        line.element.dataset.tone =
          weight > 0 && weight < 1 ? "part" : weight === 1 && (picked || !task.multiple) ? "right" : "wrong";
        line.element.dataset.missed = String(task.multiple && weight === 1 && !picked);
        line.input.setAttribute("aria-describedby", line.note.id);
      }
    },
  };
}
