// @ts-check
/** Lines of text in a picture. */

/** The heights of the lines that style.css sets for names and for what is smaller. */
export const LINE = 17;
export const SMALL = 15;

/**
 * Break a text into lines at spaces and after - . /, and a longer word wherever it must be.
 *
 * @param {string} text
 * @param {number} most letters in a line
 * @returns {string[]}
 */
export function wrapLines(text, most) {
  /** @type {string[]} */
  const lines = [];
  const pieces = (text.match(/[^\s./-]*[\s./-]|[^\s./-]+/gu) ?? []).flatMap((piece) =>
    piece.trimEnd().length > most ? (piece.match(new RegExp(`.{1,${most}}`, "gu")) ?? []) : [piece],
  );
  for (const piece of pieces) {
    const last = lines.length - 1;
    if (last >= 0 && (lines[last] + piece).trimEnd().length <= most) lines[last] += piece;
    else lines.push(piece);
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}
