// @ts-check
/** The scale of support, from supported to not checkable. */

/** @typedef {import("../../base/shapes.js").Support} Support */

/**
 * Where each place of the scale is between 1 and 5, as a ClaimReview has it; what cannot be checked is nowhere.
 *
 * @type {Record<Support, number|null>}
 */
export const RATINGS = { supported: 5, qualified: 4, "not-established": 3, contradicted: 1, "not-checkable": null };

export const SUPPORTS = /** @type {Support[]} */ (Object.keys(RATINGS));
