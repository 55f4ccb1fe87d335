// @ts-check
/**
 * Spans, scored: marks on words against the key's weights. How it looks is in view.js.
 *
 * A word takes one label on the page, though the key may give it weight in two. So the ceiling of a label counts a word
 * only where it weighs most; where it weighs the same in two labels, it counts for the one that the learner chose.
 */
import { aboveChance, isRecord, isTextList, mean, noAnswer, scoreOf, sum } from "../../base/formulas.js";
import { passageName } from "../../base/text.js";

/** @typedef {import("../../base/shapes.js").SpansTask} SpansTask */
/** @typedef {import("../../base/shapes.js").SpansKey} SpansKey */
/** @typedef {import("../../base/shapes.js").SpansResponse} SpansResponse */
/** @typedef {import("../../base/shapes.js").KeySpan} KeySpan */
/** @typedef {import("../../base/types.js").Translate} Translate */

const ARTICLES = new Set(["a", "an", "the"]);
const ROUNDING = 1e-9;

/** @param {any} value @returns {value is SpansResponse} */
export function isResponse(value) {
  return isTextList(value.clean ?? []) && Array.isArray(value.spans) && value.spans.every(isSpan);
}

/** @param {any} span */
function isSpan(span) {
  if (
    !isRecord(span) ||
    typeof span.passage !== "string" ||
    typeof span.label !== "string" ||
    !Array.isArray(span.selector)
  )
    return false;
  const [position, quote] = span.selector;
  return (
    isRecord(position) &&
    isRecord(quote) &&
    Number.isInteger(position.start) &&
    Number.isInteger(position.end) &&
    typeof quote.exact === "string"
  );
}

/** @type {SpansResponse} */
export const emptyResponse = { kind: "spans", spans: [], clean: [] };

/** @param {SpansResponse} response */
export const isEmpty = (response) => response.spans.length === 0 && (response.clean ?? []).length === 0;

/**
 * @param {SpansTask} task
 * @param {SpansResponse|null} response
 */
export function completeness(task, response) {
  const touched = new Set([...(response?.spans ?? []).map(({ passage }) => passage), ...(response?.clean ?? [])]);
  const missing = task.passages.filter(({ id }) => !touched.has(id)).map(passageName);
  return { done: task.passages.length - missing.length, of: task.passages.length, missing };
}

/** Up to so many passages that are open are named. */
const MOST_NAMED = 4;

/** The words of all passages of a task, numbered through in order. */
export class Words {
  /** @param {SpansTask} task */
  constructor(task) {
    /** @type {Map<string, {first: number, characters: string[], tokens: import("../../base/shapes.js").Token[]}>} */
    this.passages = new Map();
    this.count = 0;
    for (const { id, text } of task.passages) {
      const tokens = task.tokens[id] ?? [];
      this.passages.set(id, { first: this.count, characters: Array.from(text), tokens });
      this.count += tokens.length;
    }
  }

  /**
   * The numbers of the words that a stretch of a passage touches, without articles at its edges.
   *
   * @param {string} id
   * @param {number} start in code points
   * @param {number} end exclusive
   * @returns {number[]}
   */
  inSpan(id, start, end) {
    const passage = this.passages.get(id);
    if (!passage) return [];
    const { first, characters, tokens } = passage;
    const inside = tokens.flatMap(([from, to], index) => (from < end && to > start ? [index] : []));
    const isArticle = (/** @type {number} */ index) =>
      ARTICLES.has(
        characters
          .slice(...tokens[index])
          .join("")
          .toLowerCase(),
      );
    while (inside.length && isArticle(inside[0])) inside.shift();
    while (inside.length && isArticle(inside[inside.length - 1])) inside.pop();
    return inside.map((index) => first + index);
  }

  /**
   * @param {KeySpan} span
   * @returns {number[]}
   */
  inQuote(span) {
    const found = findQuote(this.passages.get(span.passage)?.characters ?? [], span);
    return found ? this.inSpan(span.passage, ...found) : [];
  }

  /**
   * The numbers of the words that a response gives to a label.
   *
   * @param {SpansResponse} response
   * @param {string} label
   */
  marked(response, label) {
    return new Set(
      response.spans
        .filter((span) => span.label === label)
        .flatMap(({ passage, selector: [{ start, end }] }) => this.inSpan(passage, start, end)),
    );
  }

  /**
   * The words that pass a test, without articles at the edges of their runs.
   *
   * @param {(index: number) => boolean} isWanted
   * @returns {number[]}
   */
  filter(isWanted) {
    return [...this.passages].flatMap(([id, { first, tokens }]) => {
      const found = tokens.map((_, index) => isWanted(first + index));
      const starts = tokens.flatMap(([start], index) => (found[index] && !found[index - 1] ? [start] : []));
      const ends = tokens.flatMap(([, end], index) => (found[index] && !found[index + 1] ? [end] : []));
      return starts.flatMap((start, run) => this.inSpan(id, start, ends[run]));
    });
  }
}

/**
 * Where a quotation is, in code points; null where it is not there.
 *
 * @param {string[]} characters
 * @param {KeySpan} span
 * @returns {[number, number]|null}
 */
export function findQuote(characters, { quote, occurrence }) {
  const wanted = Array.from(quote);
  let seen = 0;
  for (let start = 0; start + wanted.length <= characters.length; start += 1) {
    if (!wanted.every((character, index) => characters[start + index] === character)) continue;
    seen += 1;
    if (seen === (occurrence ?? 1)) return [start, start + wanted.length];
  }
  return null;
}

/**
 * F of marks against weights: P = sum(h w)/sum(h), R = sum(h w)/sum(w), F = 2PR/(P+R).
 *
 * @param {Set<number>} marks word numbers
 * @param {number[]} weights one for each word
 */
export function softF1(marks, weights) {
  /** How many marked words have each weight. @type {Map<number, number>} */
  const levels = new Map();
  for (const index of marks) levels.set(weights[index], (levels.get(weights[index]) ?? 0) + 1);
  const hit = sum([...levels].map(([weight, count]) => weight * count));
  return hit ? (2 * hit) / (marks.size + sum(weights)) : 0;
}

/**
 * F0, the F of a reader who marks as many words at random: 2 w q / (w + q).
 *
 * @param {number} marked
 * @param {number[]} weights
 */
export function chanceF1(marked, weights) {
  const average = mean(weights);
  const share = marked / weights.length;
  return average + share ? (2 * average * share) / (average + share) : 0;
}

/**
 * The largest F that marking some of the words can reach: in order of falling weight, up to the best cut.
 *
 * @param {number[]} words word numbers
 * @param {number[]} weights one for each word
 */
export function bestF1(words, weights) {
  const total = sum(weights);
  const falling = [...words].sort((first, second) => weights[second] - weights[first]);
  let [best, cut, hit] = [0, 0, 0];
  for (const [index, word] of falling.entries()) {
    hit += weights[word];
    const reached = (2 * hit) / (index + 1 + total);
    if (hit && reached > best) [best, cut] = [reached, index + 1];
  }
  return softF1(new Set(falling.slice(0, cut)), weights);
}

/**
 * For each word the share of readers who marked it.
 *
 * @param {Set<number>[]} readers
 * @param {number} count
 */
export function panelWeights(readers, count) {
  return Array.from(
    { length: count },
    (_, index) => readers.filter((reader) => reader.has(index)).length / readers.length,
  );
}

/**
 * The mean F of each reader against the others.
 *
 * @param {Set<number>[]} readers
 * @param {number} count
 */
export function panelCeiling(readers, count) {
  return mean(
    readers.map((reader, place) =>
      softF1(
        reader,
        panelWeights(
          readers.filter((_, other) => other !== place),
          count,
        ),
      ),
    ),
  );
}

/**
 * The share earned for one label, null where it cannot be graded (ceiling not above chance).
 *
 * @param {Set<number>} marks
 * @param {number[]} weights
 * @param {number} ceiling
 */
export function labelShare(marks, weights, ceiling) {
  if (!weights.some(Boolean)) return marks.size ? 0 : 1;
  const chance = chanceF1(marks.size, weights);
  return ceiling > chance ? aboveChance(softF1(marks, weights), chance, ceiling) : null;
}

/**
 * The marks of each reader of a label's panel; none where it has no panel.
 *
 * @param {Words} words
 * @param {SpansKey} key
 * @param {string} label
 */
function readersOf(words, key, label) {
  const panel = key.panel && Object.hasOwn(key.panel, label) ? key.panel[label] : [];
  return panel.map((reader) => new Set(reader.flatMap((span) => words.inQuote(span))));
}

/**
 * The weight of every word for a label.
 *
 * @param {Words} words
 * @param {SpansKey} key
 * @param {string} label
 */
export function weightsOf(words, key, label) {
  const readers = readersOf(words, key, label);
  if (readers.length) return panelWeights(readers, words.count);
  const weights = Array.from({ length: words.count }, () => 0);
  for (const span of key.labels[label] ?? [])
    for (const index of words.inQuote(span)) weights[index] = Math.max(weights[index], span.weight);
  return weights;
}

/**
 * The words that a label can ask for when each word takes one label: they weigh more in it than in any other label, or
 * as much as in one to which the learner did not give them.
 *
 * @template {{weights: number[], marks: Set<number>}} Column
 * @param {Words} words
 * @param {Column} own
 * @param {Column[]} columns of every label
 */
function wanted(words, own, columns) {
  const others = columns.filter((column) => column !== own);
  return words.filter((index) => {
    const mine = own.weights[index];
    return (
      mine > 0 &&
      others.every(({ weights, marks }) => mine > weights[index] || (mine === weights[index] && !marks.has(index)))
    );
  });
}

/**
 * The largest F that a label can reach; 0 where the key asks for all passages whole, which needs no reading: such a
 * label is graded for no one.
 *
 * @template {{weights: number[], marks: Set<number>}} Column
 * @param {Words} words
 * @param {Column} own
 * @param {Column[]} columns of every label
 */
function ceilingOf(words, own, columns) {
  const whole = [...words.passages].flatMap(([id, { characters }]) => words.inSpan(id, 0, characters.length));
  const asksForAll = bestF1(whole, own.weights) <= softF1(new Set(whole), own.weights) + ROUNDING;
  return asksForAll ? 0 : bestF1(wanted(words, own, columns), own.weights);
}

/**
 * The mean share over the labels that can be graded.
 *
 * @param {SpansTask} task
 * @param {SpansKey} key
 * @param {SpansResponse|null} response
 */
export function score(task, key, response) {
  if (!response || isEmpty(response)) return noAnswer();
  const words = new Words(task);
  const columns = task.labels.map(({ id }) => ({
    id,
    weights: weightsOf(words, key, id),
    marks: words.marked(response, id),
  }));
  const parts = columns.map((own) => {
    const readers = readersOf(words, key, own.id);
    const ceiling = readers.length ? panelCeiling(readers, words.count) : ceilingOf(words, own, columns);
    return { part: own.id, credit: labelShare(own.marks, own.weights, ceiling) };
  });
  return scoreOf(mean(parts.flatMap(({ credit }) => (credit === null ? [] : [credit]))), parts);
}

/**
 * @param {Translate} t
 * @param {import("../../base/types.js").Progress} progress
 */
export function progressText(t, { done, of, missing = [] }) {
  const left = t("spans.left", { done, of, count: of });
  return done && missing.length <= MOST_NAMED ? `${left} ${t("spans.open", { ids: missing.join(", ") })}` : left;
}

/**
 * How often each label was used: an answer may be complete as far as anyone can see, and lack a label all the same.
 *
 * @param {Translate} t
 * @param {SpansTask} task
 * @param {SpansResponse} response
 */
export const completeText = (t, task, response) =>
  task.labels
    .map(({ id, text }) =>
      t("spans.used", { label: text, count: response.spans.filter(({ label }) => label === id).length }),
    )
    .join(", ");

/**
 * @param {SpansResponse} response
 * @param {string} id
 */
export const isMarked = (response, id) => response.spans.some(({ label }) => label === id);

/**
 * One label's share in words.
 *
 * @param {Translate} t
 * @param {number|null} credit
 * @param {boolean} marked whether the learner used the label at all
 */
export function shareText(t, credit, marked) {
  if (credit === null) return t("spans.ungraded");
  if (credit >= 0.95) return t("spans.same");
  if (!marked) return t("spans.unmarked");
  if (credit >= 0.6) return t("spans.close");
  return credit > 0 ? t("spans.partly") : t("spans.apart");
}

/**
 * @param {Translate} t
 * @param {SpansTask} task
 * @param {SpansKey} key
 * @param {SpansResponse} response
 */
export function summary(t, task, key, response) {
  const { parts } = score(task, key, response);
  return task.labels
    .map(({ id, text }, place) =>
      t("spans.labelResult", { label: text, result: shareText(t, parts[place].credit, isMarked(response, id)) }),
    )
    .join(" ");
}
