// @ts-check
/** The form of a verdict: the claim, the evidence, and how good each verdict and each qualification is. */
import { h } from "../../base/dom.js";
import { SUPPORTS } from "../../kinds/verdict/support.js";
import { cardTicks, head, more, why } from "../common.js";
import { longText, number, text, weight } from "../fields.js";
import { list } from "../lists.js";
import { idsOf, listAt, newId, putAt, unwritten } from "../raw.js";

/** @typedef {import("../form.js").Form} Form */

/** @type {Record<import("../../base/shapes.js").Support, string>} */
const NAMES = {
  supported: "verdict.supported",
  qualified: "verdict.qualified",
  "not-established": "verdict.notEstablished",
  contradicted: "verdict.contradicted",
  "not-checkable": "verdict.notCheckable",
};

/**
 * @param {any} entry
 * @param {{text: string, why: string}} stubs
 */
export function addQualification(entry, stubs) {
  const all = listAt(entry, ["qualifications"]);
  const id = newId([...idsOf(all), ...Object.keys(entry.key?.qualifications ?? {})]);
  all.push({ id, text: stubs.text });
  putAt(entry, ["key", "qualifications", id], { weight: 0, why: stubs.why });
}

/**
 * @param {any} entry
 * @param {number} place
 */
export function removeQualification(entry, place) {
  const [{ id }] = entry.qualifications.splice(place, 1);
  if (entry.key?.qualifications) delete entry.key.qualifications[id];
}

/**
 * A card that the task no longer has decides nothing.
 *
 * @param {any} entry
 */
export function dropDecisive(entry) {
  const cards = entry.cards ?? [];
  for (const card of Object.keys(entry.key?.decisive ?? {})) if (!cards.includes(card)) delete entry.key.decisive[card];
}

/** @param {Form} form */
function decisive(form) {
  const { t, entry, material } = form;
  const set = h("fieldset", { class: "cd-author-set", tabindex: -1 });
  const fault = form.register(["key", "decisive"], set);
  const rows = /** @type {string[]} */ (form.get(["cards"]) ?? []).map((card) => {
    const path = ["key", "decisive", card];
    const control = h("input", { class: "cd-tick", type: "checkbox", "data-at": `${path.join("/")}#tick` });
    control.checked = form.get(path) !== undefined;
    control.addEventListener("change", () =>
      form.restructure(
        () => putAt(entry, path, control.checked ? unwritten(t("author.stub.decisive")) : undefined),
        `${path.join("/")}#tick`,
      ),
    );
    const name = material.cards.find(({ id }) => id === card)?.title ?? card;
    return h(
      "div",
      {},
      h("label", { class: "cd-author-tick" }, control, h("span", {}, name)),
      control.checked ? longText(form, path, { label: t("author.verdict.decides"), name }) : null,
    );
  });
  set.append(
    h("legend", { class: "cd-label" }, t("author.verdict.decisive")),
    h("p", { class: "cd-hint" }, t("author.verdict.decisive.hint")),
    ...rows,
    fault,
  );
  return set;
}

/** @param {Form} form */
export function draw(form) {
  const { t, entry } = form;
  const supports = SUPPORTS.map((support) => {
    const name = t(NAMES[support]);
    const key = ["key", "support", support];
    return h(
      "fieldset",
      { class: "cd-author-one" },
      h("legend", { class: "cd-author-name" }, name),
      weight(form, [...key, "weight"], { name: t("author.weightOf", { name }) }),
      why(form, [...key, "why"], name),
    );
  });
  return [
    ...head(form),
    longText(form, ["claim"], { label: t("author.verdict.claim") }),
    text(form, ["as_of"], { label: t("author.verdict.asOf"), hint: t("author.verdict.asOf.hint") }),
    cardTicks(form, {
      act: () =>
        form.restructure(() => {
          entry.cards ??= [];
          dropDecisive(entry);
        }, "cards"),
    }),
    number(form, ["most_cards"], { label: t("author.verdict.most"), min: 1, max: 10, step: 1, fallback: 3 }),
    h(
      "fieldset",
      { class: "cd-author-set" },
      h("legend", { class: "cd-label cd-author-legend" }, t("author.verdict.supports")),
      ...supports,
    ),
    list(form, ["qualifications"], {
      legend: t("author.verdict.qualifications"),
      one: (place) => t("author.verdict.qualification", { number: place + 1 }),
      add: t("author.verdict.qualification.add"),
      make: () =>
        addQualification(entry, { text: unwritten(t("author.stub.option")), why: unwritten(t("author.stub.why")) }),
      remove: (place) => removeQualification(entry, place),
      draw(at, place) {
        const name = t("author.verdict.qualification", { number: place + 1 });
        const key = ["key", "qualifications", form.get([...at, "id"])];
        return [
          text(form, [...at, "text"], { label: name, quiet: true }),
          weight(form, [...key, "weight"], { name: t("author.weightOf", { name }) }),
          why(form, [...key, "why"], name),
        ];
      },
    }),
    decisive(form),
    more(form, { withCards: false }),
  ];
}
