/** What every page of choice items loads stays under 40 kB, packed (decision 21). */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

test("script and style that every page loads pack to less than 40 kB", async () => {
  const script = await readFile(new URL("../../src/copydesk/static/copydesk.js", import.meta.url));
  const packed = gzipSync(script, { level: 9 }).length;
  assert.ok(packed < 40_000, `${packed} bytes`);
});
