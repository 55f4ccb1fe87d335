// @ts-check
/** The answers that a store holds, and the views that are told when they change elsewhere. */
import { changedIds, mergeEntries } from "./answer-file.js";

/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {(changed: string[]) => void} Listener */

/** Answers by task; of two answers to one task the later counts. */
export class Answers {
  /** @param {Entries} [entries] */
  constructor(entries = {}) {
    this.entries = entries;
    /** @type {Set<Listener>} */
    this.listeners = new Set();
  }

  /**
   * @param {string} id
   * @param {import("../base/shapes.js").Entry} entry
   */
  put(id, entry) {
    this.entries = { ...this.entries, [id]: entry };
  }

  /**
   * Take in answers from elsewhere: from Python, a file, another notebook or another tab.
   *
   * @param {Entries} others
   * @returns {string[]} the ids of the tasks whose answers changed
   */
  merge(others) {
    const before = this.entries;
    this.entries = mergeEntries(before, others);
    return changedIds(before, this.entries);
  }

  /**
   * @param {Listener} listener
   * @param {AbortSignal} until
   */
  listen(listener, until) {
    this.listeners.add(listener);
    until.addEventListener("abort", () => this.listeners.delete(listener));
  }

  /** @param {string[]} changed ids, or none where only what is saved changed */
  tell(changed) {
    for (const listener of this.listeners) {
      try {
        listener(changed);
      } catch (error) {
        // A view that fails must not keep another from its answer, nor a task from its result.
        globalThis.reportError?.(error);
      }
    }
  }
}
