// @ts-check
/**
 * A learner's own article as files that other programs read: the marks as W3C Web Annotations, the verdict as a
 * schema.org ClaimReview. The two context addresses are names inside the files; nothing is fetched.
 */

import { RATINGS } from "../../kinds/verdict/support.js";

/** @typedef {import("../../base/shapes.js").MarkedSpan} MarkedSpan */
/** @typedef {import("../../base/shapes.js").Support} Support */
/** @typedef {{id: string, title: string, text: string, alias: string, language: string}} About id: a URN of the text; language: that of the labels */

export const ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld";
export const CLAIM_CONTEXT = "https://schema.org";
/** How many characters are before and after a quotation, so that it can be found again. */
const CONTEXT_CHARACTERS = 32;

/**
 * The marks of a text as a collection of Web Annotations, in their order.
 *
 * @param {About} about
 * @param {MarkedSpan[]} spans of the whole text
 * @param {Record<string, string>} labels the name of each label
 * @param {string} created
 */
export function annotations({ id, title, text, alias, language }, spans, labels, created) {
  const characters = Array.from(text);
  const cut = (/** @type {number} */ start, /** @type {number} */ end) =>
    characters.slice(Math.max(0, start), end).join("");
  const sorted = [...spans].sort(
    ({ selector: [first] }, { selector: [second] }) => first.start - second.start || first.end - second.end,
  );
  const items = sorted.map(({ label, selector: [{ start, end }] }, index) => ({
    id: `${id}#mark-${index + 1}`,
    type: "Annotation",
    motivation: "classifying",
    created,
    ...(alias ? { creator: { type: "Person", nickname: alias } } : {}),
    body: { type: "TextualBody", value: labels[label] ?? label, format: "text/plain", language, purpose: "tagging" },
    target: {
      source: { id, type: "Text", format: "text/plain", ...(title ? { "dcterms:title": title } : {}) },
      selector: [
        { type: "TextPositionSelector", start, end },
        {
          type: "TextQuoteSelector",
          exact: cut(start, end),
          prefix: cut(start - CONTEXT_CHARACTERS, start),
          suffix: cut(end, end + CONTEXT_CHARACTERS),
        },
      ],
    },
  }));
  return {
    "@context": ANNOTATION_CONTEXT,
    id: `${id}#marks`,
    type: "AnnotationCollection",
    ...(title ? { label: title } : {}),
    total: items.length,
    first: { id: `${id}#marks-page-1`, type: "AnnotationPage", startIndex: 0, items },
  };
}

/**
 * A verdict on one claim as a ClaimReview.
 *
 * @param {About} about
 * @param {{claim: string, support: Support, name: string, explanation: string, body: string, links: string[], date: string}} verdict name: the verdict in words; date: the day it was given
 */
export function claimReview({ id, title, alias, language }, { claim, support, name, explanation, body, links, date }) {
  const value = RATINGS[support];
  return {
    "@context": CLAIM_CONTEXT,
    "@type": "ClaimReview",
    claimReviewed: claim,
    itemReviewed: {
      "@type": "Claim",
      text: claim,
      appearance: { "@type": "CreativeWork", identifier: id, ...(title ? { name: title } : {}) },
    },
    reviewRating: {
      "@type": "Rating",
      ...(value === null ? {} : { ratingValue: value, bestRating: 5, worstRating: 1 }),
      alternateName: name,
      ...(explanation ? { ratingExplanation: explanation } : {}),
    },
    author: { "@type": "Person", name: alias },
    datePublished: date,
    inLanguage: language,
    ...(body ? { reviewBody: body } : {}),
    ...(links.length ? { citation: links } : {}),
  };
}
