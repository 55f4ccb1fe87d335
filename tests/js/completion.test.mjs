/** How far a task is, in lists and in words, and where a name leads. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import { KINDS } from "../../js/kinds/kinds.js";
import { completionOf, counts, rowCompletion, rowName, stateText } from "../../js/task/completion.js";
import { zoneText } from "../../js/views/receipt.js";
import { entry } from "./samples.mjs";

const t = translator("en");
const at = "2026-11-22T10:00:00.000Z";
const passages = Array.from({ length: 9 }, (_, index) => ({ id: `S0${index + 1}` }));
const outline = { kind: "spans", passages };
const marked = (...ids) => ({ ...entry("", at), response: { kind: "spans", spans: [], clean: ids } });

test("one word of nine passages is started, with the task's own count", () => {
  const given = rowCompletion({ T1: marked("S01") }, { id: "T1", title: "Mark", outline });
  assert.deepEqual(given, { state: "begun", done: 1, of: 9, unit: "spans", at });
  assert.equal(stateText(t, given), "Started: 1 of 9 passages");
});

test("a passage that the task no longer has counts for nothing", () => {
  assert.equal(completionOf(outline, marked("S01", "X1")).done, 1);
  assert.equal(completionOf(outline, marked(...passages.slice(1).map(({ id }) => id), "X1")).state, "begun");
});

test("no answer, an answer of another kind and an item that nobody touched are not started", () => {
  for (const nothing of [undefined, null, entry("words", at), { ...entry("", at), response: null }])
    assert.equal(stateText(t, completionOf(outline, nothing)), "Not started");
});

test("every kind has a unit in words, in one and in many", () => {
  for (const kind of [...Object.keys(KINDS), "form"]) {
    const said = (of) => stateText(t, { state: "begun", done: 1, of, unit: kind, at });
    assert.match(said(9), /^Started: 1 of 9 \w+s$/, kind);
    assert.match(said(1), /^Started: 1 of 1 \w+[^s]$/, kind);
  }
});

test("rows are counted by state, and forms have no id to show", () => {
  const rows = [
    { id: "T1", title: "Mark", outline },
    { id: "W1", title: "Write", outline: { kind: "written", min_words: 2 } },
    { id: "A/B", title: "20 statements", outline: { kind: "choice" }, forms: [["A01"], ["B01"]] },
  ];
  assert.deepEqual(counts({ T1: marked("S02"), W1: entry("two words", at) }, rows), { done: 1, begun: 1, of: 3 });
  assert.deepEqual(rows.map(rowName), ["T1 · Mark", "W1 · Write", "20 statements"]);
});

test("every vector of every kind is counted in a list as in its task", () => {
  for (const kind of Object.keys(KINDS)) {
    const { cases } = JSON.parse(readFileSync(new URL(`../vectors/${kind}.json`, import.meta.url), "utf8"));
    for (const { task, response, state } of cases) {
      const { done, of } = completionOf(task, response && { ...entry("", at), response });
      assert.deepEqual([done, of], state, kind);
    }
  }
});

test("a clock's zone is said as in Python", () => {
  assert.deepEqual([0, -120, 210, -345].map(zoneText), ["UTC", "UTC+2", "UTC-3:30", "UTC+5:45"]);
});
