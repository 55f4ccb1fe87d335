// @ts-check
/** Marked words as spans of the text, and back. */

/** @typedef {import("../../base/shapes.js").SpansResponse} SpansResponse */
/** @typedef {import("../../base/shapes.js").Passage} Passage */
/** @typedef {import("../../base/shapes.js").Token} Token */

/**
 * Runs of neighbouring words with one label, as spans of the passage.
 *
 * @param {Passage} passage
 * @param {Token[]} tokens
 * @param {(string|null)[]} labels of each word
 * @returns {import("../../base/shapes.js").MarkedSpan[]}
 */
export function toSpans(passage, tokens, labels) {
  const characters = Array.from(passage.text);
  /** @type {import("../../base/shapes.js").MarkedSpan[]} */
  const spans = [];
  for (let first = 0; first < tokens.length; first += 1) {
    const label = labels[first];
    if (label === null) continue;
    let last = first;
    while (last + 1 < tokens.length && labels[last + 1] === label) last += 1;
    const [start, end] = [tokens[first][0], tokens[last][1]];
    const exact = characters.slice(start, end).join("");
    spans.push({
      passage: passage.id,
      label,
      selector: [
        { type: "TextPositionSelector", start, end },
        { type: "TextQuoteSelector", exact },
      ],
    });
    first = last;
  }
  return spans;
}

/**
 * The label of each word of a passage (null where it has none); of two labels the later span's.
 *
 * @param {Passage} passage
 * @param {Token[]} tokens
 * @param {SpansResponse|null} response
 * @returns {(string|null)[]}
 */
export function toLabels(passage, tokens, response) {
  /** @type {(string|null)[]} */
  const labels = tokens.map(() => null);
  for (const span of response?.spans ?? []) {
    if (span.passage !== passage.id) continue;
    const [{ start, end }] = span.selector;
    tokens.forEach(([from, to], index) => {
      if (from < end && to > start) labels[index] = span.label;
    });
  }
  return labels;
}

/**
 * Text and words of a passage in turn: what is before each word, and the rest.
 *
 * @param {Passage} passage
 * @param {Token[]} tokens
 */
export function pieces(passage, tokens) {
  const characters = Array.from(passage.text);
  const cut = (/** @type {number} */ from, /** @type {number} */ to) => characters.slice(from, to).join("");
  return {
    words: tokens.map(([start, end]) => cut(start, end)),
    gaps: [
      ...tokens.map(([start], index) => cut(index ? tokens[index - 1][1] : 0, start)),
      cut(tokens.length ? tokens[tokens.length - 1][1] : 0, characters.length),
    ],
  };
}
