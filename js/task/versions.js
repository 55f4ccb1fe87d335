// @ts-check
/** Which version of a task with a twin is shown: drawn once, and kept with the answer. */
import { KINDS } from "../kinds/kinds.js";

/** The time of an answer that only says which version was drawn: whatever is answered is later. */
const NOT_ANSWERED = "1970-01-01T00:00:00.000Z";

/**
 * A task in the version that an answer says was shown; the first where it says nothing.
 *
 * @template T
 * @param {T & {twin?: unknown}} task
 * @param {import("../base/shapes.js").Entry|undefined|null} entry
 * @returns {T}
 */
export const versionOf = (task, entry) => (entry?.version === 2 && /** @type {T|undefined} */ (task.twin)) || task;

/**
 * A task in the version that is shown here. One that was never shown is drawn, and the store keeps which.
 *
 * @param {import("../base/types.js").Store} store
 * @param {import("../base/shapes.js").Task} task
 */
export function shownVersion(store, task) {
  const { id, kind, twin } = task;
  const entry = () => (Object.hasOwn(store.entries(), id) ? store.entries()[id] : null);
  if (twin && !entry())
    store.put(id, {
      response: KINDS[kind].emptyResponse,
      confidence: null,
      reason: "",
      at: NOT_ANSWERED,
      attempts: 0,
      hints: 0,
      checked: false,
      version: Math.random() < 0.5 ? 1 : 2,
    });
  return versionOf(task, entry()); // another tab may have been first
}
