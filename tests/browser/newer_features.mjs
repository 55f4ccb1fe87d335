/**
 * Prints what a browser of some version lacks, as MDN's table of browsers knows it: `node newer_features.mjs chrome 110`.
 * `api` has paths such as ["Array", "toSorted"], the other lists have names of CSS.
 */
import { createRequire } from "node:module";

const data = createRequire(new URL("../../js/package.json", import.meta.url))("@mdn/browser-compat-data");
const [browser, version] = [process.argv[2], Number(process.argv[3])];

const first = (/** @type {any} */ added) =>
  typeof added === "string" && added !== "preview"
    ? Number.parseFloat(added.replace("≤", ""))
    : added === true
      ? 0
      : Infinity;

/** Whether the browser came without a feature; one that works in part, or only behind a switch or a prefix, it has. */
const isNewer = (/** @type {any} */ node) => {
  if (!node.__compat) return false;
  const statements = [node.__compat.support[browser] ?? []].flat();
  return Math.min(Infinity, ...statements.map(({ version_added }) => first(version_added))) > version;
};

const newer = (/** @type {any} */ group) => Object.keys(group).filter((name) => isNewer(group[name]));

/** @type {string[][]} */
const api = [];
for (const group of [data.javascript.builtins, data.javascript.builtins.Intl, data.api]) {
  const start = group === data.javascript.builtins.Intl ? ["Intl"] : [];
  for (const [name, members] of Object.entries(group)) {
    if (isNewer(members)) api.push([...start, name]);
    else for (const member of newer(members)) api.push([...start, name, member.replace(/_static$/, "")]);
  }
}
const types = Object.values(data.css.types).flatMap((group) => newer(group));
const css = {
  properties: newer(data.css.properties),
  functions: [...newer(data.css.types), ...types],
  rules: newer(data.css["at-rules"]),
  selectors: newer(data.css.selectors),
};
console.log(JSON.stringify({ api: api.filter((path) => !/_event$|^@@/.test(path.at(-1) ?? "")), ...css }));
