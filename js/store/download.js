// @ts-check
/** A text as a file that the browser saves. */

/**
 * Whether a page certainly may save files. A frame with a sandbox may forbid it, and a tab that was opened from such a
 * frame; the browser then says nothing, and only a frame of the page's own site shows what it allows.
 *
 * @param {any} view the page's window
 * @returns {boolean}
 */
export function surelySaves(view = window) {
  if (view.origin === "null" && view.location.protocol !== "file:") return false; // a sandbox
  for (let page = view; page !== page.parent; page = page.parent) {
    const frame = frameOf(page);
    if (!frame || (frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-downloads"))) return false;
  }
  const { opener } = view;
  return !opener || opener === opener.parent;
}

/**
 * The element of a window's frame; null where that belongs to another site.
 *
 * @param {Window} page
 */
function frameOf(page) {
  try {
    return /** @type {HTMLIFrameElement|null} */ (page.frameElement);
  } catch {
    return null;
  }
}

/**
 * Hand a text to the browser as a download; return whether it certainly may be saved.
 *
 * @param {string} name
 * @param {string} text
 * @param {string} [type]
 */
export function saveAsFile(name, text, type = "application/json") {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return surelySaves();
}
