// @ts-check
/** A learner's text against a key, as in src/copydesk/kinds/edit/comparison.py: what is repaired, found, changed needlessly. */
import { align, changesOf, foldedWords, STRUCK, wordsOf } from "./alignment.js";

/** @typedef {import("../../base/shapes.js").EditTask} EditTask */
/** @typedef {import("../../base/shapes.js").EditKey} EditKey */
/** @typedef {import("../../base/shapes.js").EditResponse} EditResponse */
/** @typedef {EditKey["faults"][number]} KeyFault */
/** @typedef {NonNullable<EditKey["keep"]>[number]} KeepStretch */
/** @typedef {import("./alignment.js").Word} Word */
/** @typedef {import("./alignment.js").Change} Change */
/** @typedef {[number, number]} Range from a word, and up to one */
/** @typedef {"repaired"|"found"|"left"} Outcome */

/** @typedef {{fault: KeyFault, quote: Range, spot: Range, repairs: string[][], before: string, after: string}} FaultPlace before, after: what its first and last word have beside the quote */
/** @typedef {{keep: KeepStretch, words: Range}} KeepPlace */
/** @typedef {{id: string, note: string, words: Word[], faults: FaultPlace[], keeps: KeepPlace[], faultAt: (FaultPlace|null)[]}} PassageKey */
/** @typedef {{place: FaultPlace, outcome: Outcome, made: string, wording: string|null}} FaultResult made: the learner's words there; wording: the same of the quote alone, where no key lists it */
/** @typedef {{key: PassageKey, own: Word[], partners: number[], changes: Change[], faults: FaultResult[], needless: number, needlessChanges: Change[], touched: KeepPlace[]}} ComparedPassage */

/** @type {Record<Outcome, number>} */
export const CREDIT = { repaired: 1, found: 0.5, left: 0 };

/**
 * The words of a text that characters from start up to end touch.
 *
 * @param {Word[]} words
 * @param {number} start
 * @param {number} end
 * @returns {Range}
 */
function touchedWords(words, start, end) {
  const touched = words.flatMap((word, index) => (word.start < end && word.end > start ? [index] : []));
  return [touched[0], touched[touched.length - 1] + 1];
}

/**
 * @param {EditTask} task
 * @param {EditKey} key
 * @returns {PassageKey[]}
 */
export const passageKeys = (task, key) =>
  task.passages.map(({ id, text, note = "" }) => {
    const words = wordsOf(text);
    const faults = key.faults.filter(({ passage }) => passage === id).map((fault) => faultPlace(text, words, fault));
    const keeps = (key.keep ?? [])
      .filter(({ passage }) => passage === id)
      .map((keep) => {
        const start = text.indexOf(keep.quote);
        return { keep, words: touchedWords(words, start, start + keep.quote.length) };
      });
    const faultAt = words.map((_, index) => faults.find(({ quote }) => isIn(index, quote)) ?? null);
    return { id, note, words, faults, keeps, faultAt };
  });

/**
 * @param {number} index
 * @param {Range} range
 */
const isIn = (index, [from, to]) => index >= from && index < to;

/**
 * @param {string} text
 * @param {Word[]} words
 * @param {KeyFault} fault
 * @returns {FaultPlace}
 */
function faultPlace(text, words, fault) {
  const start = text.indexOf(fault.quote);
  const end = start + fault.quote.length;
  const quote = touchedWords(words, start, end);
  const spot = fault.spot || fault.quote;
  const spotStart = start + fault.quote.indexOf(spot);
  const before = text.slice(words[quote[0]].start, start);
  const after = text.slice(end, words[quote[1] - 1].end);
  return {
    fault,
    quote,
    spot: touchedWords(words, spotStart, spotStart + spot.length),
    repairs: fault.repairs.map((repair) => foldedWords(`${before}${repair}${after}`)),
    before,
    after,
  };
}

/**
 * How many words of some passages are in no fault's quote; at least 1.
 *
 * @param {PassageKey[]} keys
 */
export const wordsOutside = (keys) =>
  Math.max(
    1,
    keys.reduce((count, { faultAt }) => count + faultAt.filter((fault) => !fault).length, 0),
  );

/**
 * Each passage beside the learner's text of it.
 *
 * @param {EditTask} task
 * @param {EditKey} key
 * @param {EditResponse|null} response
 */
export const compare = (task, key, response) =>
  passageKeys(task, key).map((passage) => {
    const isChanged = response && Object.hasOwn(response.texts, passage.id);
    return comparePassage(passage, isChanged ? wordsOf(response.texts[passage.id]) : passage.words);
  });

/**
 * @param {PassageKey} passage
 * @param {Word[]} own
 * @returns {ComparedPassage}
 */
function comparePassage(passage, own) {
  const partners = align(
    passage.words.map(({ folded }) => folded),
    own.map(({ folded }) => folded),
  );
  /** @type {Change[]} */
  const settled = [];
  const faults = passage.faults.map((place) => {
    const stretch = stretchOf(passage, partners, place, own.length);
    const result = faultResult(passage, place, partners, own, stretch);
    if (result.outcome === "repaired") settled.push(stretch);
    return result;
  });
  const changes = changesOf(partners, own.length);
  const counts = changes.map((change) => (isWithin(change, settled) ? 0 : needlessWords(passage, change)));
  const touched = passage.keeps.filter(
    ({ words }) => !settled.some(({ struck }) => isInside(words, struck)) && isTouched(partners, words),
  );
  const needless = counts.reduce((sum, count) => sum + count, 0);
  const needlessChanges = changes.filter((_, index) => counts[index] > 0);
  return { key: passage, own, partners, changes, faults, needless, needlessChanges, touched };
}

/**
 * The words of both texts between the last partners before a fault's quote and the first after it. Words of other
 * faults are no such partners: what became of these is not known here.
 *
 * @param {PassageKey} passage
 * @param {number[]} partners
 * @param {FaultPlace} place
 * @param {number} ownCount
 * @returns {Change}
 */
function stretchOf(passage, partners, place, ownCount) {
  const isOpen = (/** @type {number} */ index) => partners[index] === STRUCK || passage.faultAt[index] !== null;
  let [before, after] = [place.quote[0] - 1, place.quote[1]];
  while (before >= 0 && isOpen(before)) before -= 1;
  while (after < partners.length && isOpen(after)) after += 1;
  const ownStart = before >= 0 ? partners[before] + 1 : 0;
  return { struck: [before + 1, after], inserted: [ownStart, after < partners.length ? partners[after] : ownCount] };
}

/**
 * @param {PassageKey} passage
 * @param {FaultPlace} place
 * @param {number[]} partners
 * @param {Word[]} own
 * @param {Change} stretch
 * @returns {FaultResult}
 */
function faultResult(passage, place, partners, own, stretch) {
  const ownWords = own.slice(...stretch.inserted);
  const folded = ownWords.map((word) => word.folded);
  const made = wordingOf(place, ownWords);
  if (isRepaired(passage, place, stretch.struck, folded)) return { place, outcome: "repaired", made, wording: null };
  if (!isTouched(partners, place.spot)) return { place, outcome: "left", made, wording: null };
  const isAlone = stretch.struck[0] === place.quote[0] && stretch.struck[1] === place.quote[1];
  return { place, outcome: "found", made, wording: isAlone ? made : null };
}

/**
 * Whether own words are those of the original with the fault repaired. Another fault among these words may be repaired
 * as well, or not.
 *
 * @param {PassageKey} passage
 * @param {FaultPlace} place
 * @param {Range} struck
 * @param {string[]} own
 */
function isRepaired(passage, place, struck, own) {
  let ends = new Set([0]);
  let index = struck[0];
  while (index < struck[1] && ends.size) {
    const other = passage.faultAt[index];
    const asItStands = passage.words.slice(index, other ? other.quote[1] : index + 1).map(({ folded }) => folded);
    const accepted = other ? [...other.repairs, ...(other === place ? [] : [asItStands])] : [asItStands];
    index = other ? other.quote[1] : index + 1;
    ends = new Set([...ends].flatMap((start) => endsOf(own, start, accepted)));
  }
  return ends.has(own.length);
}

/**
 * Where the wordings end that begin at a place.
 *
 * @param {string[]} own
 * @param {number} start
 * @param {string[][]} accepted
 */
const endsOf = (own, start, accepted) =>
  accepted
    .filter((wording) => wording.every((word, index) => own[start + index] === word))
    .map((wording) => start + wording.length);

/**
 * The learner's wording of a quote, without what its words have beside it.
 *
 * @param {FaultPlace} place
 * @param {Word[]} words
 */
function wordingOf({ before, after }, words) {
  const text = words.map((word) => word.text).join(" ");
  const head = after && text.endsWith(after) ? text.slice(0, -after.length) : text;
  return head.startsWith(before) ? head.slice(before.length) : head;
}

/**
 * Whether a word of a stretch is gone, or something is between two of its words.
 *
 * @param {number[]} partners
 * @param {Range} words
 */
function isTouched(partners, words) {
  const own = partners.slice(...words);
  return own.includes(STRUCK) || own[own.length - 1] - own[0] !== own.length - 1;
}

/**
 * @param {Range} inner
 * @param {Range} outer
 */
const isInside = (inner, outer) => outer[0] <= inner[0] && inner[1] <= outer[1];

/**
 * @param {Change} change
 * @param {Change[]} stretches
 */
const isWithin = (change, stretches) =>
  stretches.some(({ struck, inserted }) => isInside(change.struck, struck) && isInside(change.inserted, inserted));

/**
 * How many words of a change no one needed: those struck outside quotes, those put in beside them.
 *
 * @param {PassageKey} passage
 * @param {Change} change
 */
function needlessWords(passage, { struck, inserted }) {
  const places = passage.faultAt.slice(...struck);
  const outside = places.filter((fault) => !fault).length;
  const [here, before] = [passage.faultAt[struck[0]], passage.faultAt[struck[0] - 1]];
  const isAtFault = places.length ? outside < places.length : Boolean(here) && here === before;
  return isAtFault ? outside : outside + inserted[1] - inserted[0];
}
