// @ts-check
/** What a tap on a source map means: on a node, it begins, ends or leaves a link; on an arrow, it takes it away. */
import { find } from "./links.js";
import { boxAt, nearestWay } from "./routes.js";

/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./routes.js").Point} Point */
/** @typedef {{node: string}|{arrow: number}|null} Target what is under the finger; arrow: its place among those drawn */
/**
 * What to do: begin a link at a node, leave it, draw it, say that it is there, take an arrow away, or nothing.
 *
 * @typedef {{does: "begin"|"leave"|"draw"|"known", node: string}|{does: "remove", arrow: number}|{does: "nothing"}} Step
 */

/** Half of 44 px: how far a finger may be from an arrow, in units of the picture. */
const REACH = 22;

/**
 * @param {Layout} placed
 * @param {Point} point
 * @returns {Target}
 */
export function targetAt(placed, point) {
  const box = boxAt(placed.boxes, point);
  if (box) return { node: box.id };
  const arrow = nearestWay(
    placed.arrows.map(({ points }) => points),
    point,
    REACH,
  );
  return arrow < 0 ? null : { arrow };
}

/**
 * An arrow is safe while a link is being drawn, so that a finger beside a node takes nothing away.
 *
 * @param {string} from the node where a link has been begun, or nothing
 * @param {Target} target
 * @param {Link[]} edges
 * @returns {Step}
 */
export function stepOf(from, target, edges) {
  if (!target) return { does: "nothing" };
  if ("arrow" in target) return from ? { does: "nothing" } : { does: "remove", arrow: target.arrow };
  const { node } = target;
  if (!from) return { does: "begin", node };
  if (from === node) return { does: "leave", node };
  return { does: find(edges, { source: from, target: node }) ? "known" : "draw", node };
}
