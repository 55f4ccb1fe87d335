// @ts-check
/** One evidence card: what it quotes, what else it says, who published it, when, and how it was read. */
import { h } from "./dom.js";
import { inline } from "./text.js";

/** @typedef {import("./shapes.js").Card} Card */
/** @typedef {import("./types.js").Translate} Translate */

/**
 * All of a card but its title.
 *
 * @param {Translate} t
 * @param {Card} card
 * @returns {HTMLElement[]}
 */
export function cardBody(t, card) {
  const fact = (/** @type {string} */ name, /** @type {string} */ value) =>
    h("div", {}, h("dt", {}, name), h("dd", {}, value));
  const says = h("p", { class: "cd-card-says" }, ...inline(card.says));
  const facts = h(
    "dl",
    { class: "cd-card-facts" },
    fact(t("cards.publisher"), card.publisher),
    fact(t("cards.date"), card.date),
    fact(t("cards.read"), card.read),
  );
  return card.quote
    ? [h("blockquote", { class: "cd-card-quote" }, h("p", { dir: "auto", translate: "no" }, card.quote)), says, facts]
    : [says, facts];
}
