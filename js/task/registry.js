// @ts-check
/** What can be drawn: a view for each kind of task, and the views that are no tasks. The scripts register them. */
import { addStyles } from "../base/stylesheet.js";
import { KINDS } from "../kinds/kinds.js";

/** @typedef {import("../base/types.js").Kind} Kind */
/** @typedef {import("../base/types.js").KindView} KindView */
/** @typedef {import("../base/types.js").View} View */

/** @type {Record<string, KindView>} */
export const KIND_VIEWS = {};
/** @type {Record<string, View>} */
export const VIEWS = {};
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * Add what a script brings. Anyone who waits for it is told. scorings: of the kinds that score in the second script alone.
 *
 * @param {{kinds: Record<string, KindView>, views: Record<string, View>, styles?: string[], scorings?: Record<string, Kind>}} given
 */
export function register({ kinds, views, styles = [], scorings = {} }) {
  Object.assign(KINDS, scorings);
  Object.assign(KIND_VIEWS, kinds);
  Object.assign(VIEWS, views);
  const own = [...Object.values(kinds), ...Object.values(views)].map(({ style }) => style ?? "");
  addStyles([...styles, ...own].filter(Boolean));
  listeners.forEach((listener) => listener());
}

/** @param {() => void} listener called when a script has brought something */
export const onRegister = (listener) => void listeners.add(listener);
