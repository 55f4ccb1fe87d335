// @ts-check
/** What gives a task away is folded until it is done: `<details class="after-P3">` opens when P3 has been checked. */

const AFTER = /(?:^|\s)after-([\w.-]+)/;

/**
 * Open the folds of a page as their tasks are done. One that a reader opened or closed is left alone.
 *
 * @param {Element} page
 * @param {import("../../base/types.js").Store} store
 * @param {AbortSignal} signal
 */
export function openFolds(page, store, signal) {
  /** @type {Map<HTMLDetailsElement, string>} */
  const waiting = new Map();
  for (const fold of page.querySelectorAll("details")) {
    const task = AFTER.exec(fold.className)?.[1];
    if (task) waiting.set(fold, task);
  }
  function open() {
    const entries = store.entries();
    for (const [fold, task] of waiting) {
      if (!Object.hasOwn(entries, task) || !entries[task].checked) continue;
      fold.open = true;
      waiting.delete(fold);
    }
  }
  store.listen(open, signal);
  open();
}
