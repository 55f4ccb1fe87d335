/** A task with a twin: one version is drawn, once, and stays with its answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import { mergeEntries, readAnswerFile, readEntry } from "../../js/store/answer-file.js";
import { kernelStore } from "../../js/store/kernel.js";
import { pageStore, storageKey } from "../../js/store/page.js";
import { shownVersion, versionOf } from "../../js/task/versions.js";
import { judgements } from "../../js/views/measures.js";
import { content, entry, FakeModel, file, MemoryStorage } from "./samples.mjs";

const t = translator("en");
const late = "2026-11-22T10:00:00.000Z";
const DRAWN = "1970-01-01T00:00:00.000Z";
const twin = { id: "Q1", kind: "choice", version: 2 };
const task = { id: "Q1", kind: "choice", version: 1, twin };
const pick = (chosen, more = {}) => ({ ...entry("", late), response: { kind: "choice", chosen }, ...more });

/** What is shown where Math.random gives a number. */
function drawnBy(number, store, asked = task) {
  const { random } = Math;
  Math.random = () => number;
  try {
    return shownVersion(store, asked);
  } finally {
    Math.random = random;
  }
}

const page = (storage = new MemoryStorage(), events = new EventTarget()) =>
  pageStore({ content, t, storage, events, save: () => undefined });

test("a version is drawn when the task is first shown, kept at once, and never drawn again", () => {
  for (const [number, shown] of [
    [0, task],
    [0.49, task],
    [0.5, twin],
    [0.99, twin],
  ]) {
    const storage = new MemoryStorage();
    assert.equal(drawnBy(number, page(storage)), shown);
    const kept = JSON.parse(storage.getItem(storageKey(content))).answers.Q1;
    assert.deepEqual([kept.version, kept.at, kept.attempts], [shown.version, DRAWN, 0]);
    for (const other of [0, 0.99]) assert.equal(drawnBy(other, page(storage)), shown);
  }
});

test("a task without a twin keeps nothing, and an answer that says no version is to the first", () => {
  const storage = new MemoryStorage();
  const alone = { id: "Q1", kind: "choice" };
  assert.equal(drawnBy(0.99, page(storage), alone), alone);
  assert.equal(storage.getItem(storageKey(content)), null);
  const store = page(storage);
  store.put("Q1", pick(["a"]));
  assert.equal(drawnBy(0.99, store), task);
  assert.equal(versionOf(alone, pick(["a"], { version: 2 })), alone);
});

test("of two tabs the one that drew first is followed", () => {
  const [storage, events] = [new MemoryStorage(), new EventTarget()];
  const [one, two] = [page(storage, events), page(storage, events)];
  assert.equal(drawnBy(0.99, one), twin);
  assert.equal(drawnBy(0, two), twin);
  assert.equal(page(storage).entries().Q1.version, 2);
});

test("an answer brings its version, and what was only drawn elsewhere takes nothing from it", () => {
  const [answered, drawn] = [pick(["a"], { version: 1 }), pick([], { version: 2, at: DRAWN })];
  assert.equal(mergeEntries({ Q1: answered }, { Q1: drawn }).Q1, answered);
  assert.equal(mergeEntries({ Q1: drawn }, { Q1: answered }).Q1, answered);
  const store = page();
  drawnBy(0.99, store);
  assert.equal(store.read(JSON.stringify(file({ Q1: answered }))).ok, true);
  assert.equal(drawnBy(0.99, store), task);
});

test("a version that cannot be is a damaged answer, said with its task", () => {
  for (const version of [1, 2]) assert.equal(readEntry(pick(["a"], { version })).version, version);
  for (const version of [null, undefined]) assert.ok(!("version" in readEntry(pick(["a"], { version }))));
  for (const version of [0, 3, "2", true, [2], {}]) {
    assert.equal(readEntry(pick(["a"], { version })), null);
    const { refusal } = readAnswerFile(JSON.stringify(file({ Q1: pick(["a"], { version }) })), content);
    assert.deepEqual(refusal, { key: "import.damagedTask", params: { id: "Q1" } });
  }
});

test("in a notebook the version goes to Python at once, and Python's word stands", () => {
  const model = new FakeModel({
    content,
    answers: { revision: 0, entries: {} },
    saved: { revision: 0, at: null, problem: null },
    request: {},
    reply: {},
  });
  const control = new AbortController();
  const store = kernelStore({ model, content, t, signal: control.signal, storage: new MemoryStorage(), patience: 20 });
  assert.equal(drawnBy(0, store), task);
  assert.equal(model.get("answers").revision, 1);
  assert.equal(model.get("answers").entries.Q1.version, 1);
  model.set("answers", { revision: 1, entries: { Q1: pick([], { version: 2, at: DRAWN }) } });
  assert.equal(drawnBy(0, store), twin);
  control.abort();
});

test("a judgement is right by the key of the version that was shown", () => {
  const keyed = (right) => ({
    options: { a: { weight: right === "a" ? 1 : 0 }, b: { weight: right === "b" ? 1 : 0 } },
  });
  const options = [{ id: "a" }, { id: "b" }];
  const asked = { id: "Q1", kind: "choice", options, key: keyed("a") };
  const both = { ...asked, twin: { ...asked, key: keyed("b") } };
  const given = (version) => pick(["b"], { version, checked: true, confidence: 0.8 });
  assert.deepEqual(judgements([both], { Q1: given(1) }), [{ confidence: 0.8, right: false }]);
  assert.deepEqual(judgements([both], { Q1: given(2) }), [{ confidence: 0.8, right: true }]);
});
