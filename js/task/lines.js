// @ts-check
/** Lines of a task's context that belong to one item each: they are beside it, and not above all of them. */
import { paragraphs } from "../base/text.js";

/** @typedef {{id: string, text: string}} Named an option of a choice, or an item of a sort */
/** @typedef {{rest: string[], lines: Record<string, string>}} Placed rest: the paragraphs that are left; lines: by the id of its item */

/** The name of a line, at the beginning of its paragraph: "A:", "*B:*", "Line 3:", "P12:", "4." or "C (P7):". */
const LINE = /^\*?(?:\p{L}{2,} )?([A-Z]|[A-Z]?\d+)((?: \([^)]*\))?)[:.]\*?\s+(.*)$/su;
/** What could be a name: a whole word. */
const WORD = /[\p{L}\p{N}]+/gu;
const NAME = /^(?:[A-Z]|[A-Z]?\d+)$/u;

/**
 * The lines of a task by the items that name them, as "Statement A" names A and "told (line 1)" names 1. Where some item
 * names none, or two the same, the context stays as it is.
 *
 * @param {{context?: string, options?: Named[], items?: Named[]}} task
 * @returns {Placed}
 */
export function placedLines({ context = "", options, items }) {
  const whole = paragraphs(context);
  /** @type {Map<string, {text: string, at: number}>} */
  const found = new Map();
  whole.forEach((paragraph, at) => {
    const line = LINE.exec(paragraph);
    if (line) found.set(line[1], { text: `${line[2].trim()} ${line[3]}`.trim(), at });
  });
  const named = (items ?? options ?? []).map(({ id, text }) => ({
    id,
    names: (text.match(WORD) ?? []).filter((word) => NAME.test(word) && found.has(word)),
  }));
  const used = new Set(named.flatMap(({ names }) => names));
  if (!named.length || used.size !== named.length || named.some(({ names }) => names.length !== 1))
    return { rest: whole, lines: {} };
  const isPlaced = (/** @type {number} */ at) => [...used].some((name) => found.get(name)?.at === at);
  return {
    rest: whole.filter((text, at) => !isPlaced(at) && !(text.endsWith(":") && isPlaced(at + 1))),
    lines: Object.fromEntries(named.map(({ id, names }) => [id, found.get(names[0])?.text ?? ""])),
  };
}
