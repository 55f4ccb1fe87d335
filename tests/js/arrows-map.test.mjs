/** A source map that is tapped, and laid beside the reference map. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import { pairs, referenceLinks, remarks, wayOf } from "../../js/kinds/arrows/compare.js";
import { layout, layoutWithin, only } from "../../js/kinds/arrows/layout.js";
import { nearestWay } from "../../js/kinds/arrows/routes.js";
import { layers, rowsOf, waysDown } from "../../js/kinds/arrows/rows.js";
import { sentence } from "../../js/kinds/arrows/sentence.js";
import { stepOf, targetAt } from "../../js/kinds/arrows/tapping.js";

const link = (text, relation = null) => ({ source: text[0], target: text[1], relation });
const links = (...texts) => texts.map((text) => link(text));
const keyOf = (weights, relation = null) => ({
  kind: "arrows",
  origins: {},
  edges: Object.entries(weights).map(([text, weight]) => ({ ...link(text, relation), weight, why: "." })),
});
const boxesOf = (ids) => [...ids].map((id) => ({ id, title: `The ${id}`, parts: [] }));
const plain = (edges) => edges.map((edge) => ({ ...edge, label: "" }));
const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

test("one tap begins a link, a second on another node draws it, on the same node leaves it", () => {
  assert.deepEqual(stepOf("", { node: "a" }, []), { does: "begin", node: "a" });
  assert.deepEqual(stepOf("a", { node: "b" }, []), { does: "draw", node: "b" });
  assert.deepEqual(stepOf("a", { node: "a" }, []), { does: "leave", node: "a" });
  assert.deepEqual(stepOf("a", { node: "b" }, links("ab")), { does: "known", node: "b" });
  assert.deepEqual(stepOf("a", { node: "b" }, links("ba")), { does: "draw", node: "b" });
});

test("a tap on an arrow takes it away, but not while a link is being drawn, and a tap on nothing does nothing", () => {
  assert.deepEqual(stepOf("", { arrow: 1 }, links("ab", "bc")), { does: "remove", arrow: 1 });
  assert.deepEqual(stepOf("a", { arrow: 1 }, links("ab", "bc")), { does: "nothing" });
  assert.deepEqual(stepOf("a", null, []), { does: "nothing" });
});

test("a finger means the node under it, else the nearest arrow within 22 px, else nothing", () => {
  const placed = layout(boxesOf("abcd"), plain(links("ab", "ac")));
  for (const box of placed.boxes) assert.deepEqual(targetAt(placed, middle(box)), { node: box.id });
  placed.arrows.forEach(({ points }, arrow) => {
    const [from, to] = points;
    const half = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    assert.deepEqual(targetAt(placed, half), { arrow });
  });
  assert.equal(targetAt(placed, { x: placed.left - 50, y: 0 }), null);
  const line = [
    { x: 0, y: 0 },
    { x: 0, y: 100 },
  ];
  assert.equal(nearestWay([line], { x: 21, y: 50 }, 22), 0);
  assert.equal(nearestWay([line], { x: 23, y: 50 }, 22), -1);
  assert.equal(nearestWay([], { x: 0, y: 0 }, 22), -1);
});

test("every node is as high as a finger needs, also before anything is drawn, and in a picture drawn smaller", () => {
  for (const edges of [[], links("ab", "bc")])
    for (const room of [250, 340, 700])
      for (const { height, width } of layoutWithin(boxesOf("abcdefgh"), plain(edges), room).boxes)
        assert.ok(height * 0.9 >= 44 && width * 0.9 >= 44);
});

test("a map fits the width of a phone and uses that of a desk", () => {
  const edges = plain(links("ab", "ac", "ad", "ae", "bf", "cf", "df", "ef", "ag"));
  const [phone, desk] = [340, 760].map((room) => layoutWithin(boxesOf("abcdefg"), edges, room));
  assert.ok(phone.fits && phone.width * 0.9 <= 340);
  assert.ok(desk.fits && desk.width <= 760 && desk.height < phone.height);
});

test("no row is wider than asked, who told stands above who was told, and what no link touches comes last", () => {
  const edges = links("ae", "be", "ce", "de", "ef", "ag");
  const { linked, apart } = rowsOf([..."xabcdefgyz"], edges, 2);
  assert.ok([...linked, ...apart].every((row) => row.length <= 2));
  const rowOf = (id) => linked.findIndex((row) => row.includes(id));
  for (const { source, target } of edges) assert.ok(rowOf(source) < rowOf(target), `${source} ${target}`);
  assert.deepEqual(apart, [["x", "y"], ["z"]]);
  assert.deepEqual(rowsOf([..."ab"], [], 2), { linked: [], apart: [["a", "b"]] });
});

test("of links that make a circle, the last one is turned, so that the reference map runs down the page", () => {
  const { turned } = layers([..."abc"], links("bc", "ab", "ca"));
  assert.deepEqual([...turned], [2]);
  assert.deepEqual(waysDown(links("ab", "ba"), new Set([1])).at(-1), { source: "a", target: "b" });
});

test("both maps stand in one layout: the same boxes, and of the arrows each map its own, with its own names", () => {
  const whole = layout(boxesOf("abc"), plain(links("ab", "bc")));
  const part = only(whole, [{ at: 1, label: "is told by" }]);
  assert.deepEqual(part.boxes, whole.boxes);
  assert.equal(part.width, whole.width);
  assert.equal(part.arrows.length, 1);
  assert.equal(part.arrows[0].path, whole.arrows[1].path);
  assert.deepEqual(part.arrows[0].label.lines, ["is told by"]);
  assert.equal(whole.arrows[1].label, null);
});

test("each link stands on both maps or on one, and one that need not be drawn is told apart", () => {
  const key = keyOf({ ab: 1, bc: 1, cd: 0.5, ad: 0 }, "said");
  const own = [link("ab", "said"), link("bc", "other"), link("ad", "said")];
  assert.deepEqual(
    pairs(own, referenceLinks(key)).map(({ standing }) => standing),
    ["both", "relation", "optional", "mine"],
  );
  assert.deepEqual(
    pairs([], referenceLinks(keyOf({ ab: 1 }))).map(({ standing }) => standing),
    ["theirs"],
  );
});

test("link by link one is told what the learner did: kept, turned, cut short, made up, left out", () => {
  const key = keyOf({ ab: 1, bc: 1, ce: 1, ad: 0, de: 0.5, ed: 0.5 });
  const found = remarks(key, links("ab", "cb", "ac", "ad", "da", "de"));
  assert.deepEqual(
    found.map(({ finding, link: { source, target } }) => `${source}${target} ${finding}`),
    ["ab same", "cb turned", "ac detour", "ad tempting", "da extra", "de defensible", "ce missed", "ed optional"],
  );
  assert.deepEqual(found[2].by, [..."abc"]);
});

test("a link without a relation, or with another one, is on both maps and told so", () => {
  const key = keyOf({ ab: 1 }, "said");
  assert.equal(remarks(key, links("ab"))[0].finding, "noRelation");
  assert.equal(remarks(key, [link("ab", "other")])[0].finding, "relation");
});

test("the shortest way is found, and none where there is none", () => {
  assert.deepEqual(wayOf(links("ab", "bc", "cd", "bd"), "a", "d"), [..."abd"]);
  assert.deepEqual(wayOf(links("ab", "ba"), "a", "c"), []);
});

test("the first sentence is about this map and is one sentence", () => {
  const t = translator("en");
  const names = { node: (id) => `The ${id}` };
  const said = (key, edges) => sentence(t, names, key, edges);
  const key = keyOf({ ab: 1, bc: 1 });
  assert.match(said(key, links("ab", "bc")), /every link that the reference map has, and no others\.$/);
  assert.match(said(key, links("ab", "bc", "ca", "cd")), /every link .*; 2 of your links aren’t on it\.$/);
  assert.match(said(key, links("ab")), /1 of the 2 links .*; what’s missing is the step from The b to The c\.$/);
  assert.match(said(key, links("ba", "cb")), /none of the 2 links .*; 2 of your arrows point the other way there\.$/);
  assert.match(said(keyOf({ ab: 1 }, "said"), links("ab")), /; one link has a different relation there\.$/);
  assert.match(said(keyOf({ ab: 1 }), links("ac")), /doesn’t have the link .*one of your links isn’t on it; what’s/);
});
