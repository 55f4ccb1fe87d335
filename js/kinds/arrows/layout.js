// @ts-check
/** Where the boxes and arrows of a source map stand: layers by longest path, who told above who was told. */
import { mean, sum } from "../../base/formulas.js";

/** @typedef {{id: string, title: string, parts: string[]}} Box what is drawn as one box; parts: what it holds */
/** @typedef {{source: string, target: string, label: string}} Arrow */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {Box & Point & {width: number, height: number, lines: string[], partLines: string[]}} PlacedBox x, y: its top left */
/** @typedef {{path: string, label: (Point & {width: number, height: number, lines: string[]})|null}} PlacedArrow */
/** @typedef {{left: number, width: number, height: number, boxes: PlacedBox[], arrows: PlacedArrow[]}} Layout left: where the picture begins */
/** @typedef {{id: string, layer: number, width: number, x: number, before: Place[], after: Place[]}} Place a box, or a gap in a layer that a long arrow runs through */

const BOX = 152;
const GAP = 22;
const LANE = 16;
const MARGIN = 10;
const PAD = 9;
const PORT = 20;
/** Line heights and letter widths of the sizes in styles/arrows.css. */
export const LINE = 17;
export const SMALL = 15;
const TITLE_LETTERS = 17;
const PART_LETTERS = 19;
const LABEL_LETTERS = 15;
const LABEL_LETTER = 6.1;
const SWEEPS = 6;
const ROUNDS = 12;

/**
 * The layer of each node: the length of the longest way to it from a node that nobody tells. A link that would
 * close a circle is turned for this.
 *
 * @param {string[]} ids
 * @param {{source: string, target: string}[]} links
 * @returns {{layers: Map<string, number>, turned: Set<number>}}
 */
export function layers(ids, links) {
  /** @type {Set<number>} */
  const turned = new Set();
  /** @type {Map<string, "open"|"done">} */
  const seen = new Map();
  const visit = (/** @type {string} */ id) => {
    seen.set(id, "open");
    links.forEach(({ source, target }, index) => {
      if (source !== id) return;
      if (seen.get(target) === "open") turned.add(index);
      else if (!seen.has(target)) visit(target);
    });
    seen.set(id, "done");
  };
  const told = new Set(links.map(({ target }) => target));
  for (const id of [...ids.filter((name) => !told.has(name)), ...ids]) if (!seen.has(id)) visit(id);
  const ways = links.map(({ source, target }, index) => (turned.has(index) ? [target, source] : [source, target]));
  const found = new Map(ids.map((id) => [id, 0]));
  for (let round = 0; round < ids.length; round += 1) {
    for (const [from, to] of ways)
      if (from !== to) found.set(to, Math.max(found.get(to) ?? 0, (found.get(from) ?? 0) + 1));
  }
  return { layers: found, turned };
}

/**
 * @param {Box[]} boxes
 * @param {Arrow[]} arrows
 * @returns {Layout}
 */
export function layout(boxes, arrows) {
  if (!boxes.length) return { left: 0, width: 0, height: 0, boxes: [], arrows: [] };
  const { layers: layerOf, turned } = layers(
    boxes.map(({ id }) => id),
    arrows,
  );
  /** @type {Map<string, Place>} */
  const places = new Map();
  const place = (/** @type {string} */ id, /** @type {number} */ layer, /** @type {number} */ width) => {
    const made = { id, layer, width, x: 0, before: /** @type {Place[]} */ ([]), after: /** @type {Place[]} */ ([]) };
    places.set(id, made);
    return made;
  };
  for (const { id } of boxes) place(id, layerOf.get(id) ?? 0, BOX);
  const chains = arrows.map(({ source, target }, index) => {
    const [from, to] = /** @type {Place[]} */ (
      (turned.has(index) ? [target, source] : [source, target]).map((id) => places.get(id))
    );
    const chain = [from];
    for (let layer = from.layer + 1; layer < to.layer; layer += 1)
      chain.push(place(`${index} in ${layer}`, layer, LANE));
    chain.push(to);
    chain.slice(1).forEach((next, step) => {
      chain[step].after.push(next);
      next.before.push(chain[step]);
    });
    return chain;
  });
  const rows = /** @type {Place[][]} */ ([]);
  for (const one of places.values()) {
    rows[one.layer] ??= [];
    rows[one.layer].push(one);
  }
  arrange(rows);

  const made = boxes.map((box) => ({
    ...box,
    lines: wrapLines(box.title, TITLE_LETTERS),
    partLines: box.parts.flatMap((part) =>
      wrapLines(part, PART_LETTERS).map((line, row) => `${row ? "\u2003" : "– "}${line}`),
    ),
  }));
  const tall = new Map(
    made.map(({ id, lines, partLines }) => [
      id,
      2 * PAD + lines.length * LINE + (partLines.length ? 6 + partLines.length * SMALL : 0),
    ]),
  );
  const deep = arrows.some(({ label }) => label) ? 82 : 54;
  /** @type {{top: number, bottom: number}[]} */
  const bands = [];
  for (const row of rows) {
    const top = bands.length ? bands[bands.length - 1].bottom + deep : MARGIN;
    bands.push({ top, bottom: top + Math.max(...row.map(({ id }) => tall.get(id) ?? 0)) });
  }
  const height = (bands.at(-1)?.bottom ?? 0) + MARGIN;
  const placed = made.map((box) => {
    const { x, layer } = /** @type {Place} */ (places.get(box.id));
    const high = tall.get(box.id) ?? 0;
    const { top, bottom } = bands[layer];
    return { ...box, x: x - BOX / 2, y: top + (bottom - top - high) / 2, width: BOX, height: high };
  });
  const ways = chains.map((chain) => route(chain, placed, bands));
  const named = labels(ways, arrows, placed);
  const drawn = [
    ...[...places.values()].map(({ x, width }) => ({ x: x - width / 2, width })),
    ...named.flatMap((label) => label ?? []),
  ];
  const left = Math.min(...drawn.map(({ x }) => x)) - MARGIN;
  const width = Math.max(...drawn.map((one) => one.x + one.width)) + MARGIN - left;
  return {
    left,
    width,
    height,
    boxes: placed,
    arrows: ways.map((points, index) => ({
      path: curve(turned.has(index) ? points.toReversed() : points),
      label: named[index],
    })),
  };
}

/**
 * Order each layer by the middle of its neighbours (barycentre), then draw each towards them.
 *
 * @param {Place[][]} rows
 */
function arrange(rows) {
  for (const row of rows)
    placeRow(
      row,
      row.map((_, index) => index),
    );
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : rows.toReversed()) {
      row.sort((first, second) => wish(first, down) - wish(second, down));
      placeRow(
        row,
        row.map((one) => wish(one, down)),
      );
    }
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const row of round % 2 ? rows.toReversed() : rows)
      placeRow(
        row,
        row.map((one) =>
          one.before.length + one.after.length ? mean([...one.before, ...one.after].map(({ x }) => x)) : one.x,
        ),
      );
  }
}

/**
 * @param {Place} one
 * @param {boolean} down
 */
function wish(one, down) {
  const near = down ? one.before : one.after;
  return near.length ? mean(near.map(({ x }) => x)) : one.x;
}

/**
 * Put a row as near to the wishes as its order and widths allow.
 *
 * @param {Place[]} row
 * @param {number[]} wishes
 */
function placeRow(row, wishes) {
  row.forEach((one, index) => {
    const before = row[index - 1];
    one.x = before ? Math.max(wishes[index], before.x + (before.width + one.width) / 2 + GAP) : wishes[index];
  });
  const back = sum(row.map((one, index) => one.x - wishes[index])) / row.length;
  for (const one of row) one.x -= back;
}

/**
 * The points of an arrow, from the foot of one box down to the head of another.
 *
 * @param {Place[]} chain
 * @param {PlacedBox[]} boxes
 * @param {{top: number, bottom: number}[]} bands
 * @returns {Point[]}
 */
function route(chain, boxes, bands) {
  const [from, to] = [chain[0], chain[chain.length - 1]];
  const boxOf = (/** @type {Place} */ one) => /** @type {PlacedBox} */ (boxes.find(({ id }) => id === one.id));
  const start = boxOf(from);
  const finish = boxOf(to);
  return [
    { x: port(from, from.after, chain[1]), y: start.y + start.height },
    ...chain.slice(1, -1).flatMap(({ x, layer }) => [
      { x, y: bands[layer].top },
      { x, y: bands[layer].bottom },
    ]),
    { x: port(to, to.before, chain[chain.length - 2]), y: finish.y },
  ];
}

/** @type {WeakMap<Place[], Map<Place, number>>} how many arrows to the same neighbour have their port already */
const taken = new WeakMap();

/**
 * Where on the edge of a box an arrow begins or ends: side by side, in the order of their other ends.
 *
 * @param {Place} one
 * @param {Place[]} near
 * @param {Place} other
 */
function port(one, near, other) {
  const used = taken.get(near) ?? new Map();
  taken.set(near, used);
  const sorted = near.toSorted((first, second) => first.x - second.x);
  const at = sorted.indexOf(other) + (used.get(other) ?? 0);
  used.set(other, (used.get(other) ?? 0) + 1);
  const step = Math.min(PORT, (BOX - 2 * PORT) / Math.max(1, near.length - 1));
  return one.x + (at - (near.length - 1) / 2) * step;
}

/** @param {number} value */
const roundTo1 = (value) => Math.round(value * 10) / 10;

/** @param {Point[]} points */
function curve(points) {
  return points
    .map(({ x, y }, index) => {
      if (!index) return `M${roundTo1(x)} ${roundTo1(y)}`;
      const before = points[index - 1];
      const middle = roundTo1((before.y + y) / 2);
      return before.x === x
        ? `L${roundTo1(x)} ${roundTo1(y)}`
        : `C${roundTo1(before.x)} ${middle} ${roundTo1(x)} ${middle} ${roundTo1(x)} ${roundTo1(y)}`;
    })
    .join("");
}

/**
 * Where the names of the arrows stand: on the arrow, off the boxes and off each other where there is room.
 *
 * @param {Point[][]} ways
 * @param {Arrow[]} arrows
 * @param {PlacedBox[]} boxes
 * @returns {PlacedArrow["label"][]}
 */
function labels(ways, arrows, boxes) {
  /** @type {(Point & {width: number, height: number})[]} */
  const full = boxes.map(({ x, y, width, height }) => ({ x, y, width, height }));
  return ways.map((points, index) => {
    if (!arrows[index].label) return null;
    const lines = wrapLines(arrows[index].label, LABEL_LETTERS);
    const width = Math.max(...lines.map(({ length }) => length)) * LABEL_LETTER + 8;
    const height = lines.length * SMALL + 2;
    const spots = [0.5, 0.38, 0.62, 0.28, 0.72]
      .flatMap((at) => points.slice(1).map((end, step) => pointBetween(points[step], end, at)))
      .map(({ x, y }) => ({ x: x - width / 2, y: y - height / 2, width, height, lines }));
    const spot = spots.find((one) => full.every((other) => !overlap(one, other))) ?? spots[0];
    full.push(spot);
    return spot;
  });
}

/**
 * @param {Point} from
 * @param {Point} to
 * @param {number} at
 */
const pointBetween = (from, to, at) => ({
  x: from.x + (to.x - from.x) * at * at * (3 - 2 * at),
  y: from.y + (to.y - from.y) * (1.5 * at * (1 - at) + at ** 3),
});

/**
 * @param {Point & {width: number, height: number}} one
 * @param {Point & {width: number, height: number}} other
 */
const overlap = (one, other) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/**
 * Break a text into lines at spaces and after - . /, and a longer word wherever it must be.
 *
 * @param {string} text
 * @param {number} most letters in a line
 * @returns {string[]}
 */
export function wrapLines(text, most) {
  /** @type {string[]} */
  const lines = [];
  const pieces = text
    .split(/(?<=[\s./-])/u)
    .flatMap((piece) =>
      piece.trimEnd().length > most ? (piece.match(new RegExp(`.{1,${most}}`, "gu")) ?? []) : [piece],
    );
  for (const piece of pieces) {
    const last = lines.length - 1;
    if (last >= 0 && (lines[last] + piece).trimEnd().length <= most) lines[last] += piece;
    else lines.push(piece);
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}
