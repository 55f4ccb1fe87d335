/** Judgements, the numbers of the reliability picture, and a lesson's progress. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { moment, translator } from "../../js/base/text.js";
import { brier, judgements, reliability } from "../../js/views/measures.js";
import { taskGroups } from "../../js/views/progress.js";
import { description, judgementsElsewhere } from "../../js/views/reliability.js";
import { choice, choiceKey, entry } from "./samples.mjs";

const folder = new URL("../vectors/reliability/", import.meta.url);
const LARGEST_DIFFERENCE = 1e-9;

function same(found, wanted, what) {
  if (wanted === null) assert.equal(found, null, what);
  else
    assert.ok(
      found !== null && Math.abs(found - wanted) <= LARGEST_DIFFERENCE,
      `${what}: expected ${wanted}, found ${found}`,
    );
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const { cases } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  test(`every case of ${file} has the same bands and Brier score here as in Python`, () => {
    assert.ok(cases.length >= 30);
    for (const { name, judgements: given, bands, brier: score } of cases) {
      const found = reliability(given);
      assert.deepEqual(
        found.map(({ band, count, enough }) => [band, count, enough]),
        bands.map(({ band, count, enough }) => [band, count, enough]),
        name,
      );
      bands.forEach((band, index) => {
        same(found[index].right, band.right, `${name}, ${band.band}: right`);
        same(found[index].confidence, band.confidence, `${name}, ${band.band}: confidence`);
      });
      same(brier(given), score, `${name}: Brier score`);
    }
  });
}

const key = choiceKey(1, 0.5, 0, 0);
const checked = (chosen, confidence, more = {}) => ({
  ...entry("", "2026-11-22T10:00:00Z"),
  response: { kind: "choice", chosen },
  confidence,
  checked: true,
  ...more,
});

test("a judgement is an answer that was checked after a confidence was said; only the reference reading is right", () => {
  const tasks = ["right", "defended", "wrong", "unsure", "open", "graded", "other"].map((id) => ({
    ...choice,
    id,
    key: id === "graded" ? undefined : key,
  }));
  const entries = {
    right: checked(["a"], 0.9),
    defended: checked(["b"], 0.8),
    wrong: checked(["c"], 1),
    unsure: checked(["a"], null),
    open: checked(["a"], 0.7, { checked: false }),
    graded: checked(["a"], 0.7),
    other: { ...checked(["a"], 0.7), response: { kind: "written", text: "x" } },
  };
  assert.deepEqual(judgements(tasks, entries), [
    { confidence: 0.9, right: true },
    { confidence: 0.8, right: false },
    { confidence: 1, right: false },
  ]);
  assert.deepEqual(judgements(tasks, {}), []);
});

test("judgements of other lessons come from the content in a notebook, and from this browser in a page", () => {
  const tasks = [{ ...choice, id: "Q1", key }];
  const entries = { Q1: checked(["a"], 0.9) };
  const place = { course: "mariupol", release: "0.1.0", lesson: "06-verification" };
  const file = {
    schema: "copydesk/answers/1",
    course: "mariupol",
    lesson: "02-attribution",
    bank: "",
    learner: { alias: "" },
    saved: "2026-11-22T10:00:00Z",
    answers: { Q1: checked(["c"], 0.6) },
  };
  const kept = {
    "copydesk/mariupol/0.1.0/02-attribution": JSON.stringify(file),
    "copydesk/mariupol/0.1.0/03-sources": "{",
  };
  const storage = { getItem: (name) => kept[name] ?? null, setItem() {}, removeItem() {} };
  const elsewhere = (lessons, given = storage) => judgementsElsewhere({ ...place, lessons }, given);
  assert.deepEqual(elsewhere([{ lesson: "02-attribution", tasks, entries }]), [{ confidence: 0.9, right: true }]);
  assert.deepEqual(elsewhere([{ lesson: "02-attribution", tasks }]), [{ confidence: 0.6, right: false }]);
  assert.deepEqual(
    elsewhere([
      { lesson: "03-sources", tasks },
      { lesson: "04-framing", tasks },
    ]),
    [],
    "a damaged file and a missing one count as no answers",
  );
  assert.deepEqual(elsewhere([{ lesson: "02-attribution", tasks }], null), [], "storage is forbidden");
  assert.deepEqual(elsewhere([]), []);
});

test("the picture in words names each band that holds a judgement, and says which are too few", () => {
  const percent = new Intl.NumberFormat("en", { style: "percent" });
  const bands = reliability([
    ...Array.from({ length: 5 }, (_, index) => ({ confidence: 0.6, right: index < 3 })),
    { confidence: 1, right: true },
  ]);
  const said = description(translator("en"), percent, bands);
  assert.match(said, /60% sure: 3 of 5 right\./);
  assert.match(said, /100% sure: 1 of 1 right, too few/);
  assert.doesNotMatch(said, /70%|80%|90%/);
});

test("progress groups the tasks in the order of a lesson", () => {
  const required = [
    { id: "T1", title: "T", group: "exercise" },
    { id: "Q1", title: "Q", group: "quiz" },
    { id: "R1", title: "R", group: "warm-up" },
    { id: "Q2", title: "Q", group: "quiz" },
  ];
  assert.deepEqual(
    taskGroups(required).map(({ group, tasks }) => [group, tasks.map(({ id }) => id)]),
    [
      ["warm-up", ["R1"]],
      ["quiz", ["Q1", "Q2"]],
      ["exercise", ["T1"]],
    ],
  );
});

test("a time of today is a time; an earlier one has its day", () => {
  const now = new Date(2026, 10, 22, 12, 0);
  assert.equal(moment(new Date(2026, 10, 22, 9, 5).toISOString(), "en", now), "09:05");
  assert.equal(moment(new Date(2026, 10, 20, 9, 5).toISOString(), "en", now), "Nov 20, 09:05");
});
