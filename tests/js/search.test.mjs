/** The search of the book: which page comes first, slips, and the words that are shown of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { excerptOf, searchIn } from "../../js/search/search.js";

const page = (page, title, text, parts = []) => ({
  page,
  title,
  sections: [{ at: "top", heading: title, text }, ...parts.map(([at, heading, text]) => ({ at, heading, text }))],
});
const FILLER = "Who says so and how sure should I be of what this really is without help? ".repeat(5);
const PAGES = [
  page("about.html", "How this was made", `${FILLER} Who says so? `.repeat(3)),
  page("exercises/02-a.html", "02 · Who says so? · Exercise", "Do it."),
  page("instructors/02-a.html", "02 · Who says so? · For instructors", FILLER),
  page("lessons/02-a.html", "02 · Who says so?", "A report rarely sees.", [
    ["cues", "Cues", "Said, claimed, Überblick."],
  ]),
  page("lessons/06-b.html", "06 · How sure should I be?", FILLER),
  page("glossary.html", "Glossary", FILLER, [["attribution", "Attribution", "Who says it."]]),
];
const search = searchIn(PAGES);
const first = (query) => search(query)[0]?.address;

test("a lesson's title finds the lesson before its exercise and every page with these words", () => {
  assert.equal(first("Who says so?"), "lessons/02-a.html");
  assert.equal(first("02 · Who says so?"), "lessons/02-a.html");
  assert.equal(first("how sure should i be"), "lessons/06-b.html");
  assert.equal(first("02 · Who says so? · Exercise"), "exercises/02-a.html");
});

test("one letter wrong, missing, too many or out of place is forgiven, wherever it is", () => {
  const title = "Who says so";
  const wrong = [...title].flatMap((letter, at) => {
    if (letter === " ") return [];
    const [before, after] = [title.slice(0, at), title.slice(at + 1)];
    return [`${before}x${after}`, before + after, before + letter + letter + after];
  });
  for (const query of wrong) assert.equal(first(query), "lessons/02-a.html", query);
  assert.equal(first("atribution"), "glossary.html#attribution");
  assert.equal(first("attirbution"), "glossary.html#attribution");
});

test("a section is found by its own heading, and letters with and without marks are the same", () => {
  const [hit] = search("uberblick");
  assert.equal(hit.address, "lessons/02-a.html#cues");
  assert.equal(hit.heading, "Cues");
  assert.deepEqual(
    hit.excerpt.filter(({ isFound }) => isFound).map(({ text }) => text),
    ["Überblick"],
  );
});

test("nothing fits words that are nowhere, and no word at all", () => {
  assert.deepEqual(search("zzyzx quux"), []);
  assert.deepEqual(search(" ?! "), []);
});

test("an excerpt is short, cut between words, and where most of the words are", () => {
  const text = `${"one two three ".repeat(40)}the cue is said here. ${"four five six ".repeat(40)}`;
  const pieces = excerptOf(text, ["cue", "said"]);
  const shown = pieces.map((piece) => piece.text).join("");
  assert.ok(shown.length < 200, shown);
  assert.match(shown, /^… \w+ .*the cue is said here.* …$/);
  assert.deepEqual(
    pieces.filter(({ isFound }) => isFound).map((piece) => piece.text),
    ["cue", "said"],
  );
});
