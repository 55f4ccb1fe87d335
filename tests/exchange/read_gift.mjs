// Reads GIFT files with gift-pegjs, and writes a JSON object of their questions by file name.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { parse } = createRequire(new URL("../../js/package.json", import.meta.url))("gift-pegjs");
const read = (/** @type {string} */ path) => [path, parse(readFileSync(path, "utf8"))];
process.stdout.write(JSON.stringify(Object.fromEntries(process.argv.slice(2).map(read))));
