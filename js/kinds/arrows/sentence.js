// @ts-check
/** The first thing that is said of a checked source map. */
import { credit, distinct, find } from "./links.js";

/** @typedef {import("../../base/shapes.js").ArrowsKey} ArrowsKey */
/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {Pick<import("./names.js").Names, "node">} Names */

/** More than this, and it is no longer one thought. */
const MOST_PARTS = 3;

/**
 * One sentence about this map: how many links of the reference it has, and the one thing that is most worth a look.
 *
 * @param {Translate} t
 * @param {Names} names
 * @param {ArrowsKey} key
 * @param {Link[]} edges
 */
export function sentence(t, names, key, edges) {
  const given = distinct(edges);
  const wanted = key.edges.filter(({ weight }) => weight === 1);
  const missed = wanted.filter((reference) => !find(given, reference));
  const isTurned = (/** @type {Link} */ reference) =>
    Boolean(find(given, { source: reference.target, target: reference.source }));
  const turned = missed.filter(isTurned).length;
  const other = given.filter((edge) => !((find(key.edges, edge)?.weight ?? 0) > 0)).length - turned;
  const found = wanted.length - missed.length;
  const parts = [
    missed.length
      ? t(found ? "arrows.resultSome" : "arrows.resultNone", { found, count: wanted.length })
      : t(other + turned ? "arrows.resultAll" : "arrows.resultSame"),
  ];
  if (turned) parts.push(t("arrows.resultTurned", { count: turned }));
  if (other > 0) parts.push(t("arrows.resultOther", { count: other }));
  if (missed.length === 1 && !turned)
    parts.push(t("arrows.resultMissed", { from: names.node(missed[0].source), to: names.node(missed[0].target) }));
  const relations = wanted.filter(
    (reference) => find(given, reference) && credit(reference, find(given, reference)) < 1,
  ).length;
  if (relations) parts.push(t("arrows.resultRelation", { count: relations }));
  return `${parts.slice(0, MOST_PARTS).join("; ")}.`;
}
