/** Scores as curriculum/grading.md gives them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { shuffle } from "../../js/base/formulas.js";
import * as choice from "../../js/kinds/choice/scoring.js";
import * as sort from "../../js/kinds/sort/scoring.js";
import { toLabels, toSpans } from "../../js/kinds/spans/marks.js";
import * as spans from "../../js/kinds/spans/scoring.js";
import * as value from "../../js/kinds/value/scoring.js";
import * as written from "../../js/kinds/written/scoring.js";
import * as sample from "./samples.mjs";

/** First and last of each run of indices. */
function runsOf(indices) {
  const runs = [];
  for (const index of indices) {
    const last = runs.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

test("the check values of grading.md 2 come out, by a panel of five readers", () => {
  const { task, quote, mark } = sample.numbered(20);
  const readers = [
    [3, 4, 5, 12, 13],
    [2, 3, 4, 5, 12, 13],
    [3, 4, 5],
    [4, 5, 12, 13, 14],
    [3, 4, 5, 12, 13],
  ];
  const key = {
    kind: "spans",
    labels: { source: [] },
    panel: { source: readers.map((reader) => runsOf(reader).map(([from, to]) => quote(from, to))) },
  };
  const words = new spans.Words(task);
  const weights = spans.weightsOf(words, key, "source");
  const all = Array.from({ length: 20 }, (_, index) => index);
  const cases = [
    [[3, 4, 5, 12, 13], 0.9, 1],
    [[3, 4, 5], 0.72, 0.88],
    [[1, 2, 3, 4, 5, 6, 11, 12, 13, 14], 0.65, 0.7],
    [all, 0.39, 0],
    [[15, 16, 17], 0, 0],
  ];
  for (const [marks, f, share] of cases) {
    const response = { kind: "spans", spans: runsOf(marks).map(([from, to]) => mark("source", from, to)), clean: [] };
    assert.ok(Math.abs(spans.softF1(new Set(marks), weights) - f) < 0.005, `F of ${marks}`);
    assert.ok(Math.abs(spans.score(task, key, response).share - share) < 0.005, `score of ${marks}`);
  }
});

test("a clean passage left clean is a hit, and a mark in it is not", () => {
  const { task, mark } = sample.numbered(6);
  const key = { kind: "spans", labels: { source: [] }, panel: {} };
  assert.equal(spans.score(task, key, { kind: "spans", spans: [], clean: ["P"] }).share, 1);
  assert.equal(spans.score(task, key, { kind: "spans", spans: [mark("source", 1, 2)], clean: [] }).share, 0);
});

test("articles at the edges of a span change nothing", () => {
  const text = "The court of the city said the words";
  const tokens = [
    [0, 3],
    [4, 9],
    [10, 12],
    [13, 16],
    [17, 21],
    [22, 26],
    [27, 30],
    [31, 36],
  ];
  const passage = { id: "P", text, start: null, source: null, note: "" };
  const task = {
    kind: "spans",
    id: "T",
    passages: [passage],
    labels: [{ id: "source", text: "source", key: "s", note: "" }],
    tokens: { P: tokens },
  };
  const key = {
    kind: "spans",
    panel: {},
    labels: { source: [{ passage: "P", quote: "court of the city", occurrence: 1, weight: 1, why: "." }] },
  };
  const response = {
    kind: "spans",
    spans: toSpans(passage, tokens, ["source", "source", "source", "source", "source", null, null, null]),
    clean: [],
  };
  assert.equal(spans.score(task, key, response).share, 1);
});

test("neighbouring words with one label make one span, quoted exactly in code points", () => {
  const passage = { id: "P", text: "“𝒯ass” said: no.", start: null, source: null, note: "" };
  const tokens = [
    [1, 5],
    [7, 11],
    [13, 15],
  ];
  const labels = ["source", "source", null];
  const made = toSpans(passage, tokens, labels);
  assert.deepEqual(
    made.map(({ selector: [{ start, end }, { exact }] }) => [start, end, exact]),
    [[1, 11, "𝒯ass” said"]],
  );
  assert.deepEqual(toLabels(passage, tokens, { kind: "spans", spans: made, clean: [] }), labels);
});

test("one option earns its weight above the mean weight", () => {
  const key = sample.choiceKey(1, 0.5, 0, 0);
  const share = (id) => choice.score(sample.choice, key, { kind: "choice", chosen: [id] }).share;
  assert.equal(share("a"), 1);
  assert.ok(Math.abs(share("b") - (0.5 - 0.375) / 0.625) < 1e-12);
  assert.equal(share("c"), 0);
});

test("marking every option or none earns nothing", () => {
  const task = { ...sample.choice, multiple: true };
  const key = sample.choiceKey(1, 1, 0, 0.5);
  const share = (...chosen) => choice.score(task, key, { kind: "choice", chosen }).share;
  assert.equal(share("a", "b", "c", "d"), 0);
  assert.equal(share(), 0);
  assert.equal(share("a", "b", "d"), 1);
});

test("putting all items into one class earns at most what chance would", () => {
  const names = ["x", "y", "z"];
  const task = {
    kind: "sort",
    id: "S",
    items: names.map((id) => ({ id, text: id })),
    classes: names.map((id) => ({ id, text: id, note: "" })),
  };
  const key = { kind: "sort", items: Object.fromEntries(names.map((id) => [id, { weights: { [id]: 1 }, why: "." }])) };
  const constant = { kind: "sort", placed: { x: "x", y: "x", z: "x" } };
  assert.ok(sort.score(task, key, constant).share < 1e-12);
  assert.equal(sort.score(task, key, { kind: "sort", placed: { x: "x", y: "y", z: "z" } }).share, 1);
});

test("a table earns only what is above the commonest value in every row", () => {
  const key = { type: "table", share: 1, why: ".", values: { a: 2, b: 1, c: 1, d: 4 }, tolerance: 0 };
  assert.equal(value.fieldCredit(key, { a: 2, b: 1, c: 1, d: 4 }), 1);
  assert.equal(value.fieldCredit(key, { a: 1, b: 1, c: 1, d: 1 }), 0);
});

test("a text needs its words as whole words", () => {
  const key = { type: "text", share: 1, why: ".", min_words: 3, mentions: [["source", "sources"]], example: "" };
  assert.equal(value.fieldCredit(key, "Kinds of SOURCES counted"), 1);
  assert.equal(value.fieldCredit(key, "Kinds of resources counted"), 0);
  assert.equal(value.fieldCredit(key, "source source source"), 0);
});

test("an empty answer is unanswered and never an error, in every kind", () => {
  const { task } = sample.numbered(3);
  assert.equal(choice.score(sample.choice, sample.choiceKey(1, 0, 0, 0), null).status, "unanswered");
  assert.equal(
    spans.score(task, { kind: "spans", labels: { source: [] }, panel: {} }, { kind: "spans", spans: [], clean: [] })
      .status,
    "unanswered",
  );
  assert.equal(value.score({ fields: [] }, { fields: {} }, { kind: "value", values: { a: " " } }).status, "unanswered");
  assert.equal(written.score({}, {}, { kind: "written", text: " \n" }).status, "unanswered");
  assert.deepEqual(written.score({}, {}, { kind: "written", text: "A text." }), {
    share: null,
    status: "awaiting marking",
    parts: [],
  });
});

test("the order of options is the same for one learner, and differs between learners", () => {
  const values = Array.from({ length: 12 }, (_, index) => index);
  assert.deepEqual(shuffle(values, "place|Q1"), shuffle(values, "place|Q1"));
  assert.notDeepEqual(shuffle(values, "place|Q1"), shuffle(values, "elsewhere|Q1"));
  assert.deepEqual(
    shuffle(values, "place|Q1").toSorted((first, second) => first - second),
    values,
  );
});
