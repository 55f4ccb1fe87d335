/** Words that are mended: the marks follow from the texts alone, and what is done to picked words makes the next text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import { align, fold, STRUCK, wordsOf } from "../../js/kinds/edit/alignment.js";
import {
  countChanges,
  insertedAfter,
  isSame,
  itemsOf,
  putBack,
  replaced,
  struckOut,
  textOf,
} from "../../js/kinds/edit/marks.js";
import * as scoring from "../../js/kinds/edit/scoring.js";

const t = translator("en");
const items = (passage, text) => itemsOf(wordsOf(passage), text);
const shown = (given) =>
  given.map(({ text, mark }) => ({ kept: text, struck: `-${text}`, inserted: `+${text}` })[mark]).join(" ");

test("struck words stand before those that were put in for them", () => {
  const given = items("the invasion of Russia last year.", "Russia's invasion last year.");
  assert.equal(shown(given), "-the +Russia's invasion -of -Russia last year.");
  assert.equal(countChanges(given), 2);
  assert.equal(textOf(given), "Russia's invasion last year.");
});

test("one word changed and the whole sentence typed anew are the same", () => {
  const passage = "It is a long way to go.";
  const once = replaced(items(passage, passage), [3, 3], "short");
  assert.equal(once, "It is a short way to go.");
  assert.deepEqual(items(passage, once), items(passage, "  It is a\nshort way  to go. "));
});

test("where there is a choice, the earliest pair is taken, and a word of the original passed over first", () => {
  assert.deepEqual(align(["a", "b", "a"], ["a"]), [0, STRUCK, STRUCK]);
  assert.deepEqual(align(["x", "a", "b", "y"], ["z", "b", "a", "w"]), [STRUCK, STRUCK, 1, STRUCK]);
});

test("case, marks, dashes and the way a letter is composed do not matter", () => {
  assert.equal(fold("“E\u0301TAT” – L’État"), fold('"état" - l\'ÉTAT'));
});

test("picked words are struck, replaced, and put in, and spaces are tidied", () => {
  const given = items("one two three", "one two three");
  assert.equal(struckOut(given, [1, 2]), "one");
  assert.equal(replaced(given, [0, 1], "  1   2 "), "1 2 three");
  assert.equal(insertedAfter(given, [2, 2], "four"), "one two three four");
});

test("putting back undoes the whole change that is touched, and no other", () => {
  const given = items("one two three four", "one 2 three 4");
  assert.equal(shown(given), "one -two +2 three -four +4");
  assert.equal(putBack(given, [2, 2]), "one two three 4");
  assert.equal(putBack(given, [0, 5]), "one two three four");
});

test("everything struck can be put back", () => {
  const given = items("one two", "");
  assert.equal(shown(given), "-one -two");
  assert.equal(putBack(given, [1, 1]), "one two");
});

test("a text that says the same as its passage is not stored", () => {
  assert.ok(isSame(wordsOf("“One” two"), ' "one"  TWO '));
  assert.ok(!isSame(wordsOf("one two"), "one two two"));
});

test("three hundred words are compared in a moment, whatever was made of them", () => {
  const original = Array.from({ length: 300 }, (_, index) => `w${index % 17}`);
  const own = Array.from({ length: 950 }, (_, index) => `w${(index * 7) % 23}`);
  const begin = performance.now();
  align(original, own);
  assert.ok(performance.now() - begin < 500);
});

const task = {
  kind: "edit",
  id: "X",
  passages: [{ id: "p0", text: "a b c d e f", note: "" }],
};
const key = {
  kind: "edit",
  faults: [
    { id: "f", passage: "p0", quote: "b", spot: "", weight: 1, repairs: ["x"], why: "." },
    { id: "g", passage: "p0", quote: "d", spot: "", weight: 1, repairs: ["y"], why: "." },
  ],
  keep: [],
};

test("the result is one sentence: what is mended, what is found, and what was right", () => {
  const said = (text) => scoring.summary(t, task, key, { kind: "edit", texts: { p0: text } });
  assert.equal(said("a x c y e f"), "2 of 2 slips mended.");
  assert.equal(said("a x c q e f"), "1 of 2 slips mended, 1 found but worded differently.");
  assert.equal(said("a x c d e"), "1 of 2 slips mended, 1 correct word changed.");
});

test("one change is enough to check, and nothing says how many there are", () => {
  assert.deepEqual(scoring.completeness(task, null), { done: 0, of: 1 });
  assert.deepEqual(scoring.completeness(task, { kind: "edit", texts: { p0: "a" } }), { done: 1, of: 1 });
  assert.deepEqual(scoring.completeness(task, { kind: "edit", texts: { other: "a" } }), { done: 0, of: 1 });
  assert.equal(scoring.progressText(t), "Nothing changed yet.");
});
