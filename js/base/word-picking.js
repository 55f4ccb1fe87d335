// @ts-check
/** Words in a row that are picked one by one, or several at a stroke: which is in the next line, and what a pointer does. */

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
export function inNextLine(row, step) {
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
 * Follow a pointer over the words: a tap is one word, a stroke many. A stroke that becomes scrolling is dropped.
 *
 * @param {WordRow} row
 * @param {AbortSignal} signal
 * @param {{move: () => void, done: () => void, drop: () => void}} then
 */
export function watchPointer(row, signal, then) {
  let followed = false;
  const wordAt = (/** @type {Element|null} */ target) => {
    const word = target?.closest(".cd-word");
    return word ? row.words.indexOf(/** @type {HTMLElement} */ (word)) : -1;
  };
  row.list.addEventListener(
    "pointerdown",
    (event) => {
      const index = wordAt(/** @type {Element} */ (event.target));
      if (row.locked || event.button !== 0 || !event.isPrimary || index < 0) return;
      row.anchor = null;
      row.stroke = { from: index, to: index };
      try {
        row.list.setPointerCapture(event.pointerId);
      } catch {
        // A pointer that a script made up cannot be captured; the stroke works without.
      }
      then.move();
    },
    { signal },
  );
  row.list.addEventListener(
    "pointermove",
    (event) => {
      if (!row.stroke) return;
      const root = /** @type {Document|ShadowRoot} */ (row.list.getRootNode());
      const index = wordAt(root.elementFromPoint(event.clientX, event.clientY));
      if (index < 0 || index === row.stroke.to) return;
      row.stroke.to = index;
      then.move();
    },
    { signal },
  );
  row.list.addEventListener(
    "pointerup",
    () => {
      if (!row.stroke) return;
      followed = true;
      then.done();
    },
    { signal },
  );
  row.list.addEventListener("pointercancel", () => row.stroke && then.drop(), { signal });
  // A screen reader's own click comes without a pointer.
  row.list.addEventListener(
    "click",
    (event) => {
      const index = wordAt(/** @type {Element} */ (event.target));
      if (!followed && !row.locked && index >= 0) {
        row.stroke = { from: index, to: index };
        then.done();
      }
      followed = false;
    },
    { signal },
  );
}
