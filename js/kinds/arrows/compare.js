// @ts-check
/** A learner's source map beside the reference map: what both have, and what only one of them has. */
import { credit, distinct, find } from "./links.js";

/** @typedef {import("../../base/shapes.js").ArrowsKey} ArrowsKey */
/** @typedef {import("../../base/shapes.js").KeyLink} KeyLink */
/** @typedef {import("../../base/shapes.js").Link} Link */
/**
 * How a link appears on the two maps. relation: both have it, the reference as something else; optional: only the
 * reference has it, and one need not draw it.
 *
 * @typedef {"both"|"relation"|"mine"|"theirs"|"optional"} Standing
 */
/** @typedef {{mine: Link|null, theirs: (Link & {weight?: number})|null, standing: Standing}} Pair */
/**
 * What is said of a link. same: as in the reference; defensible: both have it, one need not draw it; noRelation: the
 * learner chose none; turned: the reference has it the other way round; tempting: the key says why it is not so;
 * detour: the reference goes there by way of others; extra: the reference has nothing like it; missed and optional:
 * only the reference has it.
 *
 * @typedef {"same"|"defensible"|"relation"|"noRelation"|"turned"|"tempting"|"detour"|"extra"|"missed"|"optional"} Finding
 */
/** @typedef {{finding: Finding, link: Link, reference: KeyLink|undefined, by: string[]}} Remark by: the nodes of a detour, ends included */

/**
 * The links that the reference map shows.
 *
 * @param {ArrowsKey} key
 */
export const referenceLinks = (key) => key.edges.filter(({ weight }) => weight > 0);

/**
 * Both maps as one list of links: those of the reference first.
 *
 * @param {Link[]} mine
 * @param {(Link & {weight?: number})[]} theirs
 * @returns {Pair[]}
 */
export function pairs(mine, theirs) {
  const shared = theirs.map((reference) => {
    const own = find(mine, reference) ?? null;
    return { mine: own, theirs: reference, standing: standingOf(own, reference) };
  });
  const others = mine.filter((edge) => !find(theirs, edge));
  return [
    ...shared,
    ...others.map((edge) => ({ mine: edge, theirs: null, standing: /** @type {Standing} */ ("mine") })),
  ];
}

/**
 * @param {Link|null} own
 * @param {Link & {weight?: number}} reference
 * @returns {Standing}
 */
function standingOf(own, reference) {
  if (!own) return (reference.weight ?? 1) < 1 ? "optional" : "theirs";
  const differs = reference.relation && reference.relation !== own.relation;
  return differs ? "relation" : "both";
}

/**
 * What is to be said of each link: the learner's in their order, then those that only the reference has.
 *
 * @param {ArrowsKey} key
 * @param {Link[]} edges
 * @returns {Remark[]}
 */
export function remarks(key, edges) {
  const own = distinct(edges);
  const shown = referenceLinks(key);
  const mine = own.map((link) => remarkOn(key, shown, link));
  const turned = mine.filter(({ finding }) => finding === "turned");
  const missed = shown.filter(
    (reference) => !find(own, reference) && !turned.some((remark) => remark.reference === reference),
  );
  return [
    ...mine,
    ...missed.map((reference) => ({
      finding: /** @type {Finding} */ (reference.weight < 1 ? "optional" : "missed"),
      link: reference,
      reference,
      by: [],
    })),
  ];
}

/**
 * @param {ArrowsKey} key
 * @param {KeyLink[]} shown
 * @param {Link} link
 * @returns {Remark}
 */
function remarkOn(key, shown, link) {
  const reference = find(key.edges, link);
  if (reference) return { finding: findingOf(reference, link), link, reference, by: [] };
  const turned = find(shown, { source: link.target, target: link.source });
  if (turned) return { finding: "turned", link, reference: turned, by: [] };
  const by = wayOf(shown, link.source, link.target);
  return { finding: by.length ? "detour" : "extra", link, reference: undefined, by };
}

/**
 * @param {KeyLink} reference
 * @param {Link} link
 * @returns {Finding}
 */
function findingOf(reference, link) {
  if (!reference.weight) return "tempting";
  if (credit(reference, link) < reference.weight) return link.relation ? "relation" : "noRelation";
  return reference.weight < 1 ? "defensible" : "same";
}

/**
 * The shortest way from one node to another along links, ends included; nothing where there is none.
 *
 * @param {Link[]} links
 * @param {string} from
 * @param {string} to
 * @returns {string[]}
 */
export function wayOf(links, from, to) {
  const seen = new Set([from]);
  let ways = [[from]];
  while (ways.length) {
    /** @type {string[][]} */
    const longer = [];
    for (const way of ways) {
      for (const { source, target } of links) {
        if (source !== way[way.length - 1] || seen.has(target)) continue;
        if (target === to) return [...way, target];
        seen.add(target);
        longer.push([...way, target]);
      }
    }
    ways = longer;
  }
  return [];
}
