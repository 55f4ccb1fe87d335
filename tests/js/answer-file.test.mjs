/** The answer file: what is taken in, what is refused, and how two are merged. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import {
  changedIds,
  cleanAlias,
  fileName,
  mergeEntries,
  nextTimestamp,
  readAnswerFile,
  readEntry,
} from "../../js/store/answer-file.js";
import { entry, file, place } from "./samples.mjs";

const early = "2026-11-22T09:00:00.000Z";
const late = "2026-11-22T10:00:00.000Z";
const refusal = (value) => readAnswerFile(typeof value === "string" ? value : JSON.stringify(value), place).refusal;

test("a whole file is taken in with what belongs in it", () => {
  const read = readAnswerFile(JSON.stringify(file({ W: { ...entry("text", early), more: 1 } })), place);
  assert.deepEqual(read.file.answers, { W: entry("text", early) });
  assert.equal(read.file.learner.alias, "Ada");
});

test("a file that Python wrote is taken in, with its six digits of a second", () => {
  const read = readAnswerFile(
    JSON.stringify(
      file({ W: entry("text", "2026-11-22T09:58:12.345000Z") }, { saved: "2026-11-22T10:00:00Z", handed_in: null }),
    ),
    place,
  );
  assert.ok("file" in read);
});

test("each wrong file is refused for its own reason, in words that are in the catalogue", () => {
  const cases = {
    "import.notJson": '{"schema": "copydesk/answ',
    "import.notAnswers": { cells: [] },
    "import.newer": file({}, { schema: "copydesk/answers/2" }),
    "import.otherCourse": file({}, { course: "other" }),
    "import.otherLesson": file({}, { lesson: "03-sources" }),
    "import.damaged": file([]),
    "import.damagedTask": file({ W: { response: { kind: "written" }, at: early } }),
  };
  const t = translator("en");
  for (const [key, value] of Object.entries(cases)) {
    const { key: found, params } = refusal(value);
    assert.equal(found, key);
    assert.match(t(found, params), /Nothing was changed\.$/);
    assert.doesNotMatch(t(found, params), /[{}]/);
  }
});

test("hostile names and values are refused and harm nothing", () => {
  for (const text of ['{"__proto__": {"at": 1}}', '{"../x": {}}', '{"constructor": 5}'])
    assert.equal(
      refusal(JSON.stringify(file({})).replace('"answers":{}', `"answers":${text}`)).key,
      "import.damagedTask",
    );
  for (const change of [{ at: "yesterday" }, { confidence: 7 }, { attempts: -1 }, { checked: "yes" }, { reason: 5 }])
    assert.equal(refusal(file({ W: entry("x", early, change) })).key, "import.damagedTask");
  assert.equal({}.at, undefined);
});

test("the number of hints shown survives reading and merging, and older files have none", () => {
  const { hints, ...older } = entry("x", early);
  assert.equal(hints, 0);
  assert.equal(readEntry(older).hints, 0);
  const shown = readEntry(entry("x", late, { hints: 2 }));
  assert.equal(mergeEntries({ A: entry("x", early) }, { A: shown }).A.hints, 2);
  for (const wrong of [-1, 1.5, 101, "2", null]) assert.equal(readEntry(entry("x", early, { hints: wrong })), null);
});

test("of two answers to a task the later stays, of equal times the second, and nothing is dropped", () => {
  const merged = mergeEntries(
    { A: entry("old", early), B: entry("mine", late), C: entry("first", early) },
    { A: entry("new", late), B: entry("theirs", early), C: entry("second", early), D: entry("d", early) },
  );
  assert.deepEqual(Object.fromEntries(Object.entries(merged).map(([id, { response }]) => [id, response.text])), {
    A: "new",
    B: "mine",
    C: "second",
    D: "d",
  });
});

test("only what differs counts as changed", () => {
  assert.deepEqual(
    changedIds(
      { A: entry("a", early), B: entry("b", early) },
      { A: entry("a", early), B: entry("c", late), C: entry("c", late) },
    ),
    ["B", "C"],
  );
});

test("a later change has a later time even where the clock was set back", () => {
  const now = Date.parse(early);
  assert.equal(nextTimestamp(late, now), "2026-11-22T10:00:00.001Z");
  assert.equal(nextTimestamp(undefined, now), early);
});

test("aliases and file names keep to their limits", () => {
  assert.equal(cleanAlias(`  ${"x".repeat(90)}  `).length, 80);
  assert.equal(fileName("02-attribution", " Zoë / ../..  Ö "), "02-attribution-Zoë-Ö.json");
  assert.equal(fileName("02-attribution", "../.."), "02-attribution.json");
});
