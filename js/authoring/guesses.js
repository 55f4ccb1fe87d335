// @ts-check
/** What someone earns who only guesses, and what is still to be written. */
import { h } from "../base/dom.js";
import { percentIn } from "../base/text.js";

/** @typedef {{name: string, share: number, text: string}} Guess text: who answers so, and the share in words */

/**
 * @param {{t: import("../base/types.js").Translate, language: string, guesses: Guess[], limit: number|null, unwritten: number}} given
 */
export function guessPanel({ t, language, guesses, limit, unwritten }) {
  const percent = percentIn(language);
  const isOver = (/** @type {Guess} */ { share }) => limit !== null && share > limit + 1e-9;
  const rows = guesses.map((guess) =>
    h(
      "li",
      { "data-tone": limit === null ? null : isOver(guess) ? "wrong" : "right" },
      h("span", { class: "cd-author-guess" }, guess.text),
      isOver(guess) ? h("span", { class: "cd-author-over" }, t("author.guess.over")) : null,
      h(
        "span",
        { class: "cd-author-bar", "aria-hidden": "true" },
        h("span", { style: `inline-size: ${Math.round(Math.max(0, Math.min(1, guess.share)) * 100)}%` }),
        limit === null ? null : h("i", { style: `inset-inline-start: ${limit * 100}%` }),
      ),
    ),
  );
  const isFine = !guesses.some(isOver);
  return [
    h("h3", { class: "cd-author-heading" }, t("author.guess")),
    ...(rows.length
      ? [
          h(
            "p",
            { class: "cd-hint" },
            limit === null ? t("author.guess.none") : t("author.guess.limit", { limit: percent.format(limit) }),
            limit === null ? "" : ` ${t(isFine ? "author.guess.fine" : "author.guess.tooMuch")}`,
          ),
          h("ul", { class: "cd-author-guesses" }, ...rows),
        ]
      : [h("p", { class: "cd-hint" }, t("author.guess.person"))]),
    h(
      "p",
      { class: "cd-author-unwritten", "data-tone": unwritten ? "part" : "right" },
      unwritten ? t("author.unwritten", { count: unwritten }) : t("author.written"),
    ),
  ];
}
