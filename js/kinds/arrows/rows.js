// @ts-check
/** Which box of a source map is in which row: who told above who was told, and no row too wide. */

/** @typedef {{source: string, target: string}} Way */

/**
 * The layer of each node: the length of the longest way to it from a node that no one tells. A link that would
 * close a circle with those before it is turned for this.
 *
 * @param {string[]} ids
 * @param {Way[]} links
 * @returns {{layers: Map<string, number>, turned: Set<number>}}
 */
export function layers(ids, links) {
  /** @type {Set<number>} */
  const turned = new Set();
  links.forEach(({ source, target }, index) => {
    if (below(target, waysDown(links.slice(0, index), turned)).has(source)) turned.add(index);
  });
  return { layers: longestWays(ids, waysDown(links, turned)), turned };
}

/**
 * The nodes that can be reached from one.
 *
 * @param {string} id
 * @param {Way[]} ways
 */
function below(id, ways) {
  const found = new Set([id]);
  for (const node of found) for (const { source, target } of ways) if (source === node) found.add(target);
  return found;
}

/**
 * The links as they run down the page: those that would close a circle are turned.
 *
 * @param {Way[]} links
 * @param {Set<number>} turned
 * @returns {Way[]}
 */
export const waysDown = (links, turned) =>
  links.map(({ source, target }, index) =>
    turned.has(index) ? { source: target, target: source } : { source, target },
  );

/**
 * @param {string[]} ids
 * @param {Way[]} ways
 */
function longestWays(ids, ways) {
  const found = new Map(ids.map((id) => [id, 0]));
  for (let round = 0; round < ids.length; round += 1) {
    for (const { source, target } of ways)
      if (source !== target) found.set(target, Math.max(found.get(target) ?? 0, (found.get(source) ?? 0) + 1));
  }
  return found;
}

/**
 * The rows of linked nodes, at most so many in each, and then the rows of those that no link touches. A row is
 * filled first with those from whom the longest way leads on (Coffman and Graham's rule for scheduling).
 *
 * @param {string[]} ids
 * @param {Way[]} ways links that close no circle
 * @param {number} columns
 * @returns {{linked: string[][], apart: string[][]}}
 */
export function rowsOf(ids, ways, columns) {
  const touched = new Set(ways.flatMap(({ source, target }) => [source, target]));
  const onward = longestWays(
    ids,
    ways.map(({ source, target }) => ({ source: target, target: source })),
  );
  const before = (/** @type {string} */ id) => ways.filter(({ target }) => target === id).map(({ source }) => source);
  const open = ids.filter((id) => touched.has(id));
  /** @type {string[][]} */
  const linked = [];
  /** @type {Set<string>} */
  const placed = new Set();
  while (open.length) {
    const ready = open.filter((id) => before(id).every((other) => placed.has(other)));
    const row = [...ready]
      .sort((first, second) => (onward.get(second) ?? 0) - (onward.get(first) ?? 0))
      .slice(0, columns);
    linked.push(row);
    for (const id of row) {
      placed.add(id);
      open.splice(open.indexOf(id), 1);
    }
  }
  const near = sinkTowardsNext(linked, ways, columns);
  const rest = ids.filter((id) => !touched.has(id));
  const apart = Array.from({ length: Math.ceil(rest.length / columns) }, (_, row) =>
    rest.slice(row * columns, (row + 1) * columns),
  );
  return { linked: near, apart };
}

/**
 * Let each node sink to just above the first that it tells, where there is room: long arrows make a map hard to read.
 *
 * @param {string[][]} rows
 * @param {Way[]} ways
 * @param {number} columns
 */
function sinkTowardsNext(rows, ways, columns) {
  const rowOf = new Map(rows.flatMap((row, index) => row.map((id) => /** @type {[string, number]} */ ([id, index]))));
  const count = rows.map((row) => row.length);
  for (const id of [...rows].reverse().flat()) {
    const now = rowOf.get(id) ?? 0;
    const next = ways.filter(({ source }) => source === id).map(({ target }) => rowOf.get(target) ?? 0);
    let best = now;
    for (let row = now + 1; row < Math.min(...next, rows.length); row += 1) if (count[row] < columns) best = row;
    if (!next.length || best === now) continue;
    count[now] -= 1;
    count[best] += 1;
    rowOf.set(id, best);
  }
  const all = rows.flat();
  return rows.map((_, index) => all.filter((id) => rowOf.get(id) === index)).filter((row) => row.length);
}
