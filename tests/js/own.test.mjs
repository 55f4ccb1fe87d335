/** A text of the learner's own: cut into sentences and words, marked, and written out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { freshName } from "../../js/base/uuid.js";
import { annotations, claimReview } from "../../js/views/own-article/export.js";
import { markedLines } from "../../js/views/own-article/marked.js";
import { paragraphsOf } from "../../js/views/own-article/mend.js";
import {
  MOST_CHARACTERS,
  refusal,
  sentencesOf,
  tidy,
  tokensOf,
  toSentences,
  toWhole,
} from "../../js/views/own-article/text.js";

const cut = (text, { start, end }) => Array.from(text).slice(start, end).join("");
const mark = (text, passage, label, exact) => {
  const start = Array.from(text.slice(0, text.indexOf(exact))).length;
  return {
    passage,
    label,
    selector: [
      { type: "TextPositionSelector", start, end: start + Array.from(exact).length },
      { type: "TextQuoteSelector", exact },
    ],
  };
};

test("a text is cut into sentences, whose places count code points of the whole text", () => {
  const text = "A headline 😀\n\n“It is safe,” she said. Nobody knows!  Why?\n";
  const sentences = sentencesOf(text, "en");
  assert.deepEqual(
    sentences.map(({ text: own }) => own),
    ["A headline 😀", "“It is safe,” she said.", "Nobody knows!", "Why?"],
  );
  for (const sentence of sentences) assert.equal(cut(text, sentence), sentence.text);
  assert.deepEqual(
    sentences.map(({ id }) => id),
    ["S1", "S2", "S3", "S4"],
  );
});

test("where a browser has no sentences each line stands by itself", () => {
  const text = "One. Two.\n\n  Three 😀.\nFour";
  const sentences = sentencesOf(text, "en", null);
  assert.deepEqual(
    sentences.map(({ text: own }) => own),
    ["One. Two.", "Three 😀.", "Four"],
  );
  for (const sentence of sentences) assert.equal(cut(text, sentence), sentence.text);
});

test("a text without an end of a sentence is cut at spaces, and nothing of it is lost", () => {
  const text = "word ".repeat(1500).trim();
  const sentences = sentencesOf(text, "en");
  assert.ok(
    sentences.length > 3 &&
      sentences.every(({ text: own }) => own.length <= 2000 && own.startsWith("word") && own.endsWith("word")),
  );
  assert.equal(sentences.map(({ text: own }) => own).join(" "), text);
  assert.equal(
    sentencesOf("x".repeat(5000), "en")
      .map(({ text: own }) => own)
      .join(""),
    "x".repeat(5000),
  );
});

test("words are those of the course: 43,500 and Russia’s are one each, and emoji are none", () => {
  const text = "😀 Russia’s 43,500 well-known U.S. bridges";
  assert.deepEqual(
    tokensOf(text).map(([start, end]) => cut(text, { start, end })),
    ["Russia’s", "43,500", "well-known", "U.S", "bridges"],
  );
});

test("a text of up to 20,000 characters is taken, and what cannot be taken is refused with the reason", () => {
  assert.equal(refusal(`${"😀".repeat(MOST_CHARACTERS - 1)}a`), null);
  assert.deepEqual(refusal("a".repeat(MOST_CHARACTERS + 1)), {
    key: "own.tooLong",
    params: { length: 20_001, most: 20_000 },
  });
  assert.equal(refusal(" \n…").key, "own.empty");
  assert.equal(refusal("a\0b").key, "own.notText");
});

test("a text is kept with one kind of line end and without halves of characters", () => {
  assert.equal(tidy("\uFEFFa\r\nb\rc\ud800 😀"), "a\nb\nc\uFFFD 😀");
});

test("marks go to the whole text and come back to their sentences, even where those are cut otherwise", () => {
  const text = "One 😀 said. Two said.";
  const sentences = sentencesOf(text, "en");
  const own = [mark(sentences[1].text, "S2", "cue", "said")];
  const whole = toWhole(sentences, own);
  assert.deepEqual(whole, [
    {
      ...mark(text, "article", "cue", "said"),
      selector: [
        { type: "TextPositionSelector", start: 16, end: 20 },
        { type: "TextQuoteSelector", exact: "said" },
      ],
    },
  ]);
  assert.deepEqual(toSentences(text, sentences, whole), own);
  const [line] = sentencesOf(text, "en", null);
  assert.deepEqual(toSentences(text, [line], whole)[0].selector[0], {
    type: "TextPositionSelector",
    start: 16,
    end: 20,
  });
});

test("marks of another text are left out", () => {
  const text = "One said. Two said.";
  const whole = toWhole(sentencesOf(text, "en"), [mark("One said.", "S1", "cue", "said")]);
  const other = "A different text altogether.";
  assert.deepEqual(toSentences(other, sentencesOf(other, "en"), whole), []);
});

const about = {
  id: "urn:uuid:00000000-0000-4000-8000-000000000000",
  title: "Bridge",
  text: "😀 One said. <b>",
  alias: "",
  language: "en",
};

test("annotations quote with what stands before and after, in the order of the text", () => {
  const { total, first } = annotations(
    about,
    [mark(about.text, "article", "cue", "said"), mark(about.text, "article", "source", "One")],
    { cue: "Cue", source: "Source" },
    "2026-11-22T10:00:00.000Z",
  );
  assert.equal(total, 2);
  assert.deepEqual(
    first.items.map(({ body, target }) => [body.value, target.selector[1]]),
    [
      ["Source", { type: "TextQuoteSelector", exact: "One", prefix: "😀 ", suffix: " said. <b>" }],
      ["Cue", { type: "TextQuoteSelector", exact: "said", prefix: "😀 One ", suffix: ". <b>" }],
    ],
  );
});

test("a verdict has its place between 1 and 5, and what cannot be checked has a name only", () => {
  const given = { claim: "It is safe.", name: "A name", explanation: "", body: "", links: [], date: "2026-11-22" };
  const rating = (support) => claimReview(about, { ...given, support }).reviewRating;
  assert.deepEqual(
    ["supported", "qualified", "not-established", "contradicted"].map((support) => rating(support).ratingValue),
    [5, 4, 3, 1],
  );
  assert.deepEqual(rating("not-checkable"), { "@type": "Rating", alternateName: "A name" });
});

test("a text's name is a random UUID of version 4", () => {
  const fixed = freshName({ getRandomValues: (bytes) => bytes.fill(255) });
  assert.equal(fixed, "urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff");
  assert.notEqual(freshName(), freshName());
});

test("a text with both layers is cut where a mark begins or ends, and each mark ends once", () => {
  const text = "😀 It is perfectly safe, he said.\n\nNo.";
  const who = [mark(text, "article", "content", "It is perfectly safe"), mark(text, "article", "cue", "said")];
  const how = [mark(text, "article", "loaded", "perfectly safe"), mark("Another text", "article", "hedge", "text")];
  const lines = markedLines(text, { WHO: who, HOW: how });
  const seen = lines.map((segments) =>
    segments.map(({ text: words, marks, ends }) => [
      words,
      marks.WHO?.label ?? "",
      marks.HOW?.label ?? "",
      ends.map(({ label }) => label).join(" "),
    ]),
  );
  assert.deepEqual(seen, [
    [
      ["😀 ", "", "", ""],
      ["It is ", "content", "", ""],
      ["perfectly safe", "content", "loaded", "content loaded"],
      [", he ", "", "", ""],
      ["said", "cue", "", "cue"],
      [".", "", "", ""],
    ],
    [["No.", "", "", ""]],
  ]);
});

test("a text is mended by its lines, and never in more pieces than an answer file takes", () => {
  assert.deepEqual(paragraphsOf("One.\n\n  Two. \nThree."), [
    { id: "P1", text: "One." },
    { id: "P2", text: "Two." },
    { id: "P3", text: "Three." },
  ]);
  const many = Array.from({ length: 95 }, (_, line) => `Line ${line}.`);
  const paragraphs = paragraphsOf(many.join("\n"));
  assert.ok(paragraphs.length <= 40);
  assert.equal(paragraphs.map(({ text }) => text).join(" "), many.join(" "));
});
