/** The score vectors that Python and the browser share. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { KINDS } from "../../js/kinds/kinds.js";
import { readEntry } from "../../js/store/answer-file.js";

const folder = new URL("../vectors/", import.meta.url);
const LARGEST_DIFFERENCE = 1e-9;
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const kinds = new Set();
const entryOf = (response) => ({ response, at: "2026-11-22T10:00:00.000Z", attempts: 0, hints: 1 });

for (const name of files) {
  const { kind, cases } = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  kinds.add(kind);
  test(`every case of ${name} earns the same share and status, and has as much done, here as in Python`, () => {
    assert.ok(cases.length > 0, `${name} has no cases`);
    for (const { name: label, task, tokens, key, response, share, status, state } of cases) {
      const shown = tokens ? { ...task, tokens } : task;
      const { share: found, status: said } = KINDS[kind].score(shown, key, response);
      const { done, of } = KINDS[kind].completeness(shown, response);
      assert.deepEqual([done, of], state, `${name}, ${label}: what is done`);
      assert.equal(said, status, `${name}, ${label}: status`);
      if (share === null || label.startsWith("drawn")) assert.equal(found, share, `${name}, ${label}`);
      else
        assert.ok(
          Math.abs(found - share) <= LARGEST_DIFFERENCE,
          `${name}, ${label}: expected ${share}, found ${found}`,
        );
    }
  });
}

test("every kind has a file of vectors", () => {
  assert.deepEqual([...kinds].sort(), Object.keys(KINDS).sort());
});

test("the response of somebody who has not answered is stored whole, and counts as no answer", () => {
  for (const [kind, { emptyResponse, isEmpty, score }] of Object.entries(KINDS)) {
    assert.deepEqual(readEntry(entryOf(emptyResponse))?.response, emptyResponse, kind);
    assert.ok(isEmpty(emptyResponse), kind);
    const { cases } = JSON.parse(readFileSync(new URL(`${kind}.json`, folder), "utf8"));
    const { task, tokens, key } = cases[0];
    assert.equal(score(tokens ? { ...task, tokens } : task, key, emptyResponse).status, "unanswered", kind);
  }
});
