/** What the forms of the authoring page do to raw entries: all that they do not know stays as it is. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { connect, Edits } from "../../js/authoring/client.js";
import { followReasons } from "../../js/authoring/common.js";
import { addEdge, removeNode } from "../../js/authoring/kinds/arrows.js";
import { addOption, removeOption } from "../../js/authoring/kinds/choice.js";
import { eraseMarks, freeLetter, looksOf, marksOf, toggleMark } from "../../js/authoring/kinds/marks.js";
import { addStep, moveRow, putRanks, ranked, removeStep } from "../../js/authoring/kinds/order.js";
import { takeSentences } from "../../js/authoring/kinds/passages.js";
import { addFault, addKeep, forgetPassage, quotation } from "../../js/authoring/kinds/repairs.js";
import { belongTo, removeClass, splitWeights } from "../../js/authoring/kinds/sort.js";
import { removeLabel } from "../../js/authoring/kinds/spans.js";
import { changeType, mentionsOf } from "../../js/authoring/kinds/value.js";
import { addCriterion, removeCriterion } from "../../js/authoring/kinds/written.js";
import { inFileOrder, instruction, isUnwritten, newId, putAt, valueAt } from "../../js/authoring/raw.js";

const inRepository = (path) => new URL(`../../${path}`, import.meta.url);
const catalogue = (language) => JSON.parse(readFileSync(inRepository(`src/copydesk/text/${language}.json`), "utf8"));
const stubs = { text: "TO BE WRITTEN: an answer", why: "TO BE WRITTEN: why" };

test("a value is put at a path, and taken away, and nothing else changes", () => {
  const entry = { id: "T1", pins: ["S1"], key: { options: { a: { weight: 1, why: "x", stance: "fine" } } } };
  putAt(entry, ["key", "options", "a", "why"], "y");
  putAt(entry, ["hints", 0], "look");
  assert.equal(valueAt(entry, ["key", "options", "a", "why"]), "y");
  putAt(entry, ["key", "options", "a", "weight"], undefined);
  assert.deepEqual(entry, {
    id: "T1",
    pins: ["S1"],
    key: { options: { a: { why: "y", stance: "fine" } } },
    hints: ["look"],
  });
  assert.equal(valueAt(entry, ["toString"]), undefined, "only what the file says is there");
});

test("fields keep the order of the file, and new ones stand before the key", () => {
  const entry = { id: "T1", key: {}, free: [], hints: ["look"] };
  assert.deepEqual(Object.keys(inFileOrder(entry, ["id", "gone", "key", "free"])), ["id", "hints", "key", "free"]);
});

test("a text that is still to be written gives its instruction", () => {
  assert.ok(isUnwritten("TO BE\n  WRITTEN: ask one thing"));
  assert.ok(!isUnwritten("This was TO BE WRITTEN later"));
  assert.equal(instruction("TO BE WRITTEN: ask one thing"), "ask one thing");
});

test("a new id is short and not taken", () => {
  assert.equal(newId([]), "a");
  assert.equal(newId(["a", "B", "d"]), "c");
  assert.equal(newId("abcdefghijklmnopqrstuvwxyz"), "a2");
  assert.equal(newId(["text1"], "text"), "text2");
});

test("an answer is added and removed together with its part of the key", () => {
  const entry = { options: [{ id: "a", text: "A" }], key: { replies: ["r"], options: { a: { weight: 1, why: "w" } } } };
  addOption(entry, stubs);
  assert.deepEqual(entry.options[1], { id: "b", text: stubs.text });
  assert.deepEqual(entry.key.options.b, { weight: 0, why: stubs.why });
  removeOption(entry, 0);
  assert.deepEqual(Object.keys(entry.key.options), ["b"]);
  assert.deepEqual(entry.key.replies, ["r"]);
});

test("replies stay beside their reasons", () => {
  const entry = { key: { replies: ["one", "two", "three"], options: {} } };
  followReasons(entry, { moved: [2, -1] });
  assert.deepEqual(entry.key.replies, ["one", "three", "two"]);
  followReasons(entry, { removed: 0 });
  assert.deepEqual(entry.key, { replies: ["three", "two"], options: {} });
});

const sentence = { id: "S1", text: "China said that China was not “told”, the town's mayor said." };
const spansEntry = () => ({
  passages: [sentence, { id: "S2", text: "The mayor said so." }],
  labels: [
    { id: "source", text: "Source", key: "s" },
    { id: "cue", text: "Cue", key: "c" },
  ],
  key: { labels: { source: [{ passage: "S2", quote: "The mayor", why: "named" }], cue: [] } },
});

test("words of a passage are marked with a quotation that finds them again, in the order of the text", () => {
  const entry = spansEntry();
  assert.ok(toggleMark(entry, sentence, { label: "source", first: 3, last: 3, why: "w" }));
  assert.ok(toggleMark(entry, sentence, { label: "source", first: 0, last: 0, why: "w" }));
  assert.deepEqual(
    entry.key.labels.source.map(({ passage, quote, occurrence }) => [passage, quote, occurrence]),
    [
      ["S1", "China", undefined],
      ["S1", "China", 2],
      ["S2", "The mayor", undefined],
    ],
  );
  assert.deepEqual(
    marksOf(entry, sentence).map(({ first, last }) => [first, last]),
    [
      [0, 0],
      [3, 3],
    ],
  );
  assert.ok(!toggleMark(entry, sentence, { label: "source", first: 3, last: 3, why: "w" }), "the same mark goes");
  assert.ok(toggleMark(entry, sentence, { label: "cue", first: 5, last: 6, why: "w" }));
  assert.equal(entry.key.labels.cue[0].quote, "not “told", "what is between words belongs to the quotation");
});

test("a mark shows its label, and of two on a word the better one", () => {
  const entry = spansEntry();
  toggleMark(entry, sentence, { label: "cue", first: 1, last: 2, why: "w" });
  entry.key.labels.cue[0].weight = 0.5;
  toggleMark(entry, sentence, { label: "cue", first: 1, last: 1, why: "w" });
  const looks = looksOf(entry, sentence, ({ label }) => label);
  assert.deepEqual(
    looks.slice(0, 4).map(({ label, mark, starts }) => [label, mark, starts]),
    [
      [undefined, undefined, undefined],
      [2, undefined, true],
      [2, "defensible", true],
      [undefined, undefined, undefined],
    ],
  );
  assert.equal(eraseMarks(entry, sentence, 2, 2), 1, "only the mark that touches the word");
  assert.equal(entry.key.labels.cue.length, 1);
});

test("a label goes with its marks, and a passage with what the key says of it", () => {
  const entry = spansEntry();
  takeSentences(entry, [sentence], new Set(["S1", "S2"]), (changed, passage) => {
    changed.key.labels.source = changed.key.labels.source.filter((span) => span.passage !== passage);
  });
  assert.deepEqual(
    entry.passages.map(({ id }) => id),
    ["S1"],
  );
  assert.deepEqual(entry.key.labels.source, []);
  removeLabel(entry, 1);
  assert.deepEqual(Object.keys(entry.key.labels), ["source"]);
});

test("picked sentences stand in the order of the article, and keep their notes", () => {
  const entry = {
    passages: [
      { id: "S3", text: "c", note: "kept" },
      { id: "own", text: "x" },
    ],
  };
  const chosen = [
    { id: "S3", text: "c", start: 9 },
    { id: "S1", text: "a", start: 0 },
  ];
  takeSentences(entry, chosen, new Set(["S1", "S2", "S3"]), () => assert.fail("nothing is dropped"));
  assert.deepEqual(entry.passages, [
    { id: "S1", start: 0, text: "a" },
    { id: "S3", text: "c", note: "kept" },
    { id: "own", text: "x" },
  ]);
});

test("a letter for a label is its first free one", () => {
  assert.equal(freeLetter("Source", []), "s");
  assert.equal(freeLetter("Cue", ["c"]), "u");
  assert.equal(freeLetter("Джерело", ["a"]), "b");
});

test("an item belongs to one group; a group that goes takes no item with it", () => {
  const entry = {
    classes: [{ id: "a" }, { id: "b" }, { id: "c" }],
    items: [{ id: "x" }],
    key: { items: { x: { weights: { b: 1, c: 0.5 }, why: "w", surface: "a" } } },
  };
  belongTo(entry, "x", "a");
  assert.deepEqual(entry.key.items.x, { weights: { a: 1, c: 0.5 }, why: "w" }, "what is right is no false scent");
  assert.deepEqual(splitWeights(entry.key.items.x.weights), { best: "a", others: ["c"] });
  removeClass(entry, 0);
  assert.deepEqual(entry.key.items.x.weights, { b: 1, c: 0.5 });
});

test("an order is kept with its shared places when an item comes or goes", () => {
  const entry = {
    items: [{ id: "a" }, { id: "b" }, { id: "c" }],
    key: { ranks: [["c"], ["a", "b"]], why: { a: "1", b: "2", c: "3" } },
  };
  assert.deepEqual(ranked(entry), [
    { id: "c", tied: false },
    { id: "a", tied: false },
    { id: "b", tied: true },
  ]);
  addStep(entry, stubs);
  assert.deepEqual(entry.key.ranks, [["c"], ["a", "b"], ["d"]]);
  removeStep(entry, "a");
  assert.deepEqual(entry.key, { ranks: [["c"], ["b"], ["d"]], why: { b: "2", c: "3", d: stubs.why } });
  putRanks(entry, [
    { id: "b", tied: true },
    { id: "c", tied: true },
    { id: "d", tied: false },
  ]);
  assert.deepEqual(entry.key.ranks, [["b", "c"], ["d"]]);
  const rows = ranked(entry);
  moveRow(rows, 0, 2);
  putRanks(entry, rows);
  assert.deepEqual(entry.key.ranks, [["c"], ["d"], ["b"]], "what is moved away leaves the other its place");
});

test("a correction quotes what is there once, with as many words around as it takes", () => {
  const passage = { id: "S1", text: "He said he said so, he did." };
  assert.deepEqual(quotation(passage.text, 0, 0), { quote: "He", before: "", spot: "He", after: "" });
  assert.equal(quotation(passage.text, 3, 3)?.quote, "he said");
  const entry = { passages: [passage], key: { faults: [] } };
  assert.ok(addFault(entry, passage, { first: 1, last: 1, words: "claimed", why: "w" }));
  const [{ quote, spot, repairs }] = entry.key.faults;
  assert.deepEqual([quote, spot, repairs], ["He said", "said", ["He claimed"]]);
  assert.ok(!addFault(entry, passage, { first: 0, last: 1, words: "", why: "w" }), "corrections do not overlap");
  assert.ok(addFault(entry, passage, { first: 4, last: 4, words: "", why: "w" }));
  assert.deepEqual(entry.key.faults[1].repairs, [""], "struck");
  assert.ok(addKeep(entry, passage, { first: 6, last: 6, why: "w" }));
  forgetPassage(entry, "S1");
  assert.deepEqual(entry.key, { faults: [], keep: [] });
});

test("a field of another type keeps its label, its share and its reason", () => {
  const entry = {
    fields: [{ type: "number", id: "a", label: "When?", unit: "km" }],
    key: { fields: { a: { type: "number", share: 2, value: 4, why: "w" } } },
  };
  changeType(entry, 0, "date", { why: "?", example: "?" });
  assert.deepEqual(entry.fields, [{ type: "date", id: "a", label: "When?" }]);
  assert.deepEqual(entry.key.fields.a, { type: "date", value: "2000-01-01", why: "w", share: 2 });
  assert.deepEqual(mentionsOf("four, 4\n\ngovernment ,"), [["four", "4"], ["government"]]);
});

test("a criterion has four levels, and a mark in each example", () => {
  const entry = { rubric: [], key: { exemplars: [{ level: 3, marks: {} }] } };
  addCriterion(entry, { text: "c", level: (level) => `L${level}` });
  assert.deepEqual(entry.rubric, [{ id: "a", text: "c", levels: { 1: "L1", 2: "L2", 3: "L3", 4: "L4" } }]);
  assert.deepEqual(entry.key.exemplars[0].marks, { a: 3 });
  removeCriterion(entry, 0);
  assert.deepEqual(entry.key.exemplars[0].marks, {});
});

test("a place of a source map goes with its links and origins", () => {
  const entry = {
    nodes: [{ id: "a" }, { id: "b" }, { id: "c" }],
    key: {
      edges: [
        { source: "a", target: "b" },
        { source: "b", target: "c" },
      ],
      origins: { b: "a", c: "b" },
    },
  };
  removeNode(entry, 0);
  assert.deepEqual(entry.key, { edges: [{ source: "b", target: "c" }], origins: { c: "b" } });
  addEdge(entry, "w");
  assert.deepEqual(entry.key.edges[1], { source: "b", target: "unknown", why: "w" }, "no link is there twice");
});

test("each request gets its own reply", async () => {
  const heard = [];
  const sent = [];
  const model = { get: () => "", send: (message) => sent.push(message), on: (_, listener) => heard.push(listener) };
  const ask = connect(model, new AbortController().signal, () => "silent");
  const [one, two] = [ask("task", { file: "f" }), ask("save")];
  assert.deepEqual(sent, [
    { file: "f", id: 1, do: "task" },
    { id: 2, do: "save" },
  ]);
  heard[0]({ id: 2, ok: true, text: "second" });
  heard[0]({ id: 1, ok: true, text: "first" });
  assert.deepEqual([(await one).text, (await two).text], ["first", "second"]);
});

test("of edits that wait, the last one counts", async () => {
  const sent = [];
  const edits = new Edits(async (value) => void sent.push(value), 10_000);
  edits.put(1);
  edits.put(2);
  assert.ok(edits.isWaiting);
  const done = edits.flush();
  edits.put(3);
  edits.put(4);
  await done;
  assert.deepEqual(sent, [2, 4]);
  assert.ok(!edits.isWaiting);
});

test("every text that the page asks for is in the catalogue, and every one there is asked for", () => {
  const folder = inRepository("js/authoring/");
  const files = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".js"));
  const source = files.map((path) => readFileSync(new URL(path, folder), "utf8")).join("\n");
  const asked = new Set([...source.matchAll(/"(author\.[\w.-]+)"/g)].map(([, key]) => key));
  for (const type of ["number", "date", "text"]) asked.add(`author.value.type.${type}`);
  assert.deepEqual(Object.keys(catalogue("en").author).sort(), [...asked].sort());
});

test("the Ukrainian texts have the same keys, the same placeholders and all plural forms", () => {
  const { author: english } = catalogue("en");
  const { author: ukrainian } = catalogue("uk");
  const placeholders = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
  assert.deepEqual(Object.keys(ukrainian), Object.keys(english));
  for (const [key, text] of Object.entries(ukrainian)) {
    const forms = typeof text === "string" ? [text] : Object.values(text);
    const wanted = typeof english[key] === "string" ? english[key] : english[key].other;
    for (const form of forms) assert.deepEqual(placeholders(form), placeholders(wanted), key);
    if (typeof text !== "string") assert.deepEqual(Object.keys(text), ["one", "few", "many", "other"], key);
  }
});
