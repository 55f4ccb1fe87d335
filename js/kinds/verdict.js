// @ts-check
/** Verdict: how well a claim is supported, with a qualification where it needs one, and the cards that decide it. */
import { cardBody } from "../card.js";
import { h, setAttributes, setText } from "../dom.js";
import { aboveChance, isTextList, mean, scored, unanswered } from "../scoring.js";
import style from "../styles/verdict.css";
import { inline } from "../text.js";
import { chip, verdict } from "../verdict.js";

/** @typedef {import("../types.js").VerdictTask} VerdictTask */
/** @typedef {import("../types.js").VerdictKey} VerdictKey */
/** @typedef {import("../types.js").VerdictResponse} VerdictResponse */
/** @typedef {import("../types.js").Support} Support */
/** @typedef {import("../types.js").Speak} Speak */

/** @type {Support[]} */
export const SUPPORTS = ["supported", "qualified", "not-established", "contradicted", "not-checkable"];
/** The part of a verdict that the right qualification earns, where the key asks for one. */
const QUALIFICATION_SHARE = 0.25;

export { style };
export const ownsCards = true;
export const asksConfidence = true;

/** @param {any} value @returns {value is VerdictResponse} */
export const isResponse = (value) => (value.support === null || SUPPORTS.includes(value.support)) && (value.qualification === null || typeof value.qualification === "string") && isTextList(value.cards);

/** @param {VerdictResponse} response */
export const isEmpty = (response) => !response.support && response.cards.length === 0;

/**
 * A support, a card and, where the support asks for one, a qualification.
 *
 * @param {VerdictTask} task
 * @param {VerdictResponse|null} response
 */
export function complete(task, response) {
  /** @type {[string, boolean][]} */
  const parts = [["cards", Boolean(response?.cards.length)], ["support", Boolean(response?.support)]];
  if (response?.support === "qualified" && task.qualifications.length) parts.push(["qualification", Boolean(response.qualification)]);
  const missing = parts.filter(([, done]) => !done).map(([name]) => name);
  return { done: parts.length - missing.length, of: parts.length, missing };
}

/** @param {VerdictKey} key */
const wantsQualification = (key) => Object.values(key.qualifications).some(({ weight }) => weight === 1);

/**
 * @param {VerdictKey} key
 * @param {string|null|undefined} id
 */
const qualificationWeight = (key, id) => (id && Object.hasOwn(key.qualifications, id) ? key.qualifications[id].weight : 0);

/**
 * The weight of the support above the mean of the five, a quarter of it for the qualification where the key
 * has one of weight 1. Nothing without a decisive card (grading.md 3).
 *
 * @param {VerdictTask} _task
 * @param {VerdictKey} key
 * @param {VerdictResponse|null} response
 */
export function score(_task, key, response) {
  if (!response || isEmpty(response)) return unanswered();
  const weights = SUPPORTS.map((name) => key.support[name].weight);
  const mine = response.support ? key.support[response.support].weight : 0;
  const qualification = qualificationWeight(key, response.qualification);
  const cited = response.cards.some((card) => Object.hasOwn(key.decisive, card));
  let share = aboveChance(mine, mean(weights), Math.max(...weights));
  const parts = [{ part: "support", credit: mine }];
  if (wantsQualification(key)) {
    share *= 1 - QUALIFICATION_SHARE + QUALIFICATION_SHARE * qualification;
    parts.push({ part: "qualification", credit: qualification });
  }
  parts.push({ part: "cards", credit: cited ? 1 : 0 });
  return scored(cited && response.support ? share : 0, parts);
}

/**
 * @param {Speak} t
 * @param {import("../types.js").Progress} progress
 */
export function left(t, { missing = [] }) {
  /** @type {Record<string, string>} */
  const said = { cards: t("verdict.needCard"), support: t("verdict.needSupport"), qualification: t("verdict.needQualification") };
  return missing.map((name) => said[name]).join(" ");
}

/**
 * @param {Speak} t
 * @param {VerdictTask} _task
 * @param {VerdictKey} key
 * @param {VerdictResponse} response
 */
export function summary(t, _task, key, response) {
  const weight = response.support ? key.support[response.support].weight : 0;
  const said = [weight === 1 ? t("verdict.isReference") : weight > 0 ? t("verdict.isDefensible") : t("verdict.isNeither")];
  if (weight > 0 && wantsQualification(key)) {
    const part = qualificationWeight(key, response.qualification);
    if (!response.qualification) said.push(t("verdict.qualificationMissing"));
    else said.push(part === 1 ? t("verdict.qualificationReference") : part > 0 ? t("verdict.qualificationDefensible") : t("verdict.qualificationNeither"));
  }
  const decisive = Object.keys(key.decisive);
  const cited = decisive.filter((card) => response.cards.includes(card)).length;
  said.push(cited ? t("verdict.decisiveCited", { cited, count: decisive.length }) : t("verdict.noDecisive"));
  return said.join(" ");
}

/**
 * @param {Speak} t
 * @returns {Record<Support, {name: string, note: string}>}
 */
const supportTexts = (t) => ({
  supported: { name: t("verdict.supported"), note: t("verdict.supportedNote") },
  qualified: { name: t("verdict.qualified"), note: t("verdict.qualifiedNote") },
  "not-established": { name: t("verdict.notEstablished"), note: t("verdict.notEstablishedNote") },
  contradicted: { name: t("verdict.contradicted"), note: t("verdict.contradictedNote") },
  "not-checkable": { name: t("verdict.notCheckable"), note: t("verdict.notCheckableNote") },
});

/**
 * @param {import("../types.js").Host<VerdictTask, VerdictResponse>} host
 * @returns {import("../types.js").Part<VerdictResponse>}
 */
export function render(host) {
  const { task, t, uid, signal, say } = host;
  const claimId = uid("claim");
  const claim = h(
    "figure",
    { class: "cd-claim", id: claimId },
    h("figcaption", { class: "cd-claim-name" }, t("verdict.claim")),
    h("blockquote", { class: "cd-quote", dir: "auto" }, h("p", { dir: "auto" }, ...inline(task.claim))),
    h("p", { class: "cd-claim-date" }, t("verdict.asOf", { date: task.as_of })),
  );
  const evidence = evidencePart(host, claimId);
  const texts = supportTexts(t);
  const support = radiosPart(host, "support", t("verdict.support"), SUPPORTS.map((id) => ({ id, ...texts[id] })), claimId);
  const limits = radiosPart(host, "qualification", t("verdict.qualification"), task.qualifications.map(({ id, text }) => ({ id, name: text, note: "" })), claimId);
  limits.element.classList.add("cd-limits");
  const element = h("div", { class: "cd-judge" }, claim, evidence.element, support.element, task.qualifications.length ? limits.element : null);

  const isQualified = () => support.value() === "qualified";
  element.addEventListener(
    "change",
    (event) => {
      const appears = isQualified() && limits.element.hidden;
      limits.element.hidden = !isQualified();
      evidence.limit();
      if (event.target instanceof HTMLInputElement && event.target.type === "checkbox" && evidence.isFull() && event.target.checked) say(t("verdict.full", { count: task.most_cards }));
      host.change({
        kind: "verdict",
        support: /** @type {Support|null} */ (support.value() || null),
        qualification: isQualified() ? limits.value() || null : null,
        cards: evidence.value(),
      });
      if (appears && task.qualifications.length) say(t("verdict.qualificationAppears", { count: task.qualifications.length }));
    },
    { signal },
  );

  return {
    element,
    show(response, checked) {
      const key = checked ? task.key : undefined;
      support.show(response?.support ?? null, checked, key?.support);
      limits.show(response?.qualification ?? null, checked, key?.qualifications);
      limits.element.hidden = response?.support !== "qualified" && !(key && wantsQualification(key));
      evidence.show(response?.cards ?? [], checked, key?.decisive);
    },
  };
}

/**
 * Radio buttons, one below the other, each with the weight and the reason of its choice after the check.
 *
 * @param {import("../types.js").Host<VerdictTask, VerdictResponse>} host
 * @param {string} name
 * @param {string} title
 * @param {{id: string, name: string, note: string}[]} choices
 * @param {string} claimId
 */
function radiosPart({ t, uid, headingId }, name, title, choices, claimId) {
  const lines = choices.map((choice) => {
    const note = choice.note ? h("span", { class: "cd-support-note", id: uid(`${name}-note-${choice.id}`) }, choice.note) : null;
    const label = h("span", { class: "cd-support-name", id: uid(`${name}-name-${choice.id}`) }, ...inline(choice.name));
    const input = h("input", { type: "radio", class: "cd-tick", name: uid(name), value: choice.id, "aria-labelledby": label.id, "aria-describedby": note?.id });
    const element = h("div", { class: "cd-option" }, h("label", { class: "cd-option-label" }, input, h("span", { class: "cd-option-text" }, label, note)));
    return { choice, input, element, noteId: note?.id ?? "", why: /** @type {HTMLElement|null} */ (null) };
  });
  const legend = h("legend", { class: "cd-judge-name", id: uid(`${name}-legend`) }, title);
  const element = h(
    "fieldset",
    { class: "cd-plain-fieldset", "aria-labelledby": `${headingId} ${legend.id}`, "aria-describedby": claimId },
    legend,
    h("div", { class: "cd-options" }, ...lines.map((line) => line.element)),
  );
  return {
    element,
    value: () => lines.find(({ input }) => input.checked)?.input.value ?? "",
    /**
     * @param {string|null} chosen
     * @param {boolean} checked
     * @param {Record<string, import("../types.js").Judged>} [key]
     */
    show(chosen, checked, key) {
      element.disabled = checked;
      for (const line of lines) {
        const picked = line.choice.id === chosen;
        line.input.checked = picked;
        line.element.dataset.picked = String(picked);
        line.why?.remove();
        line.why = null;
        delete line.element.dataset.tone;
        const judged = key?.[line.choice.id];
        if (judged) {
          const { weight, why } = judged;
          const chips = [weight === 1 ? chip("right", "right", t("weight.reference")) : weight > 0 ? chip("part", "either", t("weight.defensible")) : chip(picked ? "wrong" : "plain", "wrong", t("weight.neither"))];
          if (picked) chips.unshift(h("span", { class: "cd-chip cd-mine" }, t("yourPick")));
          line.why = verdict(chips, why, uid(`${name}-why-${line.choice.id}`));
          line.element.append(line.why);
          line.element.dataset.tone = weight === 1 ? "right" : weight > 0 ? "part" : "wrong";
        }
        setAttributes(line.input, { "aria-describedby": [line.noteId, line.why?.id].filter(Boolean).join(" ") || null });
      }
    },
  };
}

/**
 * The cards, whole, each with a box to cite it; when enough are cited the others rest.
 *
 * @param {import("../types.js").Host<VerdictTask, VerdictResponse>} host
 * @param {string} claimId
 */
function evidencePart({ task, t, uid, headingId }, claimId) {
  const lines = (task.cards ?? []).map((card) => {
    const cite = h("span", { class: "cd-cite-name" }, t("verdict.cite"));
    const body = h("div", { id: uid(`card-body-${card.id}`) }, ...cardBody(t, card));
    const input = h("input", { type: "checkbox", class: "cd-tick", value: card.id, "aria-describedby": body.id });
    const element = h("li", { class: "cd-card cd-cite" }, h("label", { class: "cd-cite-label" }, input, h("span", {}, h("span", { class: "cd-card-title" }, card.title), cite)), body);
    return { card, input, cite, body, element, why: /** @type {HTMLElement|null} */ (null) };
  });
  const most = task.most_cards;
  const legend = h("legend", { class: "cd-judge-name", id: uid("evidence-legend") }, t("verdict.evidence"));
  const count = h("p", { class: "cd-legend", id: uid("evidence-count") });
  const element = h(
    "fieldset",
    { class: "cd-plain-fieldset", "aria-labelledby": `${headingId} ${legend.id}`, "aria-describedby": `${claimId} ${count.id}` },
    legend,
    count,
    h("ul", { class: "cd-card-list", role: "list" }, ...lines.map((line) => line.element)),
  );
  const value = () => lines.filter(({ input }) => input.checked).map(({ card }) => card.id);
  const isFull = () => value().length >= most && lines.length > most;
  const limit = (checked = false) => {
    const cited = value().length;
    for (const { input, cite, element: line } of lines) {
      input.disabled = isFull() && !input.checked;
      line.dataset.picked = String(input.checked);
      line.dataset.rests = String(input.disabled);
      cite.hidden = checked;
    }
    setText(count, isFull() && !checked ? t("verdict.full", { count: most }) : t("verdict.count", { cited, count: most }));
    count.dataset.full = String(isFull() && !checked);
  };
  return {
    element,
    value,
    isFull,
    limit,
    /**
     * @param {string[]} cards
     * @param {boolean} checked
     * @param {Record<string, string>} [decisive]
     */
    show(cards, checked, decisive) {
      element.disabled = checked;
      for (const line of lines) {
        const { card, input } = line;
        input.checked = cards.includes(card.id);
        line.why?.remove();
        line.why = null;
        delete line.element.dataset.tone;
        if (decisive) {
          const decides = Object.hasOwn(decisive, card.id);
          if (decides || input.checked) {
            const said = decides ? (input.checked ? chip("right", "right", t("verdict.decisive")) : chip("wrong", "missed", t("verdict.decisiveMissed"))) : chip("plain", "left", t("verdict.notDecisive"));
            const chips = input.checked ? [h("span", { class: "cd-chip cd-mine" }, t("verdict.cited")), said] : [said];
            line.why = h("div", { class: "cd-verdict", id: uid(`card-why-${card.id}`) }, h("p", { class: "cd-chips" }, ...chips), decides ? h("p", { class: "cd-why" }, ...inline(decisive[card.id])) : null);
            line.element.append(line.why);
            line.element.dataset.tone = decides ? (input.checked ? "right" : "missed") : "plain";
          }
        }
        setAttributes(input, { "aria-describedby": line.why ? `${line.body.id} ${line.why.id}` : line.body.id });
      }
      limit(checked);
    },
  };
}
