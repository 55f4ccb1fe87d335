// @ts-check
/** How the arrows of a source map run, where their names are, and which of them a finger means. */
import { SMALL, wrapLines } from "./wrap.js";

/** @typedef {{x: number, y: number}} Point */
/** @typedef {Point & {width: number, height: number}} Area x, y: its top left */
/** @typedef {Area & {lines: string[]}} Label */

const LABEL_LETTERS = 15;
const LABEL_LETTER = 6.1;
/** A point of an arrow is looked at every so many units. */
const FINE = 6;

/** @param {number} value */
const roundTo1 = (value) => Math.round(value * 10) / 10;

/** @param {Point[]} points */
export function curve(points) {
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
 * Where the names of the arrows are: on the arrow, off the boxes and off each other where there is room.
 *
 * @param {{left: number, width: number, boxes: Area[]}} within
 * @param {Point[][]} ways
 * @param {string[]} texts
 * @returns {(Label|null)[]}
 */
export function labels({ left, width: whole, boxes }, ways, texts) {
  const inside = (/** @type {number} */ x, /** @type {number} */ width) =>
    Math.max(left + 2, Math.min(x, left + whole - width - 2));
  /** @type {Area[]} */
  const full = boxes.map(({ x, y, width, height }) => ({ x, y, width, height }));
  return ways.map((points, index) => {
    if (!texts[index]) return null;
    const lines = wrapLines(texts[index], LABEL_LETTERS);
    const width = Math.max(...lines.map(({ length }) => length)) * LABEL_LETTER + 8;
    const height = lines.length * SMALL + 2;
    const spots = [0.5, 0.38, 0.62, 0.28, 0.72]
      .flatMap((at) => points.slice(1).map((end, step) => pointBetween(points[step], end, at)))
      .map(({ x, y }) => ({ x: inside(x - width / 2, width), y: y - height / 2, width, height, lines }));
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
export const pointBetween = (from, to, at) => ({
  x: from.x + (to.x - from.x) * at * at * (3 - 2 * at),
  y: from.y + (to.y - from.y) * (1.5 * at * (1 - at) + at ** 3),
});

/**
 * @param {Area} one
 * @param {Area} other
 */
const overlap = (one, other) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/**
 * The arrow that runs nearest to a point, unless all are further off than a finger reaches.
 *
 * @param {Point[][]} ways
 * @param {Point} point
 * @param {number} reach
 * @returns {number} its place among the ways, or -1
 */
export function nearestWay(ways, point, reach) {
  const far = ways.map((points) =>
    Math.min(...pointsOn(points).map(({ x, y }) => Math.hypot(x - point.x, y - point.y))),
  );
  const least = Math.min(...far);
  return least <= reach ? far.indexOf(least) : -1;
}

/**
 * @param {Point[]} points
 * @returns {Point[]}
 */
function pointsOn(points) {
  return points.slice(1).flatMap((end, index) => {
    const begin = points[index];
    const steps = Math.max(2, Math.ceil(Math.hypot(end.x - begin.x, end.y - begin.y) / FINE));
    return Array.from({ length: steps + 1 }, (_, step) => pointBetween(begin, end, step / steps));
  });
}

/**
 * The box under a point.
 *
 * @template {Area} Box
 * @param {Box[]} boxes
 * @param {Point} point
 * @returns {Box|undefined}
 */
export const boxAt = (boxes, { x, y }) =>
  boxes.find((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
