/** What a lesson is called for short, with a number and without. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lessonName, shortName } from "../../js/base/lesson.js";

const t = (key, { number }) => `${key} ${number}`;

test("a lesson is called by its number, and one without a number by its name", () => {
  assert.deepEqual(["02-attribution", "taster", "first-steps", ""].map(shortName), ["02", "Taster", "First steps", ""]);
});

test("the word for a lesson stands before a number alone", () => {
  assert.equal(lessonName(t, "07-transfer"), "copy.lesson 07");
  assert.equal(lessonName(t, "taster"), "Taster");
});
