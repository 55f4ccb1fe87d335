// @ts-check
/** Keys and a swipe that turn to the next step, where they do no harm. */

/** A swipe is at least so long, so much more sideways than down, and so quick. */
const LEAST_PIXELS = 80;
const SLOPE = 2.5;
const MOST_MILLISECONDS = 700;
/** At the edges of a screen a swipe is the system's. */
const EDGE_PIXELS = 28;
/** What has a use for keys or its own finger. */
const BUSY = "a, button, input, select, textarea, summary, [tabindex='0'], [contenteditable], table, pre, .cd-item";

/**
 * @param {HTMLElement} article
 * @param {(by: 1|-1) => void} turn
 * @param {AbortSignal} signal
 */
export function listenToHands(article, turn, signal) {
  addEventListener("keydown", (event) => onKey(event, turn), { signal });
  /** @type {{x: number, y: number, at: number}|null} */
  let start = null;
  article.addEventListener(
    "touchstart",
    (event) => {
      const [touch] = event.touches;
      const isFree = event.touches.length === 1 && event.target instanceof Element && !event.target.closest(BUSY);
      const isInside = touch.clientX > EDGE_PIXELS && touch.clientX < innerWidth - EDGE_PIXELS;
      start = isFree && isInside ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
    },
    { signal, passive: true },
  );
  article.addEventListener(
    "touchend",
    (event) => {
      const [touch] = event.changedTouches;
      if (!start || event.touches.length || getSelection()?.toString() || visualViewport?.scale !== 1) return;
      const [across, down] = [touch.clientX - start.x, touch.clientY - start.y];
      const isSwipe = Math.abs(across) > LEAST_PIXELS && Math.abs(across) > SLOPE * Math.abs(down);
      if (isSwipe && event.timeStamp - start.at < MOST_MILLISECONDS)
        turn(across < 0 === isLeftToRight(article) ? 1 : -1);
      start = null;
    },
    { signal, passive: true },
  );
}

/**
 * An arrow sideways turns a step, as long as the focus is on nothing that has a use for it.
 *
 * @param {KeyboardEvent} event
 * @param {(by: 1|-1) => void} turn
 */
function onKey(event, turn) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const focused = document.activeElement;
  if (focused && focused !== document.body && !focused.matches("h1, h2, .cd-way *")) return;
  const isForward = isLeftToRight(document.body) ? "ArrowRight" : "ArrowLeft";
  if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
  event.preventDefault();
  turn(event.key === isForward ? 1 : -1);
}

/** @param {Element} element */
const isLeftToRight = (element) => getComputedStyle(element).direction !== "rtl";
