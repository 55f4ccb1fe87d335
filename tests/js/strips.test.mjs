/** Own marks beside the reference, word by word. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
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
