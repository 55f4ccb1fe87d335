// @ts-check
/** The bar of labels: it stays in reach while its passages are in view. */
import { setAttributes } from "../../base/dom.js";

/** A bar that takes more of the window than this would hide what it is for; it stays where it is. */
const LARGEST_SHARE = 0.34;

/**
 * Let a bar stay at the edge of what scrolls, and keep that much room free around what gets the focus.
 *
 * @param {HTMLElement} bar
 * @param {HTMLElement} around what it belongs to, and what it never leaves
 * @param {AbortSignal} signal
 */
export function stayInReach(bar, around, signal) {
  if (typeof ResizeObserver !== "function") return;
  const measure = () => {
    const { height } = bar.getBoundingClientRect();
    setAttributes(bar, { "data-stays": height > 0 && height <= LARGEST_SHARE * innerHeight });
    around.style.setProperty("--cd-bar", `${bar.hasAttribute("data-stays") ? Math.ceil(height) : 0}px`);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(bar);
  globalThis.addEventListener("resize", measure, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
}
