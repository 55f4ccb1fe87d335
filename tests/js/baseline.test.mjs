import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import { answersTo } from "../../js/store/page.js";
import { rowCompletion } from "../../js/task/completion.js";
import { change, guessOf, isSuspicion, tally } from "../../js/views/baseline-report.js";
import { discernment } from "../../js/views/measures.js";

const t = translator("en");
const at = "2026-11-22T10:00:00.000Z";
const entry = (response) => ({ response, confidence: 0.8, reason: "", at, attempts: 1, hints: 0, checked: false });
const pick = (option) => entry({ kind: "choice", chosen: [option] });
const counts = (supported, unsupported) => ({
  supported: { accepted: supported, of: 12 },
  unsupported: { accepted: unsupported, of: 8 },
});

test("accepted statements are counted apart, supported and not, and what is open counts nowhere", () => {
  const isSupported = { "A-01": true, "A-02": false, "A-03": true, "A-04": false };
  const entries = { "A-01": pick("supported"), "A-02": pick("supported"), "A-03": pick("not-supported") };
  assert.deepEqual(tally(isSupported, entries), {
    supported: { accepted: 1, of: 2 },
    unsupported: { accepted: 1, of: 1 },
  });
});

test("more of what is supported and no more of what is not is called discernment, and nothing else is", () => {
  const thought = (after) => change(t, counts(8, 4), after);
  for (const after of [counts(10, 4), counts(10, 2), counts(8, 2)]) assert.match(thought(after), /discernment/);
  for (const after of [counts(8, 4), counts(6, 2), counts(6, 4), counts(10, 6), counts(8, 6), counts(6, 6)])
    assert.doesNotMatch(thought(after), /discernment/);
  assert.match(thought(counts(6, 2)), /If you doubt good statements too/);
  assert.match(thought(counts(10, 6)), /what does the evidence leave open/);
});

test("shares are compared, not counts, and nothing is said where one side is empty", () => {
  const half = { supported: { accepted: 4, of: 6 }, unsupported: { accepted: 2, of: 4 } };
  assert.match(change(t, half, counts(8, 4)), /as many of the supported.*as many of the unsupported/);
  assert.equal(change(t, { ...half, supported: { accepted: 0, of: 0 } }, counts(8, 4)), "");
});

test("the answers of the opening come from Python or from this browser, and a guess only where it is a number", () => {
  const place = { course: "mariupol", release: "0.1.0", lesson: "07-transfer" };
  const entries = { G1: entry({ kind: "value", values: { guess: 9 } }) };
  assert.equal(guessOf(answersTo(place, { lesson: "00-start", entries }, null)), 9);
  const file = {
    schema: "copydesk/answers/1",
    course: "mariupol",
    lesson: "00-start",
    bank: `sha256:${"0".repeat(64)}`,
    learner: { alias: "" },
    saved: at,
    answers: entries,
  };
  const storage = { getItem: (key) => (key === "copydesk/mariupol/0.1.0/00-start" ? JSON.stringify(file) : null) };
  assert.equal(guessOf(answersTo(place, { lesson: "00-start" }, storage)), 9);
  assert.equal(guessOf(answersTo(place, { lesson: "00-start" }, null)), null);
  assert.equal(guessOf({ G1: entry({ kind: "value", values: {} }) }), null);
});

test("d′ and c are those of the class report", () => {
  const rounded = (numbers) => Object.values(discernment(...numbers)).map((number) => Number(number.toFixed(2)));
  assert.deepEqual(rounded([9, 12, 3, 8]), [0.9, -0.17]);
  assert.deepEqual(rounded([5, 12, 0, 8]), [1.4, 0.89]);
  assert.deepEqual(rounded([12, 12, 8, 8]), [0.18, -1.68]);
  assert.equal(discernment(0, 0, 3, 8), null);
});

test("suspicion grew where fewer supported statements are accepted and the criterion rose", () => {
  assert.equal(isSuspicion(counts(9, 3), counts(5, 0)), true);
  assert.equal(isSuspicion(counts(9, 3), counts(9, 0)), false);
  assert.equal(isSuspicion(counts(9, 3), counts(8, 6)), false);
  assert.equal(isSuspicion(counts(9, 3), { ...counts(5, 0), supported: { accepted: 0, of: 0 } }), false);
});

test("of two forms one is enough, and a form begun says how far it is", () => {
  const row = {
    id: "A/B",
    title: "",
    outline: { kind: "choice" },
    forms: [
      ["A01", "A02"],
      ["B01", "B02"],
    ],
  };
  const form = { of: 2, unit: "form" };
  assert.deepEqual(rowCompletion({}, row), { ...form, state: "empty", done: 0, at: "" });
  assert.deepEqual(rowCompletion({ A01: pick("supported") }, row), { ...form, state: "begun", done: 1, at });
  assert.deepEqual(rowCompletion({ A01: pick("supported"), B01: pick("supported"), B02: pick("supported") }, row), {
    ...form,
    state: "complete",
    done: 2,
    at,
  });
});
