// @ts-check
/** Choice: pick one option, or mark all that apply. */
import { h } from "../dom.js";
import { aboveChance, isTextList, mean, scored, shuffled, unanswered } from "../scoring.js";
import { inline } from "../text.js";
import { chip, verdict } from "../verdict.js";

/** @typedef {import("../types.js").ChoiceTask} ChoiceTask */
/** @typedef {import("../types.js").ChoiceKey} ChoiceKey */
/** @typedef {import("../types.js").ChoiceResponse} ChoiceResponse */
/** @typedef {import("../types.js").Speak} Speak */

/** @param {any} value @returns {value is ChoiceResponse} */
export const isResponse = (value) => isTextList(value.chosen);

/** @type {ChoiceResponse} */
export const empty = { kind: "choice", chosen: [] };

/** @param {ChoiceResponse} response */
export const isEmpty = (response) => response.chosen.length === 0;

/**
 * @param {ChoiceTask} _task
 * @param {ChoiceResponse|null} response
 */
export const complete = (_task, response) => ({ done: response && !isEmpty(response) ? 1 : 0, of: 1 });

/**
 * One option: its weight above the mean weight. Several: right chosen / right - wrong chosen / wrong.
 *
 * @param {ChoiceTask} task
 * @param {ChoiceKey} key
 * @param {ChoiceResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return unanswered();
  const parts = task.options.map(({ id }) => ({ part: id, credit: key.options[id].weight }));
  const weights = parts.map(({ credit }) => credit);
  const chosen = new Set(response.chosen);
  if (!task.multiple) {
    const mine = parts.find(({ part }) => chosen.has(part))?.credit ?? 0;
    return scored(aboveChance(mine, mean(weights), Math.max(...weights)), parts);
  }
  const right = parts.filter(({ credit }) => credit === 1);
  const wrong = parts.filter(({ credit }) => credit === 0);
  const hit = right.filter(({ part }) => chosen.has(part)).length / right.length;
  const missed = wrong.length ? wrong.filter(({ part }) => chosen.has(part)).length / wrong.length : 0;
  return scored(Math.max(0, hit - missed), parts);
}

/**
 * @param {Speak} t
 * @param {import("../types.js").Progress} progress
 */
export const left = (t, progress) => (progress.done ? t("choice.picked") : t("choice.nothing"));

/**
 * @param {Speak} t
 * @param {ChoiceTask} task
 * @param {ChoiceKey} key
 * @param {ChoiceResponse} response
 */
export function summary(t, task, key, response) {
  if (task.multiple) {
    const { share } = score(task, key, response);
    if (share === 1) return t("choice.allRight");
    const right = task.options.filter(({ id }) => key.options[id].weight === 1);
    const wrong = response.chosen.filter((id) => key.options[id]?.weight === 0).length;
    const found = right.filter(({ id }) => response.chosen.includes(id)).length;
    return t("choice.manyResult", { found, right: right.length, wrong });
  }
  const weight = key.options[response.chosen[0]]?.weight ?? 0;
  if (weight === 1) return t("choice.isReference");
  return weight > 0 ? t("choice.isDefensible") : t("choice.isNeither");
}

/**
 * What is said of one option after the check.
 *
 * @param {Speak} t
 * @param {boolean} multiple
 * @param {number} weight
 * @param {boolean} picked
 */
function mark(t, multiple, weight, picked) {
  if (!multiple) {
    if (weight === 1) return chip("right", "right", t("weight.reference"));
    return weight > 0 ? chip("part", "either", t("weight.defensible")) : chip(picked ? "wrong" : "plain", "wrong", t("weight.neither"));
  }
  if (weight > 0 && weight < 1) return chip("part", "either", t("choice.neutral"));
  if (weight === 1) return picked ? chip("right", "right", t("choice.hit")) : chip("wrong", "missed", t("choice.missed"));
  return picked ? chip("wrong", "wrong", t("choice.falseAlarm")) : chip("plain", "left", t("choice.rightlyLeft"));
}

/**
 * @param {import("../types.js").Host<ChoiceTask, ChoiceResponse>} host
 * @returns {import("../types.js").Part<ChoiceResponse>}
 */
export function render(host) {
  const { task, t, uid } = host;
  const order = task.shuffle ? shuffled(task.options, host.seed) : task.options;
  const lines = order.map((option) => {
    const input = h("input", {
      type: task.multiple ? "checkbox" : "radio",
      class: "cd-tick",
      name: uid("options"),
      id: uid(`option-${option.id}`),
      value: option.id,
    });
    const label = h("label", { class: "cd-option-label", for: input.id }, input, h("span", { class: "cd-option-text" }, ...inline(option.text)));
    const element = h("div", { class: "cd-option" }, label);
    return { option, input, element, note: /** @type {HTMLElement|null} */ (null) };
  });
  const legend = h("legend", { class: "cd-legend", id: uid("legend") }, task.multiple ? t("choice.many") : t("choice.one"));
  const element = h(
    "fieldset",
    { class: "cd-plain-fieldset", "aria-labelledby": `${host.headingId} ${legend.id}`, "aria-describedby": host.promptId },
    legend,
    h("div", { class: "cd-options" }, ...lines.map((line) => line.element)),
  );
  element.addEventListener(
    "change",
    () => host.change({ kind: "choice", chosen: task.options.map(({ id }) => id).filter((id) => lines.some((line) => line.option.id === id && line.input.checked)) }),
    { signal: host.signal },
  );

  return {
    element,
    show(response, checked) {
      element.disabled = checked;
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
        const { weight, why } = task.key.options[line.option.id];
        const chips = [mark(t, task.multiple, weight, picked)];
        if (picked && !task.multiple) chips.unshift(h("span", { class: "cd-chip cd-mine" }, t("yourPick")));
        line.note = verdict(chips, why, uid(`why-${line.option.id}`));
        line.element.append(line.note);
        line.element.dataset.tone = weight > 0 && weight < 1 ? "part" : weight === 1 && (picked || !task.multiple) ? "right" : "wrong";
        line.element.dataset.missed = String(task.multiple && weight === 1 && !picked);
        line.input.setAttribute("aria-describedby", line.note.id);
      }
    },
  };
}
