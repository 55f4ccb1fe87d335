// @ts-check
/**
 * What a source map says about independent sources.
 *
 * A reader who counts outlets counts everyone who passes something on: each node with an outgoing link, wherever it
 * got it from itself. Merged by origin, those that go back to one origin count once. So the two numbers are about
 * the same nodes, and the second falls also where the learner has drawn the way to the origin rightly. An unknown
 * link is not a source, and what the key leads back to it is not counted.
 */

/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {{id: string, members: string[]}} Group */

/** The node for a link that no one has established, as in model/arrows.py. */
export const UNKNOWN = "unknown";

/**
 * The node that a node goes back to in the end; its own where the key names none.
 *
 * @param {Record<string, string>} origins
 * @param {string} id
 */
export function originOf(origins, id) {
  const way = [id];
  let last = id;
  while (Object.hasOwn(origins, last) && origins[last] !== last) {
    last = origins[last];
    const circle = way.indexOf(last);
    if (circle >= 0) return way.slice(circle).sort()[0];
    way.push(last);
  }
  return last;
}

/**
 * The nodes of the links, each once, as they come.
 *
 * @param {Link[]} edges
 */
export const nodesOf = (edges) => [...new Set(edges.flatMap(({ source, target }) => [source, target]))];

/**
 * How many sources there are when each node that passes something on counts as one, or, with origins, each origin.
 *
 * @param {Link[]} edges
 * @param {Record<string, string>} [origins]
 */
export function independent(edges, origins = {}) {
  const found = new Set(
    edges.filter(({ source }) => source !== UNKNOWN).map(({ source }) => originOf(origins, source)),
  );
  found.delete(UNKNOWN);
  return found.size;
}

/**
 * The map with the nodes of one origin in one group. Links within a group are gone, those between two groups are one.
 *
 * @param {Link[]} edges
 * @param {Record<string, string>} origins
 * @returns {{groups: Group[], edges: Link[]}}
 */
export function mergeByOrigin(edges, origins) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const id of nodesOf(edges)) {
    const origin = originOf(origins, id);
    const group = groups.get(origin) ?? { id: origin, members: [] };
    group.members.push(id);
    groups.set(origin, group);
  }
  /** @type {Map<string, Link>} */
  const links = new Map();
  for (const { source, target, relation } of edges) {
    const [from, to] = [originOf(origins, source), originOf(origins, target)];
    if (from === to) continue;
    const name = `${from} to ${to}`;
    const other = links.get(name);
    links.set(name, { source: from, target: to, relation: !other || other.relation === relation ? relation : null });
  }
  return { groups: [...groups.values()], edges: [...links.values()] };
}
