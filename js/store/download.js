// @ts-check
/** A text as a file that the browser saves. */

/**
 * Hand a text to the browser as a download.
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
}
