// @ts-check
/** The view of a verdict: the claim, the cards to cite, the scale of support, and the qualification. */
import { cardBody } from "../../base/card.js";
import { h, setAttributes, setText } from "../../base/dom.js";
import { describeOnFocus, inputGroup } from "../../base/panel.js";
import { chip, foldedParts, mineChip, resultPart, resultParts } from "../../base/result.js";
import { inline } from "../../base/text.js";
import { wantsQualification } from "./scoring.js";
import style from "./style.css";
import { SUPPORTS } from "./support.js";

/** @typedef {import("../../base/shapes.js").VerdictTask} VerdictTask */
/** @typedef {import("../../base/shapes.js").VerdictResponse} VerdictResponse */
/** @typedef {import("../../base/shapes.js").Support} Support */
/** @typedef {import("../../base/types.js").Translate} Translate */

export { style };

/**
 * @param {Translate} t
 * @returns {Record<Support, {name: string, note: string}>}
 */
export const supportTexts = (t) => ({
  supported: { name: t("verdict.supported"), note: t("verdict.supportedNote") },
  qualified: { name: t("verdict.qualified"), note: t("verdict.qualifiedNote") },
  "not-established": { name: t("verdict.notEstablished"), note: t("verdict.notEstablishedNote") },
  contradicted: { name: t("verdict.contradicted"), note: t("verdict.contradictedNote") },
  "not-checkable": { name: t("verdict.notCheckable"), note: t("verdict.notCheckableNote") },
});

/**
 * The places of the scale as choices.
 *
 * @param {Translate} t
 */
export function supportChoices(t) {
  const texts = supportTexts(t);
  return SUPPORTS.map((id) => ({ id, ...texts[id] }));
}

/**
 * @param {import("../../base/types.js").Host<VerdictTask, VerdictResponse>} host
 * @returns {import("../../base/types.js").Part<VerdictResponse>}
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
  const support = radiosPart(host, "support", t("verdict.support"), supportChoices(t));
  const limits = radiosPart(
    host,
    "qualification",
    t("verdict.qualification"),
    task.qualifications.map(({ id, text }) => ({ id, name: text, note: "" })),
  );
  limits.element.classList.add("cd-limits");
  const element = h(
    "div",
    { class: "cd-judge" },
    claim,
    evidence.element,
    support.element,
    task.qualifications.length ? limits.element : null,
  );

  const report = h("div", { class: "cd-report" });
  const isQualified = () => support.value() === "qualified";
  element.addEventListener(
    "change",
    (event) => {
      const appears = isQualified() && limits.element.hidden;
      limits.element.hidden = !isQualified();
      evidence.limit();
      if (
        event.target instanceof HTMLInputElement &&
        event.target.type === "checkbox" &&
        evidence.isFull() &&
        event.target.checked
      )
        say(t("verdict.full", { count: task.most_cards }));
      host.change({
        kind: "verdict",
        support: /** @type {Support|null} */ (support.value() || null),
        qualification: isQualified() ? limits.value() || null : null,
        cards: evidence.value(),
      });
      if (appears && task.qualifications.length)
        say(t("verdict.qualificationAppears", { count: task.qualifications.length }));
    },
    { signal },
  );

  return {
    element,
    report,
    show(response, checked) {
      const key = checked ? task.key : undefined;
      report.replaceChildren(...(key && response ? explain(host, key, response) : []));
      support.show(response?.support ?? null, checked, key?.support);
      limits.show(response?.qualification ?? null, checked, key?.qualifications);
      limits.element.hidden = response?.support !== "qualified" && !(key && wantsQualification(key));
      evidence.show(response?.cards ?? [], checked, key?.decisive);
    },
  };
}

/**
 * The reasons: of the learner's own verdict, limit and cards with those of the reference, and, folded, of all others.
 *
 * @param {import("../../base/types.js").Host<VerdictTask, VerdictResponse>} host
 * @param {import("../../base/shapes.js").VerdictKey} key
 * @param {VerdictResponse} response
 */
function explain({ task, t }, key, response) {
  /** @type {HTMLElement[]} */
  const now = [];
  /** @type {HTMLElement[]} */
  const later = [];
  /**
   * @param {{id: string, name: string}[]} choices
   * @param {Record<string, import("../../base/shapes.js").Judged>} judged
   * @param {string|null} chosen
   */
  const tell = (choices, judged, chosen) => {
    const own = choices.filter(({ id }) => id === chosen);
    const others = choices.filter(({ id }) => id !== chosen);
    for (const { id, name } of [...own, ...others]) {
      const { weight, why } = judged[id];
      const said = judgedChip(t, weight, id === chosen);
      const mine = id === chosen ? mineChip(t("yourPick")) : null;
      const chips = [mine, said].filter((part) => part !== null);
      const part = resultPart(h("span", {}, ...inline(name)), chips, why);
      (said ? now : later).push(part);
    }
  };
  tell(supportChoices(t), key.support, response.support);
  if (response.support === "qualified" || wantsQualification(key)) {
    const limits = task.qualifications.map(({ id, text }) => ({ id, name: text }));
    tell(limits, key.qualifications, response.qualification);
  }
  for (const card of task.cards ?? []) {
    if (!Object.hasOwn(key.decisive, card.id)) continue;
    const cited = response.cards.includes(card.id);
    const said = cited
      ? chip("right", "right", t("verdict.decisive"))
      : chip("wrong", "missed", t("verdict.decisiveMissed"));
    now.push(resultPart(h("span", {}, card.title), [said], key.decisive[card.id]));
  }
  return [resultParts(now), foldedParts(t("result.otherOptions"), later)].filter((part) => part !== null);
}

/**
 * What is said of one place of a scale in a few words; nothing of one that the learner left rightly.
 *
 * @param {Translate} t
 * @param {number} weight
 * @param {boolean} picked
 */
function judgedChip(t, weight, picked) {
  if (weight === 1) return chip("right", "right", t("weight.reference"));
  if (!picked) return null;
  return weight > 0 ? chip("part", "either", t("weight.defensible")) : chip("wrong", "wrong", t("weight.neither"));
}

/**
 * Radio buttons, one below the other, each with the weight and the reason of its choice after the check.
 *
 * @param {import("../../base/types.js").Host<VerdictTask, VerdictResponse>} host
 * @param {string} name
 * @param {string} title
 * @param {{id: string, name: string, note: string}[]} choices
 */
export function radiosPart({ t, uid }, name, title, choices) {
  const lines = choices.map((choice) => {
    const note = choice.note
      ? h("span", { class: "cd-support-note", id: uid(`${name}-note-${choice.id}`) }, choice.note)
      : null;
    const label = h("span", { class: "cd-support-name", id: uid(`${name}-name-${choice.id}`) }, ...inline(choice.name));
    const input = h("input", {
      type: "radio",
      class: "cd-tick",
      name: uid(name),
      value: choice.id,
      "aria-labelledby": label.id,
      "aria-describedby": note?.id,
    });
    const element = h(
      "div",
      { class: "cd-option" },
      h("label", { class: "cd-option-label" }, input, h("span", { class: "cd-option-text" }, label, note)),
    );
    return { choice, input, element, noteId: note?.id ?? "", why: /** @type {HTMLElement|null} */ (null) };
  });
  const legend = h("legend", { class: "cd-judge-name" }, title);
  const element = inputGroup(legend, h("div", { class: "cd-options" }, ...lines.map((line) => line.element)));
  return {
    element,
    value: () => lines.find(({ input }) => input.checked)?.input.value ?? "",
    /**
     * @param {string|null} chosen
     * @param {boolean} checked
     * @param {Record<string, import("../../base/shapes.js").Judged>} [key]
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
          const said = judgedChip(t, judged.weight, picked);
          if (!said) continue;
          const own = picked ? mineChip(t("yourPick")) : null;
          line.why = h("p", { class: "cd-chips cd-option-note", id: uid(`${name}-why-${line.choice.id}`) }, own, said);
          line.element.append(line.why);
          line.element.dataset.tone = judged.weight === 1 ? "right" : judged.weight > 0 ? "part" : "wrong";
        }
        setAttributes(line.input, {
          "aria-describedby": [line.noteId, line.why?.id].filter(Boolean).join(" ") || null,
        });
      }
    },
  };
}

/**
 * The cards, whole, each with a box to cite it; when enough are cited the others rest.
 *
 * @param {import("../../base/types.js").Host<VerdictTask, VerdictResponse>} host
 * @param {string} claimId
 */
function evidencePart({ task, t, uid, signal }, claimId) {
  const lines = (task.cards ?? []).map((card) => {
    const cite = h("span", { class: "cd-cite-name" }, t("verdict.cite"));
    const body = h("div", { id: uid(`card-body-${card.id}`) }, ...cardBody(t, card));
    const input = h("input", { type: "checkbox", class: "cd-tick", value: card.id, "aria-describedby": body.id });
    const element = h(
      "li",
      { class: "cd-card cd-cite" },
      h(
        "label",
        { class: "cd-cite-label" },
        input,
        h("span", {}, h("span", { class: "cd-card-title" }, card.title), cite),
      ),
      body,
    );
    return { card, input, cite, body, element, why: /** @type {HTMLElement|null} */ (null) };
  });
  const most = task.most_cards;
  const legend = h("legend", { class: "cd-judge-name" }, t("verdict.evidence"));
  const count = h("p", { class: "cd-legend", id: uid("evidence-count") });
  const list = h("ul", { class: "cd-card-list", role: "list" }, ...lines.map((line) => line.element));
  const element = inputGroup(legend, count, list);
  describeOnFocus(element, `${claimId} ${count.id}`, signal);
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
    setText(
      count,
      isFull() && !checked ? t("verdict.full", { count: most }) : t("verdict.count", { cited, count: most }),
    );
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
            const said = decides
              ? input.checked
                ? chip("right", "right", t("verdict.decisive"))
                : chip("wrong", "missed", t("verdict.decisiveMissed"))
              : chip("plain", "left", t("verdict.notDecisive"));
            const chips = input.checked ? [mineChip(t("verdict.cited")), said] : [said];
            line.why = h("p", { class: "cd-chips", id: uid(`card-why-${card.id}`) }, ...chips);
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
