/** What a verdict earns, what it still needs, and what is said of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import * as verdict from "../../js/kinds/verdict/scoring.js";
import { readEntry } from "../../js/store/answer-file.js";

const t = translator("en");
const task = {
  kind: "verdict",
  id: "V",
  title: "V",
  claim: "The bridge was closed.",
  as_of: "5 May",
  most_cards: 2,
  qualifications: [
    { id: "a", text: "until noon" },
    { id: "b", text: "for cars" },
  ],
  cards: [],
};
const judged = (weight) => ({ weight, why: "." });
const support = {
  supported: judged(0.5),
  qualified: judged(1),
  "not-established": judged(0),
  contradicted: judged(0),
  "not-checkable": judged(0),
};
const key = {
  kind: "verdict",
  support,
  qualifications: { a: judged(1), b: judged(0.5) },
  decisive: { K1: ".", K2: "." },
};
const plain = { ...key, qualifications: { a: judged(0), b: judged(0) } };
const answer = (name, qualification, ...cards) => ({ kind: "verdict", support: name, qualification, cards });
const share = (response, by = key) => verdict.score(task, by, response).share;

test("a verdict earns nothing without a decisive card", () => {
  assert.equal(share(answer("qualified", "a")), 0);
  assert.equal(share(answer("qualified", "a", "K3", "K4")), 0);
  assert.equal(share(answer("qualified", "a", "K3", "K2")), 1);
});

test("cards without a support earn nothing, and are an answer; nothing at all is none", () => {
  assert.deepEqual(
    [share(answer(null, null, "K1")), verdict.score(task, key, answer(null, null, "K1")).status],
    [0, "scored"],
  );
  for (const response of [null, answer(null, null)])
    assert.equal(verdict.score(task, key, response).status, "unanswered");
});

test("a quarter of the credit is the qualification's, where the reference has one", () => {
  assert.equal(share(answer("qualified", "a", "K1")), 1);
  assert.equal(share(answer("qualified", "b", "K1")), 0.875);
  assert.equal(share(answer("qualified", null, "K1")), 0.75);
  assert.equal(share(answer("qualified", "b", "K1"), plain), 1);
});

test("a support that can be defended earns its weight above the mean of the five", () => {
  assert.ok(Math.abs(share(answer("supported", null, "K1"), plain) - (0.5 - 0.3) / 0.7) < 1e-12);
  assert.equal(share(answer("contradicted", null, "K1"), plain), 0);
});

test("a qualification is asked for only where the support has one", () => {
  assert.deepEqual(verdict.completeness(task, null), { done: 0, of: 2, missing: ["cards", "support"] });
  assert.deepEqual(verdict.completeness(task, answer("supported", null, "K1")), { done: 2, of: 2, missing: [] });
  assert.deepEqual(verdict.completeness(task, answer("qualified", null, "K1")), {
    done: 2,
    of: 3,
    missing: ["qualification"],
  });
  assert.deepEqual(verdict.completeness({ ...task, qualifications: [] }, answer("qualified", null, "K1")), {
    done: 2,
    of: 2,
    missing: [],
  });
});

test("what is left to do is said part by part", () => {
  assert.equal(
    verdict.progressText(t, verdict.completeness(task, null)),
    "Cite at least one card. Choose how well the claim is supported.",
  );
  assert.equal(
    verdict.progressText(t, verdict.completeness(task, answer("qualified", null, "K1"))),
    "Choose a qualification.",
  );
});

test("the result says what was missing", () => {
  const said = (response) => verdict.summary(t, task, key, response);
  assert.match(
    said(answer("qualified", "a", "K3")),
    /You didn’t cite a decisive card, and a verdict earns nothing without one\.$/,
  );
  assert.match(
    said(answer("qualified", "b", "K1")),
    /reference reading\. Your qualification can be defended\. You cited 1 of the 2 cards that decide the claim\.$/,
  );
  assert.match(
    said(answer("supported", null, "K1")),
    /^Your verdict is a reading you can defend\..* You chose no qualification/,
  );
  assert.match(said(answer("contradicted", null, "K1")), /^Your verdict doesn’t hold up\. Read why\. You cite/);
});

test("a stored verdict is taken in whole, and a damaged one is not", () => {
  const entry = (response) => readEntry({ response, at: "2026-11-22T09:00:00.000Z" });
  for (const whole of [answer("qualified", "a", "K1"), answer("not-checkable", null), answer(null, null)])
    assert.deepEqual(entry(whole)?.response, whole);
  for (const damaged of [
    { support: "true" },
    { support: 5 },
    { qualification: 5 },
    { cards: "K1" },
    { cards: [1] },
    { cards: undefined },
  ])
    assert.equal(entry({ ...answer("qualified", "a", "K1"), ...damaged }), null);
});
