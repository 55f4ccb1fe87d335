// @ts-check
/** Orders with ties: how a move, a tie and a drop change them. Nothing here changes what it is given. */

/** @typedef {import("../../base/shapes.js").Ranks} Ranks */

/**
 * A list in which some have given way to others: Array.toSpliced, which Safari 15 does not have.
 *
 * @template Part
 * @param {Part[]} parts
 * @param {number} at
 * @param {number} less how many give way
 * @param {...Part} more
 */
const spliced = (parts, at, less, ...more) => [...parts.slice(0, at), ...more, ...parts.slice(at + less)];

/**
 * The order to show: the learner's own, then what is not placed; without an answer the items as they come.
 *
 * @param {string[]} ids in the order in which they are shown before anything is moved
 * @param {Ranks|null} given
 * @param {boolean} ties
 * @returns {Ranks}
 */
export function completeRanks(ids, given, ties) {
  /** @type {Set<string>} */
  const open = new Set(ids);
  const mine = (given ?? []).map((group) => group.filter((id) => open.delete(id))).filter((group) => group.length);
  return [...(ties ? mine : mine.flat().map((id) => [id])), ...[...open].map((id) => [id])];
}

/**
 * Move an item one place up (-1) or down (1). One of several at a place gets its own place beside the others.
 *
 * @param {Ranks} ranks
 * @param {string} id
 * @param {-1|1} step
 * @returns {Ranks} the same order where there is no further place
 */
export function moveItem(ranks, id, step) {
  const at = ranks.findIndex((group) => group.includes(id));
  const others = ranks[at].filter((other) => other !== id);
  if (others.length) return spliced(ranks, at, 1, ...(step < 0 ? [[id], others] : [others, [id]]));
  const other = ranks[at + step];
  return other ? spliced(ranks, Math.min(at, at + step), 2, ...(step < 0 ? [[id], other] : [other, [id]])) : ranks;
}

/**
 * @param {Ranks} ranks
 * @param {string} id
 */
export const isTied = (ranks, id) => ranks.some((group) => group.indexOf(id) > 0);

/**
 * Put an item, with those at its place, to the place above; or part it from those above it at its place.
 *
 * @param {Ranks} ranks
 * @param {string} id
 * @returns {Ranks}
 */
export function toggleTie(ranks, id) {
  const at = ranks.findIndex((group) => group.includes(id));
  const within = ranks[at].indexOf(id);
  if (within > 0) return spliced(ranks, at, 1, ranks[at].slice(0, within), ranks[at].slice(within));
  return at > 0 ? spliced(ranks, at - 1, 2, [...ranks[at - 1], ...ranks[at]]) : ranks;
}

/**
 * Put an item at a line of the list: between two of one place it joins them, else it gets its own place.
 *
 * @param {Ranks} ranks
 * @param {string} id
 * @param {number} line from 0, counted without the item
 * @returns {Ranks}
 */
export function dropItem(ranks, id, line) {
  const others = ranks.map((group) => group.filter((other) => other !== id)).filter((group) => group.length);
  let start = 0;
  for (const [at, group] of others.entries()) {
    const within = line - start;
    if (within <= 0) return spliced(others, at, 0, [id]);
    if (within < group.length) return spliced(others, at, 1, spliced(group, within, 0, id));
    start += group.length;
  }
  return [...others, [id]];
}

/**
 * The lines that each item can be at, from 1: one line, or for those at one place all the lines that they fill.
 *
 * @param {Ranks} ranks
 * @returns {Map<string, [number, number]>}
 */
export function lines(ranks) {
  /** @type {Map<string, [number, number]>} */
  const found = new Map();
  let start = 1;
  for (const group of ranks) {
    for (const id of group) found.set(id, [start, start + group.length - 1]);
    start += group.length;
  }
  return found;
}

/**
 * How far an item is from its reference place: 0 in place, less than 0 too far up, more than 0 too far down;
 * null where it shares a place with others that the reference tells apart from it.
 *
 * @param {[number, number]} mine
 * @param {[number, number]} reference
 * @returns {number|null}
 */
export function shift(mine, reference) {
  if (mine[0] >= reference[0] && mine[1] <= reference[1]) return 0;
  if (mine[1] < reference[0]) return mine[1] - reference[0];
  return mine[0] > reference[1] ? mine[0] - reference[1] : null;
}
