/** How texts are split, counted and chosen. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { paragraphs, runs, translator, words } from "../../js/base/text.js";
import { KINDS } from "../../js/kinds/kinds.js";
import { ticks, wrap } from "../../js/kinds/value/chart.js";
import { sources } from "./sources.mjs";

const catalogue = JSON.parse(readFileSync(new URL("../../src/copydesk/text/en.json", import.meta.url), "utf8")).widget;

test("emphasis, strong and code are found, and nothing else is changed", () => {
  assert.deepEqual(runs("a *b* **c** `d*e`"), [
    { style: "plain", text: "a " },
    { style: "em", text: "b" },
    { style: "plain", text: " " },
    { style: "strong", text: "c" },
    { style: "plain", text: " " },
    { style: "code", text: "d*e" },
  ]);
  for (const literal of ["Required fields are marked *", "2 * 3 * 4", "<b>x</b> & y", "**", "* *"])
    assert.deepEqual(runs(literal), [{ style: "plain", text: literal }]);
});

test("blank lines part paragraphs", () => {
  assert.deepEqual(paragraphs("one\ntwo\n\n \nthree\n"), ["one\ntwo", "three"]);
});

test("words are counted as Python counts them", () => {
  assert.deepEqual(words("Russia’s 43,500 Russian-occupied U.S. – end."), [
    "Russia’s",
    "43,500",
    "Russian-occupied",
    "U.S",
    "end",
  ]);
});

test("a text with plural forms takes the one for its count", () => {
  const t = translator("en");
  assert.equal(t("written.count", { count: 1 }), "1 word");
  assert.equal(t("written.count", { count: 2 }), "2 words");
  assert.equal(translator("xx")("check"), "Check");
});

test("every text that the scripts ask for is in the catalogue, and every text of the catalogue is asked for", () => {
  const calls = /\bt\(\s*(?:[^()"]*\? )?"([\w.]+)"(?:\s*: "([\w.]+)")?|key: "((?:import|own)\.\w+)"/g;
  const asked = new Set(
    sources.flatMap(([, source]) => [...source.matchAll(calls)]).flatMap(([, ...keys]) => keys.filter(Boolean)),
  );
  for (const unit of [...Object.keys(KINDS), "form"]) asked.add(`parts.${unit}`);
  for (const key of asked) if (key.startsWith("author.")) asked.delete(key); // see authoring.test.mjs
  assert.deepEqual(
    [...asked].filter((key) => !Object.hasOwn(catalogue, key)),
    [],
    "missing",
  );
  assert.deepEqual(
    Object.keys(catalogue).filter((key) => !asked.has(key)),
    [],
    "unused",
  );
});

test("no source hands a text of a task to the browser as markup", () => {
  for (const [path, source] of sources)
    assert.doesNotMatch(source, /innerHTML|outerHTML\s*\+?=|insertAdjacentHTML|document\.write|getElementById/, path);
});

test("an axis has round steps and reaches the largest value", () => {
  assert.deepEqual(ticks(5), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(ticks(0), [0, 1]);
  for (const largest of [0.3, 1, 7, 48, 1234567]) {
    const steps = ticks(largest);
    assert.ok(steps.at(-1) >= largest && steps.length <= 7, `${largest}: ${steps}`);
  }
  assert.deepEqual(wrap("state agency", 7), ["state", "agency"]);
});
