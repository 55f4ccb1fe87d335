/** A new kind is its folder and one line in the table of kinds: a copy of js/ with the toy kind is built and checked. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const KIND = "true_or_not";
const root = mkdtempSync(join(tmpdir(), "copydesk-kind-"));
after(() => rmSync(root, { recursive: true }));

/** A copy of the browser's sources with one more kind. */
function copy() {
  const js = join(root, "js");
  cpSync(here("../../js"), js, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  symlinkSync(here("../../js/node_modules"), join(js, "node_modules"), "junction");
  for (const folder of ["schemas", "src/copydesk/text"]) {
    cpSync(here(`../../${folder}`), join(root, folder), { recursive: true });
  }
  for (const folder of ["static", "lab/extension/share/labextensions/copydesk-lab/static"]) {
    mkdirSync(join(root, "src/copydesk", folder), { recursive: true });
  }
  cpSync(here("toy-kind"), join(js, "kinds", KIND), { recursive: true });
  appendFileSync(join(js, "kinds/table.js"), `export * as ${KIND} from "./${KIND}/scoring.js";\n`);
  return js;
}

test("a kind that is a folder and a line in the table is scored, stored, typed and drawn", async () => {
  const js = copy();
  const run = (...command) => execFileSync(process.execPath, command, { cwd: js, encoding: "utf8" });
  run("build.mjs");
  run("node_modules/typescript/bin/tsc", "--project", "jsconfig.json");
  const { readEntry } = await import(pathToFileURL(join(js, "store/answer-file.js")));
  const { completionOf } = await import(pathToFileURL(join(js, "task/completion.js")));
  const { KINDS } = await import(pathToFileURL(join(js, "kinds/kinds.js")));
  const entry = { response: { kind: KIND, answer: true }, at: "2026-11-22T10:00:00.000Z" };
  assert.deepEqual(readEntry(entry)?.response, entry.response);
  assert.equal(readEntry({ ...entry, response: { kind: KIND, answer: "yes" } }), null);
  assert.equal(completionOf({ kind: KIND }, entry).state, "complete");
  assert.equal(KINDS[KIND].score({}, { kind: KIND, is_true: true }, entry.response).share, 1);
  const second = readFileSync(join(root, "src/copydesk/static/copydesk-more.js"), "utf8");
  assert.match(second, /true_or_not\.not_true/, "its view comes with the second script");
});
