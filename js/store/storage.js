// @ts-check
/** The browser's own storage, which may be forbidden. */

/** @typedef {Pick<Storage, "getItem"|"setItem"|"removeItem"|"key"|"length">} KeyValueStorage */

/**
 * Return this browser's storage, or null where it is forbidden.
 *
 * @returns {KeyValueStorage|null}
 */
export function browserStorage() {
  try {
    const { localStorage } = globalThis;
    localStorage.getItem("copydesk");
    return localStorage;
  } catch {
    return null;
  }
}

/**
 * What this browser remembers under a key, or null: nothing was kept, or nothing may be.
 *
 * @param {string} key
 */
export const recall = (key) => browserStorage()?.getItem(key) ?? null;

/**
 * Remember a choice of the reader's. A browser that keeps nothing forgets it when the page is left.
 *
 * @param {string} key
 * @param {string} text
 */
export function remember(key, text) {
  try {
    browserStorage()?.setItem(key, text);
  } catch {
    // It is full: the choice holds for this page.
  }
}

/**
 * Everything of a storage that begins with some text: keys with what they hold.
 *
 * @param {KeyValueStorage} storage
 * @param {string} beginning
 */
export function storedItems(storage, beginning) {
  const keys = Array.from({ length: storage.length }, (_, place) => storage.key(place) ?? "");
  return keys.filter((key) => key.startsWith(beginning)).map((key) => ({ key, text: storage.getItem(key) ?? "" }));
}

/**
 * A token that stays the same in this browser, for the order of options.
 *
 * @param {KeyValueStorage|null} storage
 */
export function browserPlace(storage) {
  const fresh = Math.random().toString(36).slice(2, 12);
  try {
    const known = storage?.getItem("copydesk/place");
    if (known) return known;
    storage?.setItem("copydesk/place", fresh);
  } catch {
    // Without storage the order holds until the page is left.
  }
  return fresh;
}
