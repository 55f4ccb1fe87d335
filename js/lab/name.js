// @ts-check
/** The names of tabs: two notebooks of one lesson are files of one name in two folders. */
import { shortName } from "../base/lesson.js";

/**
 * @param {string} path `lessons/02-NAME.ipynb`, also below further folders
 * @param {string} firstCell its text, in which the heading is
 * @param {Record<string, string>} texts
 * @returns {string} number and title, as everywhere; of an exercise the kind before the title, for a tab has room for
 *   few words
 */
export function tabName(path, firstCell, texts) {
  const parts = path.split("/");
  const file = parts.at(-1) ?? path;
  const kinds = new Map([
    ["lessons", ""],
    ["exercises", texts.exercise ?? ""],
  ]);
  const kind = kinds.get(parts.at(-2) ?? "");
  const short = shortName(file.replace(/\.ipynb$/, ""));
  const heading = title(firstCell);
  const isNumbered = /^\d/.test(short);
  if (kind === undefined || !(isNumbered || heading.startsWith(`${short} · `))) return file;
  return isNumbered ? [short, kind, heading].filter(Boolean).join(" · ") : heading;
}

/**
 * @param {string} text
 * @returns {string} the heading, without a number before it, and without the word “exercise” beside it
 */
function title(text) {
  const heading = /^# +(.+)$/m.exec(text)?.[1] ?? "";
  return heading
    .replace(/^(lesson|exercise)?\s*\d+\s*[.:·–-]?\s*/i, "")
    .replace(/^exercise\s*[.:·–-]\s*/i, "")
    .replace(/[.:·,–-]?\s*\(?exercise\)?\s*$/i, "")
    .trim();
}
