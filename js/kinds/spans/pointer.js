// @ts-check
/** How a pointer moves over the words of a board: what it draws is marked, unless it selects text to be copied. */

/** @typedef {import("./board.js").Board} Board */

/** A finger that rests so long on a word selects text, as everywhere on a phone. */
const HOLD_MILLISECONDS = 400;
/** How far from a word a finger may come down, in pixels: half of a target that is large enough for it. */
const FINGER_PIXELS = 22;

/**
 * Follow a pointer over the words: a tap is one word, a stroke many. A stroke that becomes scrolling is dropped, and
 * so is one that selects text: with Alt, or by a finger that stays where it is.
 *
 * @param {Board} board
 * @param {AbortSignal} signal
 * @param {{move: () => void, done: () => void, drop: () => void}} then
 */
export function watchPointer(board, signal, then) {
  const { list } = board;
  let followed = false;
  let held = false;
  let selectFrom = -1;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let hold;
  const wordAt = (/** @type {Element|null} */ target) => {
    const word = target?.closest(".cd-word");
    return word ? board.words.indexOf(/** @type {HTMLElement} */ (word)) : -1;
  };
  const drop = () => {
    clearTimeout(hold);
    if (board.stroke) then.drop();
  };
  const select = () => {
    held = true;
    drop();
  };
  list.addEventListener(
    "pointerdown",
    (event) => {
      clearTimeout(hold);
      held = event.altKey;
      selectFrom = -1;
      const isFinger = event.pointerType === "touch";
      const hit = wordAt(/** @type {Element} */ (event.target));
      const index = hit < 0 && isFinger ? nearestWord(board, event) : hit;
      if (board.locked || event.button !== 0 || !event.isPrimary || index < 0) return;
      if (held) {
        selectFrom = index;
        selectWords(board, index, index);
        return;
      }
      board.anchor = null;
      board.stroke = { from: index, to: index };
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
      if (!board.stroke && selectFrom < 0) return;
      const root = /** @type {Document|ShadowRoot} */ (list.getRootNode());
      const index = wordAt(root.elementFromPoint(event.clientX, event.clientY));
      if (index >= 0 && selectFrom >= 0) selectWords(board, selectFrom, index);
      if (!board.stroke || index < 0 || index === board.stroke.to) return;
      clearTimeout(hold);
      board.stroke.to = index;
      then.move();
    },
    { signal },
  );
  list.addEventListener(
    "pointerup",
    () => {
      clearTimeout(hold);
      selectFrom = -1;
      if (!board.stroke) return;
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
      if (board.locked || event.button !== 0) return;
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
      if (!followed && !held && !board.locked && index >= 0) {
        board.stroke = { from: index, to: index };
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
 * @param {Board} board
 * @param {number} from
 * @param {number} to
 */
function selectWords(board, from, to) {
  const [first, last] = [board.words[Math.min(from, to)], board.words[Math.max(from, to)]];
  document.getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
}

/**
 * The word that a finger meant which came down beside it.
 *
 * @param {Board} board
 * @param {{clientX: number, clientY: number}} at
 * @returns {number} below 0 where none is near
 */
function nearestWord(board, { clientX, clientY }) {
  let best = -1;
  let nearest = FINGER_PIXELS;
  board.words.forEach((word, index) => {
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
