// @ts-check
/** The article as a learner mended it: which words were struck, which put in, and what was judged of each sentence. */
import { align, changesOf, wordsOf } from "../../kinds/edit/alignment.js";
import { versionOf } from "../../task/versions.js";

/** @typedef {import("../../base/contents.js").Sentence} Sentence */
/** @typedef {import("../../base/contents.js").CopyPart} CopyPart */
/** @typedef {import("../../base/contents.js").CopyLesson} CopyLesson */
/** @typedef {import("../../base/contents.js").CopySource} CopySource */
/** @typedef {import("../../base/shapes.js").Entries} Entries */
/** @typedef {import("../../base/shapes.js").Support} Support */
/** @typedef {import("../../kinds/edit/alignment.js").Word & {sentence: string, at: number}} PlacedWord at: its code point in the article */
/** @typedef {CopyLesson & {given: Entries}} AnsweredLesson a lesson with the answers to it, which are read once */
/** @typedef {{sentence: string, from: number, to: number, words: string[], lesson: string, task: string, cards: CopySource[]}} PlacedChange words of the article from and up to, and those in their place */
/** @typedef {{number: number, kind: "change", was: string, now: string, lesson: string, cards: CopySource[]}} ChangeNote */
/** @typedef {{number: number, kind: "verdict", claim: string, support: Support, qualification: string, asOf: string, lesson: string, cards: CopySource[]}} VerdictNote */
/** @typedef {ChangeNote|VerdictNote} Note */
/** @typedef {{text: string, mark: "kept"|"struck"|"inserted", references: number[]}} CopyItem references: the numbers of the notes that follow it */
/** @typedef {{sentence: Sentence, items: CopyItem[], notes: Note[]}} MendedSentence */
/** @typedef {{sentences: MendedSentence[], waiting: string[]}} MendedCopy waiting: sentences that were mended and whose words are not all here */

/** Where a claim says which sentence it is of, as in "P4, the date: ". */
const PLACE = /^[\p{L}\p{N}]+(?:, [^:“”]*)?:\s*/u;

/** Changes with so many words between them are told in one note. */
const NEAR = 2;

/**
 * Whether all words of a sentence are here: a public edition has the beginnings of long ones.
 *
 * @param {Sentence} sentence
 */
const isWhole = ({ text, start, end }) => Array.from(text).length === end - start;

/** What stands for words that a public edition leaves out. */
const LEFT_OUT = /[…\ue000]/u;

/**
 * The same, with the piece that a task shows in the place of a sentence whose words are not all here.
 *
 * @param {CopyPart} copy
 * @returns {CopyPart}
 */
export function withPieces(copy) {
  const passages = copy.lessons.flatMap(({ edits }) => edits.flatMap((task) => versionsOf(task)));
  const sentences = copy.sentences.map((sentence) => {
    const { start, end } = sentence;
    const piece = passages.find((each) => start <= each.start && each.start < end);
    if (!piece || isWhole(sentence) || LEFT_OUT.test(piece.text)) return sentence;
    return { ...sentence, start: piece.start, end: piece.start + Array.from(piece.text).length, text: piece.text };
  });
  return { ...copy, sentences };
}

/** @param {CopyLesson["edits"][number]} task */
const versionsOf = ({ passages, twin }) => [...passages, ...(twin?.passages ?? [])];

/**
 * @param {Sentence[]} sentences
 * @returns {PlacedWord[]}
 */
const placedWords = (sentences) =>
  sentences.flatMap(({ id, start, text }) =>
    wordsOf(text).map((word) => ({
      ...word,
      sentence: id,
      at: start + Array.from(text.slice(0, word.start)).length,
    })),
  );

/**
 * What a learner made of a passage, at its place in the article.
 *
 * @param {PlacedWord[]} words
 * @param {{text: string, start: number}} passage
 * @param {string} own
 * @returns {{sentence: string, from: number, to: number, words: string[]}[]|null} null: the passage is not there
 */
export function changesOfPassage(words, { text, start }, own) {
  const first = words.findIndex(({ at }) => at >= start);
  const original = wordsOf(text);
  if (first < 0 || !original.every(({ folded }, index) => words[first + index]?.folded === folded)) return null;
  const ownWords = wordsOf(own);
  const partners = align(
    original.map(({ folded }) => folded),
    ownWords.map(({ folded }) => folded),
  );
  return changesOf(partners, ownWords.length).map(({ struck, inserted }) => ({
    sentence: words[first + Math.min(struck[0], original.length - 1)].sentence, // also of words put in at the end
    from: first + struck[0],
    to: first + struck[1],
    words: ownWords.slice(...inserted).map((word) => word.text),
  }));
}

/**
 * Whether two changes are about the same words, or the same place between words.
 *
 * @param {PlacedChange} one
 * @param {PlacedChange} two
 */
const meet = (one, two) =>
  (one.from < two.to && two.from < one.to) || (one.from === two.from && (one.from === one.to || two.from === two.to));

/**
 * The answer to a task in the version that was shown, if it is of the right kind.
 *
 * @template {{id: string}} T
 * @param {T & {twin?: unknown}} first
 * @param {Entries} entries
 * @param {string} kind
 */
function answered(first, entries, kind) {
  const entry = Object.hasOwn(entries, first.id) ? entries[first.id] : null;
  return entry?.response.kind === kind ? { task: versionOf(first, entry), response: entry.response } : null;
}

/**
 * All changes, in the order of the lessons; of two to the same words the later lesson's stays.
 *
 * @param {AnsweredLesson[]} lessons
 * @param {Sentence[]} sentences
 * @param {PlacedWord[]} words
 */
function changesOfAll(lessons, sentences, words) {
  /** @type {PlacedChange[]} */
  let changes = [];
  /** @type {Set<string>} */
  const waiting = new Set();
  const mended = lessons.flatMap((row) =>
    row.edits.flatMap((first) => {
      const found = answered(first, row.given, "edit");
      const { texts } = /** @type {import("../../base/shapes.js").EditResponse} */ (found?.response ?? { texts: {} });
      return (found?.task.passages ?? [])
        .filter(({ id }) => Object.hasOwn(texts, id))
        .map((passage) => ({ lesson: row.lesson, task: found?.task ?? first, passage, own: texts[passage.id] }));
    }),
  );
  for (const { lesson, task, passage, own } of mended) {
    const sentence = sentences.find(({ start, end }) => start <= passage.start && passage.start < end);
    if (!sentence) continue;
    const made = isWhole(sentence) ? changesOfPassage(words, passage, own) : null;
    if (!made) waiting.add(sentence.id);
    for (const place of made ?? []) {
      const change = { ...place, lesson, task: `${lesson}/${task.id}`, cards: task.cards };
      changes = [...changes.filter((other) => !meet(other, change)), change];
    }
  }
  return { changes: changes.sort((one, two) => one.from - two.from), waiting: [...waiting] };
}

/**
 * The verdicts on claims of a sentence, with the cards that were cited.
 *
 * @param {AnsweredLesson[]} lessons
 * @returns {(Omit<VerdictNote, "number"> & {sentence: string})[]}
 */
const verdictsOf = (lessons) =>
  lessons.flatMap((row) =>
    row.notes.flatMap((first) => {
      const found = answered(first, row.given, "verdict");
      if (!found?.task.sentence) return [];
      const { sentence, claim, qualifications, cards, as_of: asOf } = found.task;
      const given = /** @type {import("../../base/shapes.js").VerdictResponse} */ (found.response);
      if (!given.support) return [];
      const qualification = given.support === "qualified" ? (qualifications[given.qualification ?? ""] ?? "") : "";
      const cited = cards.filter(({ id }) => given.cards.includes(id));
      return [
        {
          kind: /** @type {"verdict"} */ ("verdict"),
          sentence,
          claim: capital(claim.replace(PLACE, "")),
          support: given.support,
          qualification,
          asOf,
          lesson: row.lesson,
          cards: cited,
        },
      ];
    }),
  );

/**
 * The article with what a learner struck, put in and noted; the notes are numbered as they are in the text.
 *
 * @param {CopyPart} copy
 * @param {(lesson: CopyLesson) => Entries} entriesOf reads the answers to a lesson
 * @returns {MendedCopy}
 */
export function mendedCopy(copy, entriesOf) {
  const words = placedWords(copy.sentences);
  const lessons = copy.lessons.map((lesson) => ({ ...lesson, given: entriesOf(lesson) }));
  const { changes, waiting } = changesOfAll(lessons, copy.sentences, words);
  const verdicts = verdictsOf(lessons);
  let [number, place] = [0, 0];
  const sentences = copy.sentences.map((sentence) => {
    /** @type {CopyItem[]} */
    const items = [];
    /** @type {Note[]} */
    const notes = [];
    const first = words.findIndex((word) => word.sentence === sentence.id);
    const end = first + words.filter((word) => word.sentence === sentence.id).length;
    place = Math.max(place, first);
    /** @type {(from: number, to: number, mark: "kept"|"struck") => void} */
    const add = (from, to, mark) => {
      for (const { text } of words.slice(from, to)) items.push({ text, mark, references: [] });
    };
    for (const group of groupsOf(changes.filter((each) => each.sentence === sentence.id))) {
      number += 1;
      const [begin, { lesson, cards }] = [group[0].from, group[0]];
      add(place, begin, "kept");
      place = begin;
      const before = items.length;
      for (const change of group) {
        add(place, change.from, "kept");
        add(change.from, change.to, "struck");
        for (const text of change.words) items.push({ text, mark: "inserted", references: [] });
        place = change.to;
      }
      const made = items.slice(before);
      items[items.length - 1].references = [number];
      const [was, now] = ["inserted", "struck"].map((other) => joined(made.filter(({ mark }) => mark !== other)));
      notes.push({ number, kind: "change", was, now, lesson, cards });
    }
    add(place, end, "kept");
    for (const { sentence: _, ...verdict } of verdicts.filter((each) => each.sentence === sentence.id)) {
      number += 1;
      notes.push({ number, ...verdict });
    }
    return { sentence, items, notes };
  });
  return { sentences, waiting };
}

/** @param {string} text */
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** @param {CopyItem[]} items */
const joined = (items) => items.map(({ text }) => text).join(" ");

/**
 * Changes that one task made a word or two apart: to a reader they are one.
 *
 * @param {PlacedChange[]} changes of a sentence
 */
function groupsOf(changes) {
  /** @type {PlacedChange[][]} */
  const groups = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last && last.task === change.task && change.from - last.to <= NEAR) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

/**
 * The sources of some notes, each once, in the order in which they are named.
 *
 * @param {Note[]} notes
 * @returns {CopySource[]}
 */
export function sourcesOf(notes) {
  const cards = notes.flatMap((note) => note.cards);
  return [...new Map(cards.map((card) => [card.id, card])).values()];
}
