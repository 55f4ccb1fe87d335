// @ts-check
/** Own-article mode, the verdict: one claim, how well it is supported, as of when, and on what evidence. */
import { h, hasFocus, uidMaker } from "../../base/dom.js";
import { radiosPart, supportChoices } from "../../kinds/verdict/view.js";
import { confidencePart } from "../../task/item-parts.js";

/** @typedef {import("../../base/shapes.js").MarkedSpan} MarkedSpan */
/** @typedef {import("./text.js").Sentence} Sentence */

/** How long the learner must pause in typing before the verdict is saved. */
const PAUSE_MILLISECONDS = 600;
/** As many as an answer file takes (model/value.py). */
const MOST_CHARACTERS = 4000;
const LONGEST_OFFER = 70;

/**
 * @param {import("../../base/types.js").Desk} desk
 * @param {import("./answers.js").OwnAnswers} answers
 * @param {Sentence[]} sentences
 */
export function verdictForm(desk, answers, sentences) {
  const { t, signal } = desk;
  const uid = uidMaker();
  const headingId = uid("heading");
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  let confidence = answers.entry("VERDICT")?.confidence ?? null;

  const offers = h("select", { class: "cd-input cd-select", id: uid("offers") });
  const fields = [
    { name: "claim", title: t("own.claim"), hint: t("own.claimHint") },
    { name: "qualification", title: t("own.qualification"), hint: t("own.qualificationHint") },
    { name: "for", title: t("own.for"), hint: t("own.forHint") },
    { name: "against", title: t("own.against"), hint: t("own.againstHint") },
    { name: "links", title: t("own.links"), hint: t("own.linksHint") },
  ];
  const areas = fields.map(({ name, ...said }) => ({
    name,
    ...said,
    area: h("textarea", {
      class: "cd-input",
      id: uid(name),
      rows: name === "links" ? 2 : 3,
      maxlength: MOST_CHARACTERS,
      dir: "auto",
      "aria-describedby": uid(`${name}-hint`),
    }),
  }));
  const [claim, ...others] = areas.map(({ name, title, hint, area }) =>
    h(
      "div",
      { class: "cd-own-field" },
      h("label", { class: "cd-label", for: area.id }, title),
      h("p", { class: "cd-hint", id: uid(`${name}-hint`) }, hint),
      area,
    ),
  );
  const host = /** @type {import("../../base/types.js").Host<any, any>} */ (/** @type {unknown} */ ({ t, uid }));
  const support = radiosPart(host, "support", t("verdict.support"), supportChoices(t));
  const editor = {
    desk,
    get entry() {
      return { confidence };
    },
    change(/** @type {{confidence: number|null}} */ part) {
      confidence = part.confidence;
      put();
    },
  };
  const sure = confidencePart(editor, uid);
  const asOf = h("input", {
    class: "cd-input cd-date",
    id: uid("as-of"),
    type: "date",
    "aria-describedby": uid("as-of-hint"),
  });
  const [qualification, ...evidence] = others;
  const element = h(
    "div",
    { class: "cd-item cd-own-verdict", role: "group", "aria-labelledby": headingId },
    h("h3", { class: "cd-heading", id: headingId, tabindex: -1 }, t("own.verdict")),
    h("p", { class: "cd-prompt" }, t("own.verdictNote")),
    h("div", { class: "cd-own-field" }, h("label", { class: "cd-label", for: offers.id }, t("own.offer")), offers),
    claim,
    support.element,
    qualification,
    sure.element,
    h(
      "div",
      { class: "cd-own-field" },
      h("label", { class: "cd-label", for: asOf.id }, t("own.asOf")),
      h("p", { class: "cd-hint", id: uid("as-of-hint") }, t("own.asOfHint")),
      asOf,
    ),
    ...evidence,
  );

  function put() {
    clearTimeout(timer);
    timer = undefined;
    const values = {
      support: support.value(),
      as_of: asOf.value,
      ...Object.fromEntries(areas.map(({ name, area }) => [name, area.value])),
    };
    answers.put(
      "VERDICT",
      { kind: "value", values: Object.fromEntries(Object.entries(values).filter(([, value]) => value)) },
      confidence,
    );
  }

  function show() {
    if (timer !== undefined) return; // what is being typed here is newer
    const values = answers.values("VERDICT");
    confidence = answers.entry("VERDICT")?.confidence ?? null;
    for (const { name, area } of areas)
      if (area.value !== (values[name] ?? "") && !hasFocus(area)) area.value = values[name] ?? "";
    asOf.value = values.as_of ?? "";
    support.show(values.support ?? null, false);
    sure.show(false);
  }

  /**
   * Offer the sentences as claims, those with marks first.
   *
   * @param {MarkedSpan[]} marks
   */
  function offer(marks) {
    const chosen = offers.value;
    const withMarks = new Set(marks.map(({ passage }) => passage));
    const group = (/** @type {string} */ name, /** @type {Sentence[]} */ listed) =>
      listed.length
        ? h(
            "optgroup",
            { label: name },
            ...listed.map(({ id, text }) =>
              h(
                "option",
                { value: id, translate: "no" },
                `${id} ${Array.from(text).length > LONGEST_OFFER ? `${Array.from(text).slice(0, LONGEST_OFFER).join("")}…` : text}`,
              ),
            ),
          )
        : "";
    offers.replaceChildren(
      h("option", { value: "" }, t("own.offerNone")),
      group(
        t("own.marked"),
        sentences.filter(({ id }) => withMarks.has(id)),
      ),
      group(
        t("own.unmarked"),
        sentences.filter(({ id }) => !withMarks.has(id)),
      ),
    );
    offers.value = chosen;
  }

  element.addEventListener(
    "input",
    (event) => {
      if (!(event.target instanceof HTMLTextAreaElement)) return;
      clearTimeout(timer);
      timer = setTimeout(put, PAUSE_MILLISECONDS);
    },
    { signal },
  );
  element.addEventListener(
    "change",
    (event) => {
      if (event.target === offers) {
        const sentence = sentences.find(({ id }) => id === offers.value);
        if (!sentence) return;
        areas[0].area.value = sentence.text.slice(0, MOST_CHARACTERS);
        desk.say(t("own.offered"));
      } else if (sure.element.contains(/** @type {Node} */ (event.target))) return;
      put();
      support.show(support.value() || null, false);
    },
    { signal },
  );
  signal.addEventListener("abort", () => clearTimeout(timer));
  show();
  return { element, offer, show };
}
