import assert from "node:assert/strict";
import test from "node:test";
import { placedLines } from "../../js/task/lines.js";

const named = (...texts) => texts.map((text, place) => ({ id: `i${place}`, text }));

test("each line stands beside the item that names it, whatever the item is called", () => {
  const context = "In May:\n\n*A:* “the pier shut”\n\nB (Y2): it opened\n\nLine 3: it closed again";
  const { rest, lines } = placedLines({ context, items: named("Statement B", "A, the pier", "closed (line 3)") });
  assert.deepEqual(lines, { i0: "(Y2) it opened", i1: "“the pier shut”", i2: "it closed again" });
  assert.deepEqual(rest, []);
});

test("a paragraph that is no line stays above, and so does a head that none of the lines follows", () => {
  const context = "The report:\n\nThe pier shut on Monday.\n\nP1: why it shut\n\nP2: when";
  const { rest } = placedLines({ context, options: named("P1", "P2") });
  assert.deepEqual(rest, ["The report:", "The pier shut on Monday."]);
});

test("where an item has no line, or two have the same, all stay above", () => {
  const context = "A: one\n\nB: two";
  for (const items of [named("A", "C"), named("A, first half", "A, second half"), named("A and B", "B"), []])
    assert.deepEqual(placedLines({ context, items }), { rest: ["A: one", "B: two"], lines: {} });
  assert.deepEqual(placedLines({ items: named("A") }), { rest: [], lines: {} });
});
