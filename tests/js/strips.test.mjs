/** Own marks beside the reference, word by word. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isWhole } from "../../js/kinds/spans/report.js";
import { strips } from "../../js/kinds/spans/strips.js";

const LARGEST_DIFFERENCE = 1e-9;
const { cases } = JSON.parse(readFileSync(new URL("../vectors/panel/panel.json", import.meta.url), "utf8"));
const withoutWeights = (found) =>
  found.map((strip) => ({ ...strip, words: strip.words.map(({ weight, ...word }) => word) }));
const weights = (found) => found.flatMap(({ words }) => words.map(({ weight }) => weight));

test("every strip has the same marks, weights and findings here as in Python", () => {
  assert.ok(cases.length >= 30);
  for (const { name, task, tokens, key, response, strips: wanted } of cases) {
    const found = strips({ ...task, tokens }, key, response);
    assert.deepEqual(withoutWeights(found), withoutWeights(wanted), name);
    weights(found).forEach((weight, index) =>
      assert.ok(Math.abs(weight - weights(wanted)[index]) <= LARGEST_DIFFERENCE, name),
    );
  }
});

test("a mark is whole where no word of the span is missed and none beside it is extra", () => {
  const strip = (...found) => ({
    passage: "p",
    label: "s",
    words: found.map((each, place) => ({ start: 5 * place, end: 5 * place + 4, mine: false, weight: 0, found: each })),
  });
  assert.equal(isWhole(strip("nothing", "hit", "hit", "nothing"), [5, 14]), true);
  assert.equal(isWhole(strip("nothing", "hit", "missed", "nothing"), [5, 14]), false);
  assert.equal(isWhole(strip("extra", "hit", "hit", "nothing"), [5, 14]), false);
  assert.equal(isWhole(strip("nothing", "hit", "hit", "nothing"), [4, 5]), true); // a colon: there is no word in it
});
