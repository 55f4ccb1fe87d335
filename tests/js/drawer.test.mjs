/** What the drawer counts, and what a search in it finds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import * as drawer from "../../js/kinds/drawer/scoring.js";
import { readEntry } from "../../js/store/answer-file.js";

const at = "2026-11-22T09:00:00.000Z";
const opened = (...cards) => ({ kind: "drawer", opened: cards.map((card) => ({ card, at })) });
const task = { kind: "drawer", id: "D", title: "D", one_by_one: false, least: 3, cards: [] };
const key = { kind: "drawer", why: "." };
const sentence = "The bridge in Lindmoor was closed for the whole day, the town said.";
const card = (id, role, quote, says = "", title = id) => ({
  id,
  role,
  title,
  quote,
  says,
  sources: [],
  date: "5 May",
  read: "whole",
});
const cards = [
  card(
    "log",
    "evidence",
    "The bridge was shut to vehicles from 06:40 to 14:15.",
    "Mayor Oda keeps no log; the harbour office does.",
  ),
  card("copy", "repeats", sentence),
  card("ferry", "evidence", "", "Extra ferries ran in Lindmoor until the bridge opened."),
  card("second", "repeats", sentence.replace("the whole day", "the day")),
];
const found = (query) => drawer.search(cards, query).map((hit) => hit.card.id);

test("the share is that of the least number of cards, each counted once, and never above 1", () => {
  const share = (response) => drawer.score(task, key, response).share;
  assert.equal(share(opened("a")), 1 / 3);
  assert.equal(share(opened("a", "a")), 1 / 3);
  assert.equal(share(opened("a", "b", "c", "d")), 1);
  assert.deepEqual(drawer.completeness(task, opened("a", "b", "c", "d")), { done: 3, of: 3 });
  for (const none of [null, opened()]) assert.equal(drawer.score(task, key, none).status, "unanswered");
});

test("what is left to open is said in numbers", () => {
  assert.equal(drawer.progressText(translator("en"), drawer.completeness(task, opened("a"))), "1 of 3 cards opened.");
});

test("a sentence of the text finds its copies first, and the data void is noticed", () => {
  const hits = drawer.search(cards, sentence);
  assert.deepEqual(
    hits.slice(0, 2).map((hit) => hit.card.id),
    ["copy", "second"],
  );
  assert.ok(drawer.isVoid(hits));
});

test("people and times find what stood closer, and no void is claimed", () => {
  assert.deepEqual(found("06:40"), ["log"]);
  assert.deepEqual(found("MAYOR oda"), ["log"]);
  assert.ok(!drawer.isVoid(drawer.search(cards, "mayor oda")));
  assert.ok(!drawer.isVoid(drawer.search(cards, "bridge")), "evidence quotes it as well");
  assert.ok(!drawer.isVoid([]));
});

test("a card with fewer than half of the words is no hit, and without words there is none", () => {
  assert.deepEqual(found("ferries zeppelin airship"), []);
  assert.deepEqual(found("ferries zeppelin"), ["ferry"]);
  for (const empty of ["", "  ", "?!"]) assert.deepEqual(found(empty), []);
});

test("only whole words are found, in any case and with either apostrophe", () => {
  assert.deepEqual(found("ferr"), []);
  assert.deepEqual(drawer.search([card("x", "evidence", "The town’s log")], "TOWN'S").length, 1);
});

test("stored openings are taken in whole, and damaged ones are not", () => {
  const entry = (response) => readEntry({ response, at });
  assert.deepEqual(entry(opened("a", "b"))?.response, opened("a", "b"));
  for (const damaged of [
    { kind: "drawer" },
    { kind: "drawer", opened: ["a"] },
    { kind: "drawer", opened: [{ card: "a" }] },
    { kind: "drawer", opened: [{ card: "a", at: "later" }] },
    { kind: "drawer", opened: [null] },
  ])
    assert.equal(entry(damaged), null);
});
