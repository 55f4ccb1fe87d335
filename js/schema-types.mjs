/**
 * Makes base/schema-types.d.ts of the JSON Schemas of views, with their tasks and keys, and of answers, which Python
 * makes of its models: so both sides mean the same shapes. With --check it writes nothing, and fails where the file is
 * not what they make.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const SCHEMAS = ["views-1", "answers-1"];
const TYPES = here("base/schema-types.d.ts");
const BANNER =
  "/** Made from schemas/ by `npm run types`: do not edit. Python writes every field, also one that has a default. */";

/**
 * A part of a schema with what a type says of it: no title (each would become a type), no number of entries.
 *
 * @param {any} part
 * @returns {any}
 */
function simplified(part) {
  if (Array.isArray(part)) return part.map(simplified);
  if (typeof part !== "object" || part === null) return part;
  const { title, description, default: _, minItems, maxItems, discriminator, ...rest } = part;
  const inside = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, simplified(value)]));
  if (part.prefixItems) return { type: "array", items: inside.prefixItems, minItems, maxItems };
  return part.properties ? { ...inside, properties: properties(part) } : inside;
}

/** @param {{properties: Record<string, any>}} part */
const properties = (part) =>
  Object.fromEntries(Object.entries(part.properties).map(([name, value]) => [name, simplified(value)]));

/**
 * The definitions of a schema. Answers are read by a schema in which a field may be left out; Python leaves none out.
 *
 * @param {string} name
 */
async function definitions(name) {
  const { $defs, ...whole } = JSON.parse(await readFile(here(`../schemas/${name}.schema.json`), "utf8"));
  const all = { ...$defs, [whole.title]: whole };
  return Object.entries(all).map(([title, part]) => {
    const type = simplified(part);
    const everyField = name === "answers-1" && part.properties;
    return [title, everyField ? { ...type, required: Object.keys(part.properties) } : type];
  });
}

const $defs = Object.fromEntries((await Promise.all(SCHEMAS.map(definitions))).flat());
const made = await compile({ $defs, additionalProperties: false, type: "object" }, "Nothing", {
  additionalProperties: false,
  bannerComment: BANNER,
  unreachableDefinitions: true,
  style: { printWidth: 120 },
});
/** Without what the library says of each type: where in the schema it is. */
const text = made
  .replace(/^ *\/\*\*\n(?: *\*.*\n)*? *\* This interface was referenced by[\s\S]*?\*\/\n/gm, "")
  .replace(/^export interface Nothing {}\n/m, "");
if (!process.argv.includes("--check")) {
  await writeFile(TYPES, text);
} else if ((await readFile(TYPES, "utf8").catch(() => "")) !== text) {
  console.error("base/schema-types.d.ts is not what schemas/ make. Run `npm run types` in js/ and commit the result.");
  process.exitCode = 1;
}
