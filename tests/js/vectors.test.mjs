/** The score vectors that Python and the browser share. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { KINDS } from "../../js/kinds/index.js";

const folder = new URL("../vectors/", import.meta.url);
const LARGEST_DIFFERENCE = 1e-9;
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const kinds = new Set();

for (const name of files) {
  const { kind, cases } = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  kinds.add(kind);
  test(`every case of ${name} earns the same share and status here as in Python`, () => {
    assert.ok(cases.length > 0, `${name} holds no cases`);
    for (const { name: label, task, tokens, key, response, share, status } of cases) {
      const { share: found, status: said } = KINDS[kind].score(tokens ? { ...task, tokens } : task, key, response);
      assert.equal(said, status, `${name}, ${label}: status`);
      if (share === null) assert.equal(found, null, `${name}, ${label}: no share`);
      else assert.ok(Math.abs(found - share) <= LARGEST_DIFFERENCE, `${name}, ${label}: expected ${share}, found ${found}`);
    }
  });
}

test("every kind has a file of vectors", () => {
  assert.deepEqual([...kinds].sort(), Object.keys(KINDS).sort());
});
