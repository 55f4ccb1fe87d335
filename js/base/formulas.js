// @ts-check
/** What several kinds share in scoring: formulas of curriculum/grading.md. */

/** @typedef {import("./types.js").Score} Score */

/** @param {number} value */
export const clip = (value) => Math.min(1, Math.max(0, value));

/**
 * The sum, rounded once and not at every step, as Python's `math.fsum` has it (Shewchuk 1997): the same to the last bit.
 *
 * @param {Iterable<number>} values
 */
export function sum(values) {
  /** What is summed so far, exactly, in numbers that do not overlap; the smallest first. @type {number[]} */
  const exact = [];
  for (let value of values) {
    let kept = 0;
    for (const part of exact) {
      const high = value + part;
      const low = Math.abs(value) < Math.abs(part) ? value - (high - part) : part - (high - value);
      if (low) exact[kept++] = low;
      value = high;
    }
    exact.length = kept;
    exact.push(value);
  }
  let [total, low] = [exact.pop() ?? 0, 0];
  while (exact.length && !low) {
    const part = /** @type {number} */ (exact.pop());
    const high = total + part;
    [total, low] = [high, part - (high - total)];
  }
  const next = total + 2 * low; // what is left breaks a tie
  return low && Math.sign(low) === Math.sign(exact.at(-1) ?? 0) && next - total === 2 * low ? next : total;
}

/** @param {number[]} values */
export const mean = (values) => (values.length ? sum(values) / values.length : 0);

// biome-ignore lint/suspicious/noControlCharactersInRegex: to Python these are white space
const BLANK = /^[\p{White_Space}\x1c-\x1f]*$/u;

/** Whether a text holds nothing but white space, by Python's rule and not by `trim`'s. @param {string} text */
export const isBlank = (text) => BLANK.test(text);

/**
 * An answer that was not given.
 *
 * @returns {Score}
 */
export const noAnswer = () => ({ share: 0, status: "unanswered", parts: [] });

/**
 * @param {number} share
 * @param {Score["parts"]} parts
 * @returns {Score}
 */
export const scoreOf = (share, parts) => ({ share, status: "scored", parts });

/**
 * A number that repeats for the same text (FNV-1a).
 *
 * @param {string} text
 */
function hash(text) {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ /** @type {number} */ (char.codePointAt(0)), 0x01000193);
  return value >>> 0;
}

/**
 * Return the values in an order that is the same for the same seed (Fisher-Yates over mulberry32).
 *
 * @template T
 * @param {readonly T[]} values
 * @param {string} seed
 * @returns {T[]}
 */
export function shuffle(values, seed) {
  let state = hash(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const order = [...values];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * @param {unknown} value
 * @returns {value is string[]}
 */
export const isTextList = (value) => Array.isArray(value) && value.every((part) => typeof part === "string");

/**
 * Correct for chance: (earned - chance) / (ceiling - chance), clipped to 0..1; 0 where nothing can be earned.
 *
 * @param {number} earned
 * @param {number} chance
 * @param {number} ceiling
 */
export function aboveChance(earned, chance, ceiling) {
  return ceiling <= chance ? 0 : clip((earned - chance) / (ceiling - chance));
}
