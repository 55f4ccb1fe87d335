/** How the article is cut at its marks, and when a layer is open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answersFor, stillToDo } from "../../js/views/reading/locks.js";
import { innermost, paragraphsOf, runsOf } from "../../js/views/reading/marks.js";
import { isWebAddress } from "../../js/views/reading/note.js";
import { content, entry, file, MemoryStorage } from "./samples.mjs";

const sentence = (text, start = 0, more = {}) => ({
  id: "S01",
  start,
  end: start + Array.from(text).length,
  text,
  paragraph: 1,
  kind: "body",
  ...more,
});
const mark = (id, start, end) => ({
  id,
  start,
  end,
  quote: "",
  tag: "",
  title: "",
  facts: [],
  note: "",
  sources: [],
  group: "",
});
const shape = (runs) =>
  runs.map(({ marks, segments }) => [
    marks.map(({ id }) => id).join(""),
    segments.map(({ text, marks: over }) => `${text}:${over.map(({ id }) => id).join("")}`),
  ]);

test("sentences are put together by paragraph, in order", () => {
  const [first, second, third] = [sentence("A", 0), sentence("B", 2), sentence("C", 5, { paragraph: 2 })];
  assert.deepEqual(paragraphsOf([first, second, third]), [[first, second], [third]]);
});

test("a sentence without marks is one plain run", () => {
  assert.deepEqual(shape(runsOf(sentence("China says so."), [])), [["", ["China says so.:"]]]);
});

test("a sentence is cut where a mark begins and ends, counted from the start of the article", () => {
  assert.deepEqual(shape(runsOf(sentence("China says so.", 100), [mark("a", 106, 110), mark("z", 0, 5)])), [
    ["", ["China :"]],
    ["a", ["says:a"]],
    ["", [" so.:"]],
  ]);
});

test("marks that overlap open one note together, and neighbours do not", () => {
  const text = "gestures of defiance by the Kremlin";
  assert.deepEqual(shape(runsOf(sentence(text), [mark("b", 24, 35), mark("a", 0, 35)])), [
    ["ab", ["gestures of defiance by :a", "the Kremlin:ab"]],
  ]);
  assert.deepEqual(shape(runsOf(sentence("abcd"), [mark("a", 0, 2), mark("b", 2, 4)])), [
    ["a", ["ab:a"]],
    ["b", ["cd:b"]],
  ]);
  assert.deepEqual(shape(runsOf(sentence("abcd"), [mark("a", 0, 4), mark("b", 0, 4)])), [["ab", ["abcd:ab"]]]);
  assert.deepEqual(shape(runsOf(sentence("abcdef"), [mark("a", 0, 3), mark("b", 2, 5), mark("c", 4, 6)])), [
    ["abc", ["ab:a", "c:ab", "d:b", "e:bc", "f:c"]],
  ]);
});

test("offsets count code points, and no character is lost or doubled", () => {
  const text = "𝄞 “work trip” 😀 for";
  const runs = runsOf(sentence(text, 7), [mark("a", 9, 20), mark("b", 21, 22)]);
  assert.deepEqual(shape(runs), [
    ["", ["𝄞 :"]],
    ["a", ["“work trip”:a"]],
    ["", [" :"]],
    ["b", ["😀:b"]],
    ["", [" for:"]],
  ]);
  assert.equal(runs.flatMap(({ segments }) => segments.map((segment) => segment.text)).join(""), text);
});

test("words under several marks look like the shortest of them", () => {
  assert.equal(innermost([mark("a", 0, 35), mark("b", 24, 35)]).id, "b");
});

test("a layer is open once all its tasks are done: practice when checked, others when complete", () => {
  const outline = { kind: "written", min_words: 2 };
  const required = [
    { id: "P3", title: "On your own", check: true, outline },
    { id: "T1", title: "Mark", check: false, outline },
  ];
  const layer = { after: ["P3", "T1"] };
  const left = (entries) => stillToDo(layer, required, entries).map(({ id }) => id);
  assert.deepEqual(left({}), ["P3", "T1"]);
  assert.deepEqual(left({ P3: entry("words", "", { attempts: 0 }), T1: entry("two words", "", { attempts: 0 }) }), [
    "P3",
  ]);
  assert.deepEqual(left({ P3: entry("two words", ""), T1: entry("one", "") }), ["T1"], "begun is not done");
  assert.deepEqual(left({ P3: entry("two words", ""), T1: entry("", "") }), ["T1"]);
  assert.deepEqual(left({ P3: entry("two words", ""), T1: entry("two words", "") }), []);
  assert.deepEqual(left({ P3: { ...entry("words", ""), response: { kind: "of the future" } } }), ["P3", "T1"]);
  assert.deepEqual(stillToDo({ after: [] }, required, {}), []);
  assert.deepEqual(stillToDo({ after: ["X9"] }, required, {}), [{ id: "X9", title: "" }]);
});

test("on the page of the article, the answers of other lessons in this browser open layers", () => {
  const storage = new MemoryStorage();
  storage.setItem(
    "copydesk/mariupol/0.1.0/02-attribution",
    JSON.stringify(file({ P3: entry("words", "2026-11-22T10:00:00.000Z") })),
  );
  const required = [
    {
      id: "02-attribution/P3",
      lesson: "02-attribution",
      task: "P3",
      title: "",
      outline: { kind: "written", min_words: 1 },
    },
    {
      id: "01-provenance/P3",
      lesson: "01-provenance",
      task: "P3",
      title: "",
      outline: { kind: "written", min_words: 1 },
    },
  ];
  const own = { Q1: entry("own", "") };
  const found = answersFor({ ...content, lesson: "all", required }, own, storage);
  assert.deepEqual(Object.keys(found), ["Q1", "02-attribution/P3"]);
  assert.deepEqual(
    stillToDo({ after: required.map(({ id }) => id) }, required, found).map(({ id }) => id),
    ["01-provenance/P3"],
  );
  assert.deepEqual(answersFor({ ...content, required }, own, null), own);
});

test("only the address of a web page becomes a link", () => {
  assert.ok(isWebAddress("https://example.org/") && isWebAddress("HTTP://example.org:20061/x"));
  for (const url of ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc", ""])
    assert.ok(!isWebAddress(url), url);
});
