// @ts-check
/** Words in a row that are picked one by one, or several at a stroke: which is in the next line, and what a pointer does. */

/** A finger that rests so long on a word selects text, as everywhere on a phone. */
const HOLD_MILLISECONDS = 600;
/** A finger that has moved no further than this is still resting. */
const RESTING_PIXELS = 8;
/** How far from a word a finger may come down, in pixels: half of a target that is large enough for it. */
const FINGER_PIXELS = 22;

/**
 * A row of words, which of them is current, and what is being picked.
 *
 * @typedef {object} WordRow
 * @property {HTMLElement} list
 * @property {HTMLElement[]} words
 * @property {number} current
 * @property {boolean} locked
 * @property {number|null} anchor where a selection with Shift began
 * @property {{from: number, to: number}|null} stroke what the pointer is drawing over
 */

/**
 * The word in the line above or below that is nearest to the current one.
 *
 * @param {WordRow} row
 * @param {1|-1} step
 */
function inNextLine(row, step) {
  const here = row.words[row.current].getBoundingClientRect();
  const middle = (here.left + here.right) / 2;
  let best = row.current;
  let line = Number.NaN;
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = row.current + step; index >= 0 && index < row.words.length; index += step) {
    const box = row.words[index].getBoundingClientRect();
    if (Math.abs(box.bottom - here.bottom) < here.height / 2) continue;
    if (Number.isNaN(line)) line = box.bottom;
    if (Math.abs(box.bottom - line) > here.height / 2) break;
    const distance = Math.abs((box.left + box.right) / 2 - middle);
    if (distance < nearest) [nearest, best] = [distance, index];
  }
  return best;
}

/**
 * Where a key leads from the current word, or null where it is no key for moving. With Shift a selection begins or goes
 * on, without it ends.
 *
 * @param {WordRow} row
 * @param {KeyboardEvent} event
 */
export function placeByKey(row, event) {
  const forward = getComputedStyle(row.list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
  /** @type {Record<string, () => number>} */
  const moves = {
    [forward]: () => row.current + 1,
    [backward]: () => row.current - 1,
    ArrowDown: () => inNextLine(row, 1),
    ArrowUp: () => inNextLine(row, -1),
    Home: () => 0,
    End: () => row.words.length - 1,
  };
  if (!Object.hasOwn(moves, event.key)) return null;
  if (!event.shiftKey || row.locked) row.anchor = null;
  else row.anchor ??= row.current;
  return moves[event.key]();
}

/**
 * The first and the last word that are picked: by a stroke, by Shift, or the current one.
 *
 * @param {WordRow} row
 * @returns {[number, number]}
 */
export function pickedRange({ stroke, anchor, current }) {
  const [from, to] = stroke ? [stroke.from, stroke.to] : [anchor ?? current, current];
  return from <= to ? [from, to] : [to, from];
}

/**
 * Follow a pointer over the words: a tap is one word, a stroke many. A stroke that becomes scrolling is dropped, and
 * so is one that selects text: with Alt, or by a finger that stays where it is.
 *
 * @param {WordRow} row
 * @param {AbortSignal} signal
 * @param {{move: () => void, done: () => void, drop: () => void}} then
 */
export function watchPointer(row, signal, then) {
  const { list } = row;
  let followed = false;
  let held = false;
  let selectFrom = -1;
  let came = { clientX: 0, clientY: 0 };
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let hold;
  const wordAt = (/** @type {Element|null} */ target) => {
    const word = target?.closest(".cd-word");
    return word ? row.words.indexOf(/** @type {HTMLElement} */ (word)) : -1;
  };
  const drop = () => {
    clearTimeout(hold);
    if (row.stroke) then.drop();
  };
  /** What a finger means that rests on a word: these words as text, to be copied. */
  const select = () => {
    const index = row.stroke?.from ?? -1;
    held = true;
    drop();
    selectFrom = index;
    if (index >= 0) selectWords(row, index, index);
  };
  list.addEventListener(
    "pointerdown",
    (event) => {
      clearTimeout(hold);
      held = event.altKey;
      selectFrom = -1;
      const isFinger = event.pointerType === "touch";
      const hit = wordAt(/** @type {Element} */ (event.target));
      const index = hit < 0 && isFinger ? nearestWord(row, event) : hit;
      if (row.locked || event.button !== 0 || !event.isPrimary || index < 0) return;
      if (held) {
        selectFrom = index;
        selectWords(row, index, index);
        return;
      }
      row.anchor = null;
      row.stroke = { from: index, to: index };
      came = event;
      if (isFinger) hold = setTimeout(select, HOLD_MILLISECONDS);
      try {
        list.setPointerCapture(event.pointerId);
      } catch {
        // A pointer that a script made up cannot be captured; the stroke works without.
      }
      then.move();
    },
    { signal },
  );
  list.addEventListener(
    "pointermove",
    (event) => {
      if (!row.stroke && selectFrom < 0) return;
      if (Math.hypot(event.clientX - came.clientX, event.clientY - came.clientY) > RESTING_PIXELS) clearTimeout(hold);
      const root = /** @type {Document|ShadowRoot} */ (list.getRootNode());
      const index = wordAt(root.elementFromPoint(event.clientX, event.clientY));
      if (index >= 0 && selectFrom >= 0) selectWords(row, selectFrom, index);
      if (!row.stroke || index < 0 || index === row.stroke.to) return;
      clearTimeout(hold);
      row.stroke.to = index;
      then.move();
    },
    { signal },
  );
  list.addEventListener(
    "pointerup",
    () => {
      clearTimeout(hold);
      selectFrom = -1;
      if (!row.stroke) return;
      followed = true;
      then.done();
    },
    { signal },
  );
  list.addEventListener("pointercancel", drop, { signal });
  list.addEventListener("contextmenu", select, { signal });
  // A mouse that draws a label must not select the same words, and drag them away. One that selects does so above:
  // from the middle of a list of controls a browser selects nothing.
  list.addEventListener(
    "mousedown",
    (event) => {
      if (row.locked || event.button !== 0) return;
      event.preventDefault();
      if (!event.altKey) document.getSelection()?.removeAllRanges();
    },
    { signal },
  );
  // A screen reader's own click comes without a pointer.
  list.addEventListener(
    "click",
    (event) => {
      const index = wordAt(/** @type {Element} */ (event.target));
      if (!followed && !held && !row.locked && index >= 0) {
        row.stroke = { from: index, to: index };
        then.done();
      }
      followed = false;
      held = false;
    },
    { signal },
  );
}

/**
 * Select words as text, as a browser does.
 *
 * @param {WordRow} row
 * @param {number} from
 * @param {number} to
 */
function selectWords(row, from, to) {
  const [first, last] = [row.words[Math.min(from, to)], row.words[Math.max(from, to)]];
  document.getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
}

/**
 * The word that a finger meant which came down beside it.
 *
 * @param {WordRow} row
 * @param {{clientX: number, clientY: number}} at
 * @returns {number} below 0 where none is near
 */
function nearestWord(row, { clientX, clientY }) {
  let best = -1;
  let nearest = FINGER_PIXELS;
  row.words.forEach((word, index) => {
    for (const { left, right, top, bottom } of word.getClientRects()) {
      const away = Math.hypot(
        Math.max(left - clientX, 0, clientX - right),
        Math.max(top - clientY, 0, clientY - bottom),
      );
      if (away < nearest) [nearest, best] = [away, index];
    }
  });
  return best;
}
