/** What pages load stays small: with choice items under 41 kB, packed (decision 21); on other people's sites under 75 kB (decision 64). */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

test("script and style that every page loads pack to less than 41 kB", async () => {
  const script = await readFile(new URL("../../src/copydesk/static/copydesk.js", import.meta.url));
  const packed = gzipSync(script, { level: 9 }).length;
  assert.ok(packed < 41_000, `${packed} bytes`);
});

test("the module for other people's sites packs to less than 75 kB, and has the texts that it asks for", async () => {
  const module = await readFile(new URL("../../src/copydesk/static/copydesk-tasks.mjs", import.meta.url), "utf8");
  const packed = gzipSync(module, { level: 9 }).length;
  assert.ok(packed < 75_000, `${packed} bytes`);
  const catalogue = JSON.parse(await readFile(new URL("../../src/copydesk/text/en.json", import.meta.url), "utf8"));
  const missing = Object.keys(catalogue.widget).filter(
    (key) => key.includes(".") && module.includes(`"${key}"`) && !module.includes(`"${key}":`),
  );
  assert.deepEqual(missing.sort(), ["receipt.file", "submission.kernelSilent"], "only a submission says these two");
});
