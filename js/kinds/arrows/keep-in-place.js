// @ts-check
/** Keeps what a reader looks at where it is on the screen, while what is above it grows or shrinks. */

/**
 * Change an element, and scroll so that its lower edge, and with it what comes below, stays where it was; unless that
 * edge is out of sight.
 *
 * @param {HTMLElement} element
 * @param {() => void} change
 */
export function keepInPlace(element, change) {
  const before = element.isConnected ? element.getBoundingClientRect().bottom : -1;
  change();
  if (before < 0 || before > globalThis.innerHeight) return;
  const moved = element.getBoundingClientRect().bottom - before;
  if (moved) scrollerOf(element).scrollBy({ top: moved, behavior: "instant" });
}

/**
 * The element that scrolls around this one, out of any shadow root.
 *
 * @param {Element} element
 * @returns {Element|Window}
 */
function scrollerOf(element) {
  const root = element.getRootNode();
  const around = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  if (!around || around === document.body || around === document.documentElement) return window;
  const scrolls = ["auto", "scroll"].includes(getComputedStyle(around).overflowY);
  return scrolls && around.scrollHeight > around.clientHeight ? around : scrollerOf(around);
}
