import assert from "node:assert/strict";
import test from "node:test";
import { letter } from "../../js/views/copy/copy-text.js";
import { changesOfPassage, mendedCopy, sourcesOf, withPieces } from "../../js/views/copy/mending.js";

const FIRST = "The mayor “opened” the bridge on Monday.";
const SECOND = "He says that nobody was hurt.";
const sentences = [
  { id: "S01", start: 0, end: FIRST.length, text: FIRST, paragraph: 1, kind: "body" },
  { id: "S02", start: 41, end: 41 + SECOND.length, text: SECOND, paragraph: 1, kind: "body" },
];
const card = (id) => ({ id, title: id, publisher: "Harbour Post", date: "3 May" });
const edit = (id, text, start, cards = []) => ({ id, title: id, cards, passages: [{ id: "S", text, start }] });
const verdict = (id, sentence, cards = []) => ({
  id,
  sentence,
  claim: `${sentence}, first half: “opened”.`,
  as_of: "4 May",
  qualifications: { half: "for one lane" },
  cards,
});
const answer = (response, version) => ({
  response,
  at: "2026-05-04T10:00:00Z",
  checked: false,
  ...(version && { version }),
});
const mends = (text, version) => answer({ kind: "edit", texts: { S: text } }, version);
const copyOf = (...lessons) => ({ sentences, lessons });
const lesson = (name, edits, notes = []) => ({ lesson: name, edits, notes });
const read = (copy, answers) => mendedCopy(copy, (row) => answers[row.lesson] ?? {});
const words = (items, without) =>
  items
    .filter(({ mark }) => mark !== without)
    .map(({ text }) => text)
    .join(" ");

test("what a learner wrote stands in the place of the article's words, and both can be read", () => {
  const copy = copyOf(lesson("01-a", [edit("P1", FIRST, 0, [card("K1")])]));
  const [first, second] = read(copy, {
    "01-a": { P1: mends("The mayor walked over the bridge on Tuesday.") },
  }).sentences;
  assert.equal(words(first.items, "struck"), "The mayor walked over the bridge on Tuesday.");
  assert.equal(words(first.items, "inserted"), FIRST);
  assert.deepEqual(
    first.notes.map(({ number, was, now, lesson: where }) => [number, was, now, where]),
    [
      [1, "“opened”", "walked over", "01-a"],
      [2, "Monday.", "Tuesday.", "01-a"],
    ],
  );
  assert.equal(words(second.items, ""), SECOND);
  assert.deepEqual(sourcesOf(first.notes), [card("K1")]);
});

test("changes a word or two apart are told in one note, with the words between them", () => {
  const copy = copyOf(lesson("01-a", [edit("P1", FIRST, 0)]));
  const [{ notes }] = read(copy, { "01-a": { P1: mends("The mayor crossed the river on Monday.") } }).sentences;
  assert.deepEqual(
    notes.map(({ was, now }) => [was, now]),
    [["“opened” the bridge", "crossed the river"]],
  );
});

test("of a sentence that is cut short the end of a lesson shows the piece that its task has", () => {
  const start = FIRST.indexOf("the bridge");
  const cut = { ...copyOf(lesson("a", [edit("P1", "the bridge on Monday.", start)])) };
  cut.sentences = [{ ...sentences[0], text: "The mayor …" }, sentences[1]];
  const answers = { a: { P1: mends("the bridge on Tuesday.") } };
  assert.deepEqual(read(cut, answers).waiting, ["S01"]);
  const { sentences: shown, waiting } = read(withPieces(cut), answers);
  assert.deepEqual([waiting, words(shown[0].items, "struck")], [[], "the bridge on Tuesday."]);
  const both = { ...cut, lessons: [lesson("a", [edit("P1", "the bridge …", start)])] };
  assert.deepEqual(withPieces(both), both);
  assert.deepEqual(withPieces(copyOf(cut.lessons[0])), copyOf(cut.lessons[0]));
});

test("a passage within a sentence is mended at its place, and so is one that runs over two", () => {
  const part = copyOf(lesson("01-a", [edit("P1", "nobody was hurt.", FIRST.length + 1 + "He says that ".length)]));
  const after = read(part, { "01-a": { P1: mends("one man was hurt.") } }).sentences[1];
  assert.equal(words(after.items, "struck"), "He says that one man was hurt.");
  const both = copyOf(lesson("01-a", [edit("P1", "on Monday. He says", FIRST.indexOf("on Monday"))]));
  const mended = read(both, { "01-a": { P1: mends("on Monday. She says") } }).sentences;
  assert.equal(words(mended[0].items, "struck"), FIRST);
  assert.equal(words(mended[1].items, "struck"), "She says that nobody was hurt.");
  const joined = read(both, { "01-a": { P1: mends("and says") } }).sentences;
  assert.equal(words(joined[0].items, "struck"), "The mayor “opened” the bridge and");
  assert.equal(words(joined[1].items, "struck"), "says that nobody was hurt.");
});

test("words put in at the end of a passage stay in its sentence", () => {
  const copy = copyOf(lesson("01-a", [edit("P1", FIRST, 0)]));
  const [first, second] = read(copy, { "01-a": { P1: mends(`${FIRST} So we read.`) } }).sentences;
  assert.equal(words(first.items, "struck"), `${FIRST} So we read.`);
  assert.equal(words(second.items, "struck"), SECOND);
});

test("of two changes to the same words the later lesson's stays, and others are kept", () => {
  const copy = copyOf(lesson("01-a", [edit("P1", FIRST, 0)]), lesson("02-b", [edit("T1", FIRST, 0)]));
  const answers = {
    "01-a": { P1: mends("The mayor closed the bridge on Tuesday.") },
    "02-b": { T1: mends("The mayor crossed the bridge on Monday.") },
  };
  assert.equal(words(read(copy, answers).sentences[0].items, "struck"), "The mayor crossed the bridge on Tuesday.");
});

test("a verdict is a note of its sentence with the cards that were cited, and its limit where it has one", () => {
  const copy = copyOf(lesson("06-c", [], [verdict("P1", "S01", [card("K1"), card("K2")]), verdict("P2", "")]));
  const given = { kind: "verdict", support: "qualified", qualification: "half", cards: ["K2"] };
  const [{ notes }] = read(copy, { "06-c": { P1: answer(given), P2: answer(given) } }).sentences;
  assert.equal(notes.length, 1);
  assert.deepEqual(
    [notes[0].claim, notes[0].support, notes[0].qualification, notes[0].asOf, notes[0].cards],
    ["“opened”.", "qualified", "for one lane", "4 May", [card("K2")]],
  );
  const other = { ...given, support: "contradicted" };
  const [again] = read(copy, { "06-c": { P1: answer(other) } }).sentences;
  assert.equal(again.notes[0].qualification, "");
  assert.deepEqual(read(copy, { "06-c": { P1: answer({ ...given, support: null }) } }).sentences[0].notes, []);
});

test("a claim is shown without the place that it names first", () => {
  const claims = ["S01, the date: “opened”.", "S01: he said: “opened”.", "S01's words: “opened”."];
  const notes = claims.map((claim, place) => ({ ...verdict(`P${place}`, "S01"), claim }));
  const given = answer({ kind: "verdict", support: "supported", cards: [] });
  const [mended] = read(copyOf(lesson("06-c", [], notes)), { "06-c": { P0: given, P1: given, P2: given } }).sentences;
  assert.deepEqual(
    mended.notes.map((note) => note.claim),
    ["“opened”.", "He said: “opened”.", "S01's words: “opened”."],
  );
});

test("the version counts that was shown", () => {
  const twin = { ...edit("P1", SECOND, 41), version: 2 };
  const copy = copyOf(lesson("01-a", [{ ...edit("P1", FIRST, 0), version: 1, twin }]));
  const { sentences: mended } = read(copy, { "01-a": { P1: mends("She says that nobody was hurt.", 2) } });
  assert.equal(words(mended[0].items, "struck"), FIRST);
  assert.equal(words(mended[1].items, "struck"), "She says that nobody was hurt.");
});

test("where the article's words are cut short, a change waits and nothing is shown in the wrong place", () => {
  const cut = { sentences: [{ ...sentences[0], text: "The mayor “opened” …" }, sentences[1]], lessons: [] };
  const copy = { ...cut, lessons: [lesson("01-a", [edit("P1", "The mayor “opened” …", 0)])] };
  const { sentences: mended, waiting } = read(copy, { "01-a": { P1: mends("The mayor walked over the bridge.") } });
  assert.deepEqual(waiting, ["S01"]);
  assert.equal(words(mended[0].items, ""), "The mayor “opened” …");
  assert.deepEqual(mended[0].notes, []);
});

test("a passage that does not stand where it says waits too, and an answer of another kind is none", () => {
  assert.equal(changesOfPassage([], { text: FIRST, start: 0 }, "x"), null);
  const copy = copyOf(lesson("01-a", [edit("P1", SECOND, 0)]));
  assert.deepEqual(read(copy, { "01-a": { P1: mends("Other words.") } }).waiting, ["S01"]);
  assert.deepEqual(read(copy, { "01-a": { P1: answer({ kind: "written", text: "x" }) } }).waiting, []);
});

test("letters of sources go on after Z", () => {
  assert.deepEqual([0, 25, 26, 52].map(letter), ["A", "Z", "AA", "BA"]);
});
