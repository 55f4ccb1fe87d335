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
