// The extension for JupyterLab: the parts of it that need no JupyterLab.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tabName } from "../../js/lab/name.js";
import { isTrusted } from "../../js/lab/run.js";

const texts = { exercise: "Exercise" };

test("a lesson and its exercise have names that differ in their first words", () => {
  assert.equal(tabName("lessons/02-attribution.ipynb", "# 02 · Who says so?\n\nText.", texts), "02 · Who says so?");
  assert.equal(
    tabName("my-work/exercises/02-attribution.ipynb", "# 02 · Who says so? · Exercise", texts),
    "02 · Exercise · Who says so?",
  );
  assert.equal(
    tabName("exercises/04-framing.ipynb", "# A gesture of defiance: exercise", texts),
    "04 · Exercise · A gesture of defiance",
  );
});

test("a lesson without a number is called by its heading, which begins with its name", () => {
  const heading = "Taster · Fifteen minutes at the copy desk";
  assert.equal(tabName("lessons/taster.ipynb", `# ${heading}\n\nText.`, texts), heading);
});

test("what is no lesson keeps the name of its file", () => {
  assert.equal(tabName("mark-02-attribution-anna.ipynb", "# Marking", texts), "mark-02-attribution-anna.ipynb");
  assert.equal(tabName("lessons/notes.ipynb", "# 3 notes", texts), "notes.ipynb");
});

test("a notebook runs by itself only where every code cell is trusted", () => {
  const cell = (/** @type {string} */ type, trusted = false) => ({ model: { type, trusted } });
  assert.equal(isTrusted({ widgets: [cell("markdown"), cell("code", true)] }), true);
  assert.equal(isTrusted({ widgets: [cell("code", true), cell("code")] }), false);
});
