/** The sentence that compares a guess with its figure. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comparison } from "../../js/views/figure-guess.js";

const sentences = {
  answer: "6",
  said: "You said {guess} of 21; it is 6.",
  same: "You said 6 of 21, and that’s right.",
  none: "It is 6 of 21.",
};

test("a guess stands beside what the figure shows", () => {
  assert.equal(comparison(sentences, "12"), "You said 12 of 21; it is 6.");
  assert.equal(comparison(sentences, "0"), "You said 0 of 21; it is 6.");
});

test("the right guess is said to be right, however its number is written", () => {
  assert.equal(comparison(sentences, "6"), sentences.same);
  assert.equal(comparison(sentences, "6.0"), sentences.same);
});

test("whoever guesses nothing is told what it is", () => {
  assert.equal(comparison(sentences, ""), sentences.none);
});

test("a guess in words is repeated as it is, with its signs", () => {
  const words = { answer: "page three", said: "You said “{guess}”; it is “page three”.", same: "Yes.", none: "" };
  assert.equal(comparison(words, "$& page"), "You said “$& page”; it is “page three”.");
  assert.equal(comparison(words, "page three"), "Yes.");
});
