/** Orders: how they are scored, moved, tied and compared with the reference. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import { completeRanks, dropItem, isTied, lines, moveItem, shift, toggleTie } from "../../js/kinds/order/ranks.js";
import { completeness, isEmpty, isResponse, score, summary } from "../../js/kinds/order/scoring.js";

const t = translator("en");
const task = {
  kind: "order",
  id: "O",
  items: ["a", "b", "c", "d"].map((id) => ({ id, text: id })),
  first: "First",
  last: "Last",
  ties: true,
};
const keyOf = (...ranks) => ({ kind: "order", ranks: ranks.map((group) => [...group]), why: {} });
const answer = (...ranks) => ({ kind: "order", ranks: ranks.map((group) => [...group]) });
const share = (key, ...ranks) => score(task, key, answer(...ranks)).share;
const said = (ranks) => ranks.map((group) => group.join("")).join(" ");
const ranksOf = (text) => text.split(" ").map((group) => [...group]);

test("an order earns the pairs it has right less those it turns round, and never less than nothing", () => {
  const key = keyOf("a", "b", "c", "d");
  assert.equal(share(key, "a", "b", "c", "d"), 1);
  assert.ok(Math.abs(share(key, "b", "a", "c", "d") - 4 / 6) < 1e-12);
  assert.equal(share(key, "d", "c", "b", "a"), 0);
});

test("what the key leaves open may stand either way, and a tie where the key has none earns neither way", () => {
  const key = keyOf("a", "bc", "d");
  for (const ranks of [
    ["a", "b", "c", "d"],
    ["a", "c", "b", "d"],
    ["a", "bc", "d"],
  ])
    assert.equal(share(key, ...ranks), 1);
  assert.equal(share(key, "abcd"), 0);
  assert.ok(Math.abs(share(key, "ab", "c", "d") - 4 / 5) < 1e-12);
});

test("an item that is missing costs its pairs, and nothing placed is not answered", () => {
  const key = keyOf("a", "b", "c", "d");
  assert.ok(Math.abs(share(key, "a", "b") - 1 / 6) < 1e-12);
  assert.equal(score(task, key, answer()).status, "unanswered");
  assert.equal(score(task, key, answer("")).status, "unanswered");
  assert.equal(score(task, key, null).share, 0);
  assert.deepEqual(completeness(task, answer("a", "bc")), { done: 3, of: 4 });
  assert.ok(isEmpty(answer("", "")));
});

test("only lists of lists of ids are taken for an order", () => {
  assert.ok(isResponse(answer("a")));
  for (const ranks of [null, "a", ["a"], [[1]], { a: 1 }]) assert.ok(!isResponse({ kind: "order", ranks }));
});

test("the result is said in pairs", () => {
  const key = keyOf("a", "b", "c", "d");
  assert.match(summary(t, task, key, answer("a", "b", "c", "d")), /matches the reference/);
  assert.match(summary(t, task, key, answer("b", "a", "c", "d")), /5 of 6 pairs/);
});

test("an item moves by one place, past all that share it, and out of a place that it shares", () => {
  const cases = [
    ["a bc d", "d", -1, "a d bc"],
    ["a bc d", "a", 1, "bc a d"],
    ["a bc d", "b", -1, "a b c d"],
    ["a bc d", "b", 1, "a c b d"],
    ["a bc d", "c", -1, "a c b d"],
    ["ab c", "a", -1, "a b c"],
  ];
  for (const [before, id, step, after] of cases)
    assert.equal(said(moveItem(ranksOf(before), id, step)), after, `${before}: ${id} ${step}`);
  const ends = ranksOf("a b");
  assert.equal(moveItem(ends, "a", -1), ends);
  assert.equal(moveItem(ends, "b", 1), ends);
});

test("the same place as the one above is a switch: twice leaves all as it was", () => {
  for (const [before, id, after] of [
    ["a b c", "b", "ab c"],
    ["a bc d", "d", "a bcd"],
    ["ab cd", "c", "abcd"],
  ]) {
    const tied = toggleTie(ranksOf(before), id);
    assert.equal(said(tied), after);
    assert.ok(isTied(tied, id));
    assert.equal(said(toggleTie(tied, id)), before);
  }
  assert.equal(said(toggleTie(ranksOf("a b"), "a")), "a b");
});

test("a dropped item stands where it was dropped, and joins a place only from within", () => {
  for (const [before, id, line, after] of [
    ["a b c", "c", 0, "c a b"],
    ["a b c", "a", 2, "b c a"],
    ["a bc d", "d", 1, "a d bc"],
    ["a bc d", "d", 2, "a bdc"],
    ["a bc d", "a", 2, "bc a d"],
  ]) {
    assert.equal(said(dropItem(ranksOf(before), id, line)), after, `${before}: ${id} at ${line}`);
  }
});

test("moving, tying and dropping lose no item, double none and change nothing they are given", () => {
  const start = Object.freeze(ranksOf("a bc de f").map((group) => Object.freeze(group)));
  for (const id of start.flat()) {
    for (const next of [
      moveItem(start, id, -1),
      moveItem(start, id, 1),
      toggleTie(start, id),
      ...[0, 1, 2, 3, 4, 5].map((line) => dropItem(start, id, line)),
    ]) {
      assert.deepEqual(next.flat().sort(), [...start.flat()].sort());
      assert.ok(next.every((group) => group.length));
    }
  }
});

test("a stored order is shown as it is, with what it lacks at the end and what it does not know left out", () => {
  assert.equal(said(completeRanks(["c", "a", "b"], null, true)), "c a b");
  assert.equal(said(completeRanks(["c", "a", "b"], [["b", "x"], [], ["b", "a"]], true)), "b a c");
  assert.equal(said(completeRanks(["a", "b", "c"], [["b", "c"], ["a"]], false)), "b c a");
});

test("a place is right anywhere within the places that the reference leaves open", () => {
  const wanted = lines(ranksOf("a bc d"));
  assert.deepEqual(wanted.get("c"), [2, 3]);
  const mine = lines(ranksOf("b a dc"));
  assert.equal(shift(mine.get("b"), wanted.get("b")), -1);
  assert.equal(shift(mine.get("a"), wanted.get("a")), 1);
  assert.equal(shift(mine.get("d"), wanted.get("d")), null);
  assert.equal(shift([2, 2], wanted.get("c")), 0);
});
