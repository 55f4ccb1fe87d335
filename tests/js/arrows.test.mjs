/** Source maps: how they are scored, counted, merged by origin and laid out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import { layout } from "../../js/kinds/arrows/layout.js";
import { distinct } from "../../js/kinds/arrows/links.js";
import { independent, mergeByOrigin, originOf } from "../../js/kinds/arrows/origins.js";
import { layers } from "../../js/kinds/arrows/rows.js";
import { bestF, isResponse, score, summary } from "../../js/kinds/arrows/scoring.js";
import { wrapLines } from "../../js/kinds/arrows/wrap.js";

const task = {
  kind: "arrows",
  id: "A",
  nodes: ["a", "b", "c", "d"].map((id) => ({ id, text: id, note: "" })),
  relations: [{ id: "said", text: "said by" }],
};
const link = (text, relation = null) => ({ source: text[0], target: text[1], relation });
const links = (...texts) => texts.map((text) => link(text));
const keyOf = (weights, relation = null) => ({
  kind: "arrows",
  origins: {},
  edges: Object.entries(weights).map(([text, weight]) => ({ ...link(text, relation), weight, why: "." })),
});
const share = (key, edges) => score(task, key, { kind: "arrows", edges }).share;

test("the links of the reference earn all, and each link beside them costs", () => {
  const key = keyOf({ ab: 1, bc: 1, cd: 1 });
  assert.equal(share(key, links("ab", "bc", "cd")), 1);
  assert.ok(Math.abs(share(key, links("ab", "bc")) - 0.8) < 1e-12);
  assert.ok(Math.abs(share(key, links("ab", "bc", "cd", "ad")) - 6 / 7) < 1e-12);
  assert.equal(share(key, links("ba", "cb", "dc")), 0);
});

test("a link with another relation than the reference earns half, and any relation will do where it names none", () => {
  assert.equal(share(keyOf({ ab: 1 }, "said"), [link("ab", "other")]), 0.5);
  assert.equal(share(keyOf({ ab: 1 }), [link("ab", "other")]), 1);
});

test("a link that is given twice counts once, as it was given last", () => {
  assert.deepEqual(distinct([link("ab", "other"), link("bc"), link("ab", "said")]), [link("ab", "said"), link("bc")]);
  assert.equal(share(keyOf({ ab: 1 }, "said"), [link("ab", "other"), link("ab", "said")]), 1);
});

test("a link that one can draw but need not costs nothing either way", () => {
  const key = keyOf({ ab: 1, bc: 0.5 });
  assert.equal(bestF([1, 0.5]), Math.max(2 / 2.5, 3 / 3.5));
  assert.equal(share(key, links("ab", "bc")), 1);
  assert.equal(bestF([]), 0);
});

test("a map without a link is not answered", () => {
  assert.deepEqual(score(task, keyOf({ ab: 1 }), { kind: "arrows", edges: [] }), {
    share: 0,
    status: "unanswered",
    parts: [],
  });
  assert.equal(score(task, keyOf({ ab: 1 }), null).status, "unanswered");
  for (const edges of [null, [1], [{ source: "a" }], [{ source: "a", target: "b", relation: 5 }]])
    assert.ok(!isResponse({ kind: "arrows", edges }));
  assert.ok(isResponse({ kind: "arrows", edges: [{ source: "a", target: "b" }] }));
});

test("the result says what was found and what is too much", () => {
  assert.match(
    summary(translator("en"), task, keyOf({ ab: 1, bc: 1, ad: 0 }), { kind: "arrows", edges: links("ab", "ad", "ca") }),
    /1 of the 2 links .* 2 that/,
  );
});

test("five outlets that pass a story on are five, and two when four of them go back to one", () => {
  const edges = links("1x", "2x", "3x", "4x", "5x");
  assert.equal(independent(edges), 5);
  assert.equal(independent(edges, { 2: "1", 3: "2", 4: "1" }), 2);
});

test("outlets count as many also where the way to their origin is drawn, and the last reader is no source", () => {
  const edges = links("ab", "ac", "ad", "bx", "cx", "dx");
  assert.equal(independent(edges), 4);
  assert.equal(independent(edges, { b: "a", c: "a", d: "a" }), 1);
});

test("one who adds evidence of its own stays a source, though it was told, too", () => {
  assert.equal(independent(links("ab", "ac", "bx", "cx"), { b: "a" }), 2);
});

test("an unknown link is no source, nor is what goes back to it", () => {
  const edges = [{ source: "unknown", target: "a", relation: null }, ...links("ax", "bx")];
  assert.equal(independent(edges), 2);
  assert.equal(independent(edges, { a: "unknown" }), 1);
});

test("an origin is followed to its end, and a circle of origins has one", () => {
  assert.equal(originOf({ c: "b", b: "a", a: "a" }, "c"), "a");
  assert.deepEqual(
    ["a", "b", "c"].map((id) => originOf({ a: "b", b: "a", c: "b" }, id)),
    ["a", "a", "a"],
  );
});

test("merging keeps every node, drops links within a group and makes two between the same groups one", () => {
  const given = [link("ab"), link("bx", "said"), link("ax", "said"), link("wx")];
  const { groups, edges } = mergeByOrigin(given, { b: "a" });
  assert.deepEqual(groups, [
    { id: "a", members: ["a", "b"] },
    { id: "x", members: ["x"] },
    { id: "w", members: ["w"] },
  ]);
  assert.deepEqual(edges, [link("ax", "said"), link("wx")]);
  assert.equal(mergeByOrigin([link("bx", "said"), link("cx", "other")], { b: "a", c: "a" }).edges[0].relation, null);
});

test("a node stands below the longest way to it, and a circle ends somewhere", () => {
  const { layers: straight } = layers([..."abcd"], links("ab", "bc", "ac", "dc"));
  assert.deepEqual([...straight.values()], [0, 1, 2, 0]);
  const { layers: round, turned } = layers([..."abc"], links("ab", "bc", "ca"));
  assert.deepEqual([...round.values()], [0, 1, 2]);
  assert.deepEqual([...turned], [2]);
});

test("no two boxes of a picture overlap, nothing lies outside, and each link has its way", () => {
  for (const texts of [
    ["ab"],
    ["ab", "ba"],
    ["ab", "bc", "ca", "ad"],
    ["ae", "be", "ce", "de", "af", "bf"],
    ["ab", "bc", "cd", "de", "ae", "be", "fe"],
  ]) {
    const arrows = links(...texts).map((edge) => ({ ...edge, label: "quoted word for word by" }));
    const ids = [...new Set(texts.join(""))];
    const {
      boxes,
      left,
      width,
      height,
      arrows: ways,
    } = layout(
      ids.map((id) => ({ id, title: `The ${id} of a long and winding name`, parts: id === "a" ? ["held"] : [] })),
      arrows,
    );
    for (const [index, one] of boxes.entries()) {
      assert.ok(
        one.x >= left && one.y >= 0 && one.x + one.width <= left + width && one.y + one.height <= height,
        `${texts}: ${one.id} lies outside`,
      );
      for (const other of boxes.slice(index + 1))
        assert.ok(
          one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y,
          `${texts}: ${one.id} on ${other.id}`,
        );
    }
    assert.equal(new Set(ways.map(({ path }) => path)).size, texts.length);
    for (const { path, label } of ways) {
      assert.ok(!path.includes("NaN") && label.lines.length === 2);
      assert.ok(label.x >= left && label.x + label.width <= left + width, `${texts}: a name lies outside`);
    }
  }
});

test("a name is broken at spaces and after - . /, and elsewhere only where it must be", () => {
  assert.deepEqual(wrapLines("The Morning Ferry Post", 17), ["The Morning Ferry", "Post"]);
  assert.deepEqual(wrapLines("coastal-travel-updates.example", 17), ["coastal-travel-", "updates.example"]);
  assert.deepEqual(wrapLines("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
});
