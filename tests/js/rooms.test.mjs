/** The rooms of js/ and what they import; a JSDoc type that is imported counts like code. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as table from "../../js/kinds/table.js";
import { imports, kindOf, ROOMS, roomOf } from "./rooms.mjs";

const graph = imports();
const all = [...graph].flatMap(([from, others]) => others.map((to) => ({ from, to })));
const inJs = (path) => new URL(`../../js/${path}`, import.meta.url);

/** The files of a circle that a file is in, or nothing. */
function circle(path, way = [], done = new Set()) {
  if (way.includes(path)) return [...way.slice(way.indexOf(path)), path].join(" > ");
  if (done.has(path)) return "";
  for (const other of graph.get(path) ?? []) {
    const found = circle(other, [...way, path], done);
    if (found) return found;
  }
  done.add(path);
  return "";
}

test("each file stands in a room of the table, and begins where the table says", () => {
  const rooms = ROOMS.map(({ room }) => room);
  assert.ok(graph.size > 60, "few files were found");
  for (const path of graph.keys()) assert.ok(rooms.includes(roomOf(path)), path);
  for (const { begin } of ROOMS) assert.ok(graph.has(begin), begin);
});

test("no file imports upward: a room imports only rooms that the table allows", () => {
  const allowed = new Map(ROOMS.map(({ room, imports: others }) => [room, [room, ...others]]));
  const upward = all.filter(({ from, to }) => !allowed.get(roomOf(from)).includes(roomOf(to)));
  assert.deepEqual(upward, []);
});

test("the table of rooms allows only what is below", () => {
  for (const [place, { room, imports: others }] of ROOMS.entries()) {
    const below = ROOMS.slice(0, place).map((other) => other.room);
    assert.deepEqual(
      others.filter((other) => !below.includes(other)),
      [],
      room,
    );
  }
});

test("no circle: no file reaches itself by what it imports", () => {
  for (const path of graph.keys()) assert.equal(circle(path), "");
});

test("a file that is imported is there", () => {
  assert.deepEqual(
    all.filter(({ to }) => !existsSync(inJs(to))),
    [],
  );
});

test("a kind knows no other kind, and store and task know kinds by the table alone", () => {
  const strange = all.filter(({ from, to }) => {
    if (!kindOf(to) || kindOf(from) === kindOf(to)) return false;
    return !["views", "authoring"].includes(roomOf(from)) && from !== "kinds/table.js";
  });
  assert.deepEqual(strange, []);
});

test("a kind is a folder with its scoring and its view, and a line in the table", () => {
  const folders = readdirSync(inJs("kinds"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), Object.keys(table).sort());
  for (const kind of Object.keys(table)) {
    for (const file of ["scoring.js", "view.js"]) assert.ok(graph.has(`kinds/${kind}/${file}`), `${kind}/${file}`);
  }
});

test("a module says in its first lines what it is responsible for, and is shorter than 400 lines", () => {
  for (const path of graph.keys()) {
    const text = readFileSync(inJs(path), "utf8");
    assert.match(text, /^\/\/ @ts-check\n\/\*\*\s+(?:\*\s+)?[A-Z]/, path);
    assert.ok(text.split("\n").length < 400, path);
  }
});
