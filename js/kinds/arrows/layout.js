// @ts-check
/** Where the boxes and arrows of a source map are: rows of boxes, who told above who was told. */
import { mean, sum } from "../../base/formulas.js";
import { curve, labels } from "./routes.js";
import { layers, rowsOf, waysDown } from "./rows.js";
import { LINE, SMALL, wrapLines } from "./wrap.js";

/** @typedef {{id: string, title: string, parts: string[]}} Box what is drawn as one box; parts: what it holds */
/** @typedef {{source: string, target: string, label: string}} Arrow */
/** @typedef {import("./routes.js").Point} Point */
/** @typedef {import("./routes.js").Label} Label */
/** @typedef {Box & Point & {width: number, height: number, lines: string[], partLines: string[]}} PlacedBox x, y: its top left */
/** @typedef {{source: string, target: string, points: Point[], path: string, label: Label|null}} PlacedArrow points: in the order in which the arrow runs */
/** @typedef {{left: number, width: number, height: number, apart: number|null, boxes: PlacedBox[], arrows: PlacedArrow[]}} Layout left: where the picture begins; apart: above the boxes that no arrow touches */
/** @typedef {{id: string, layer: number, width: number, x: number, before: Place[], after: Place[]}} Place a box, or a gap in a row that a long arrow runs through */
/** @typedef {{columns: number, box: number}} Grid how many boxes a row has at most, and how wide each is */

const GAP = 22;
const LANE = 8;
const LANE_GAP = 6;
const MARGIN = 10;
const PAD = 9;
const PORT = 20;
/** As high as a finger needs, also where the text of the host is small. */
const LEAST_HEIGHT = 50;
/** Letter widths of the sizes in style.css. */
const TITLE_LETTER = 7.88;
const PART_LETTER = 7.05;
const SWEEPS = 6;
const ROUNDS = 12;
/** Between two rows: with names on the arrows, without, above those that no arrow touches, and between these. */
const DEEP = { named: 82, plain: 54, apart: 46, none: 16 };

/** How small a picture may be drawn so that it fits: text of 13 px stays above 11.5. */
const SMALLEST = 0.9;

/** @type {Grid} */
const WIDE = { columns: 4, box: 152 };
/** @type {Grid[]} the wider first */
const GRIDS = [
  WIDE,
  { columns: 3, box: 152 },
  { columns: 2, box: 152 },
  { columns: 2, box: 128 },
  { columns: 2, box: 104 },
];
/** @type {Grid} */
const NARROW = { columns: 1, box: 128 };

/**
 * The widest layout that fits into a room, drawn a little smaller where that helps. One that does not fit at all is
 * to be scrolled.
 *
 * @param {Box[]} boxes
 * @param {Arrow[]} arrows
 * @param {number} room
 * @returns {Layout & {fits: boolean}}
 */
export function layoutWithin(boxes, arrows, room) {
  const wide = GRIDS.map((grid) => layout(boxes, arrows, grid));
  const narrow = layout(boxes, arrows, NARROW);
  const found =
    wide.find(({ width }) => width <= room) ??
    wide.find(({ width }) => width * SMALLEST <= room) ??
    [narrow, ...wide].reduce((least, one) => (one.width < least.width ? one : least));
  return { ...found, fits: found.width * SMALLEST <= room };
}

/**
 * @param {Box[]} boxes
 * @param {Arrow[]} arrows
 * @param {Grid} [grid]
 * @returns {Layout}
 */
export function layout(boxes, arrows, grid = WIDE) {
  if (!boxes.length) return { left: 0, width: 0, height: 0, apart: null, boxes: [], arrows: [] };
  const ids = boxes.map(({ id }) => id);
  const { turned } = layers(ids, arrows);
  const ways = waysDown(arrows, turned);
  const { linked, apart } = rowsOf(ids, ways, grid.columns);
  /** @type {Map<string, Place>} */
  const places = new Map();
  const place = (/** @type {string} */ id, /** @type {number} */ layer, /** @type {number} */ width) => {
    const made = { id, layer, width, x: 0, before: /** @type {Place[]} */ ([]), after: /** @type {Place[]} */ ([]) };
    places.set(id, made);
    return made;
  };
  [...linked, ...apart].forEach((row, layer) => row.forEach((id) => place(id, layer, grid.box)));
  const chains = ways.map(({ source, target }, index) => {
    const [from, to] = /** @type {Place[]} */ ([source, target].map((id) => places.get(id)));
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
  const half = Math.max(...rows.map(widthOf)) / 2;
  arrange(rows, half);

  const bands = bandsOf(
    boxes.map((box) => ({ box, place: /** @type {Place} */ (places.get(box.id)) })),
    {
      gapAfter: (layer) => {
        if (layer < linked.length - 1) return arrows.some(({ label }) => label) ? DEEP.named : DEEP.plain;
        return layer === linked.length - 1 ? DEEP.apart : DEEP.none;
      },
      rows: rows.length,
    },
  );
  const placed = boxes.map((box) => {
    const { x, layer, width } = /** @type {Place} */ (places.get(box.id));
    const { top, bottom } = bands[layer];
    const size = sizeOf(box, width);
    return { ...box, ...size, x: x - width / 2, y: top + (bottom - top - size.height) / 2 };
  });
  const made = {
    left: -half - MARGIN,
    width: 2 * (half + MARGIN),
    height: (bands.at(-1)?.bottom ?? 0) + MARGIN,
    apart: linked.length && apart.length ? bands[linked.length].top - DEEP.apart / 2 : null,
    boxes: placed,
    arrows: chains.map((chain, index) => {
      const down = route(chain, placed, bands);
      const points = turned.has(index) ? [...down].reverse() : down;
      const { source, target } = arrows[index];
      return { source, target, points, path: curve(points), label: /** @type {Label|null} */ (null) };
    }),
  };
  return only(
    made,
    arrows.map(({ label }, at) => ({ at, label })),
  );
}

/**
 * A layout with some of its arrows only, each with its own name: two maps drawn so are in the same places.
 *
 * @param {Layout} whole
 * @param {{at: number, label: string}[]} chosen
 * @returns {Layout}
 */
export function only(whole, chosen) {
  const arrows = chosen.map(({ at }) => whole.arrows[at]);
  const named = labels(
    whole,
    arrows.map(({ points }) => points),
    chosen.map(({ label }) => label),
  );
  return { ...whole, arrows: arrows.map((arrow, index) => ({ ...arrow, label: named[index] })) };
}

/**
 * @param {Box} box
 * @param {number} width
 */
function sizeOf(box, width) {
  const inner = width - 2 * PAD;
  const lines = wrapLines(box.title, Math.floor(inner / TITLE_LETTER));
  const partLines = box.parts.flatMap((part) =>
    wrapLines(part, Math.floor(inner / PART_LETTER)).map((line, row) => `${row ? "\u2003" : "– "}${line}`),
  );
  const text = lines.length * LINE + (partLines.length ? 6 + partLines.length * SMALL : 0);
  return { width, height: Math.max(LEAST_HEIGHT, 2 * PAD + text), lines, partLines };
}

/**
 * Where each row begins and ends.
 *
 * @param {{box: Box, place: Place}[]} placed
 * @param {{gapAfter: (layer: number) => number, rows: number}} options
 */
function bandsOf(placed, { gapAfter, rows }) {
  /** @type {{top: number, bottom: number}[]} */
  const bands = [];
  for (let layer = 0; layer < rows; layer += 1) {
    const top = layer ? bands[layer - 1].bottom + gapAfter(layer - 1) : MARGIN;
    const heights = placed
      .filter(({ place }) => place.layer === layer)
      .map((one) => sizeOf(one.box, one.place.width).height);
    bands.push({ top, bottom: top + Math.max(...heights) });
  }
  return bands;
}

/**
 * How far the middles of two neighbours in a row are apart at least.
 *
 * @param {Place} one
 * @param {Place} next
 */
const step = (one, next) => (one.width + next.width) / 2 + (one.width === LANE || next.width === LANE ? LANE_GAP : GAP);

/** @param {Place[]} row */
const widthOf = (row) =>
  row[0].width / 2 + row[row.length - 1].width / 2 + sum(row.slice(1).map((one, index) => step(row[index], one)));

/**
 * Order each layer by the middle of its neighbours (barycentre), then draw each towards them.
 *
 * @param {Place[][]} rows
 * @param {number} half how far from the middle a row may reach
 */
function arrange(rows, half) {
  for (const row of rows)
    placeRow(
      row,
      row.map((_, index) => index),
      half,
    );
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      row.sort((first, second) => wish(first, down) - wish(second, down));
      placeRow(
        row,
        row.map((one) => wish(one, down)),
        half,
      );
    }
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const row of round % 2 ? [...rows].reverse() : rows)
      placeRow(
        row,
        row.map((one) =>
          one.before.length + one.after.length ? mean([...one.before, ...one.after].map(({ x }) => x)) : one.x,
        ),
        half,
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
 * @param {number} half
 */
function placeRow(row, wishes, half) {
  row.forEach((one, index) => {
    const before = row[index - 1];
    one.x = before ? Math.max(wishes[index], before.x + step(before, one)) : wishes[index];
  });
  const back = sum(row.map((one, index) => one.x - wishes[index])) / row.length;
  for (const one of row) one.x -= back;
  for (let index = row.length - 1; index >= 0; index -= 1) {
    const [one, next] = [row[index], row[index + 1]];
    one.x = Math.min(one.x, next ? next.x - step(one, next) : half - one.width / 2);
  }
  row.forEach((one, index) => {
    const before = row[index - 1];
    one.x = Math.max(one.x, before ? before.x + step(before, one) : one.width / 2 - half);
  });
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
  const sorted = [...near].sort((first, second) => first.x - second.x);
  const at = sorted.indexOf(other) + (used.get(other) ?? 0);
  used.set(other, (used.get(other) ?? 0) + 1);
  const side = Math.min(PORT, (one.width - 2 * PORT) / Math.max(1, near.length - 1));
  return one.x + (at - (near.length - 1) / 2) * side;
}
