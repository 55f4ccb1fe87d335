// @ts-check
/** Links of a source map: which are the same, and what one earns. */

/** @typedef {import("../../base/shapes.js").KeyLink} KeyLink */
/** @typedef {import("../../base/shapes.js").Link} Link */

const WRONG_RELATION = 0.5;

/**
 * The links with two that join the same nodes in the same direction made one: the last one counts.
 *
 * @param {Link[]} edges
 * @returns {Link[]}
 */
export const distinct = (edges) => [
  ...new Map(edges.map((edge) => [`${edge.source} to ${edge.target}`, edge])).values(),
];

/**
 * What a link earns: the weight of the reference link, half of it where the reference names another relation.
 *
 * @param {KeyLink} reference
 * @param {Link|undefined} edge
 */
export function credit(reference, edge) {
  if (!edge) return 0;
  return reference.weight * (reference.relation === null || reference.relation === edge.relation ? 1 : WRONG_RELATION);
}

/**
 * The link between the same nodes in the same direction.
 *
 * @template {Link} L
 * @param {L[]} edges
 * @param {{source: string, target: string}} wanted
 * @returns {L|undefined}
 */
export const find = (edges, { source, target }) =>
  edges.find((edge) => edge.source === source && edge.target === target);
