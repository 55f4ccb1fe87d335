/**
 * Builds the browser's two scripts, ../src/copydesk/static/copydesk.js and copydesk-more.js, and the extension for
 * JupyterLab: the same bytes on every run. The second script takes what both use from the first.
 * With --check it writes nothing, and fails where a script is not what the sources make.
 */
import { readFile, writeFile } from "node:fs/promises";
import { basename, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
/** The name of a module in the table of what the scripts share. */
const named = (/** @type {string} */ path) => relative(here("."), path).replaceAll(sep, "/");
const FIRST = here("../src/copydesk/static/copydesk.js");
const SECOND = here("../src/copydesk/static/copydesk-more.js");
const LAB = here("../src/copydesk/lab/extension/share/labextensions/copydesk-lab/static/remoteEntry.js");
const OF_SECOND = /^(arrows|calendar|course|drawer|form|handIn|order|own|reading|receipt|reliability|verdict)\./;

/** Style sheets as minified text; of a text catalogue only the part that this script of the browser reads. */
const assets = (/** @type {boolean} */ second) => ({
  name: "assets",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, charset: "utf8" });
      return { contents: code.trim(), loader: "text" };
    });
    builder.onLoad({ filter: /[\\/]text[\\/][a-z]+\.json$/ }, async ({ path }) => {
      const texts = Object.entries(JSON.parse(await readFile(path, "utf8")).widget);
      const widget = Object.fromEntries(texts.filter(([key]) => OF_SECOND.test(key) === second));
      return { contents: JSON.stringify({ widget }), loader: "json" };
    });
  },
});

/**
 * The names that a module exports.
 *
 * @param {string} path
 */
async function exported(path) {
  const { metafile } = await build({ entryPoints: [path], bundle: false, format: "esm", outfile: "unused.js", write: false, metafile: true });
  return Object.values(metafile.outputs)[0].exports;
}

/**
 * A module that is in the first script is not packed a second time.
 *
 * @param {Set<string>} packed paths of the modules of the first script
 */
const sharing = (packed) => ({
  name: "sharing",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onResolve({ filter: /\.js$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (!importer || pluginData === sharing) return null;
      const found = await builder.resolve(path, { importer, resolveDir, kind, pluginData: sharing });
      return packed.has(found.path) ? { path: found.path, namespace: "shared" } : found;
    });
    builder.onLoad({ filter: /./, namespace: "shared" }, async ({ path }) => {
      const taken = (await exported(path)).map((name) => `export const ${name} = /* @__PURE__ */ CopyDesk.take("${named(path)} ${name}");`);
      return { contents: taken.join("\n") };
    });
  },
});

/** @returns {import("esbuild").BuildOptions & {write: false, metafile: true}} */
const options = (/** @type {string} */ outfile, /** @type {import("esbuild").Plugin[]} */ ...plugins) => ({
  absWorkingDir: here("."),
  outfile,
  write: false,
  bundle: true,
  format: "iife",
  metafile: true,
  target: ["chrome111", "firefox113", "safari16.4"],
  minify: true,
  charset: "utf8",
  legalComments: "inline",
  banner: { js: "/*! Copy Desk, browser side. MIT licence, see LICENSE. Made from js/ by `npm run build`. */" },
  plugins,
  logLevel: "warning",
});

/**
 * The first script.
 *
 * @param {string[][]} shared what the second script takes from it: modules and names
 */
const first = (shared) => {
  const imports = shared.map(([module, name], place) => `import { ${name} as shared${place} } from "./${module}";`);
  const lines = shared.map(([module, name], place) => `"${module} ${name}": shared${place}`);
  const contents = `${imports.join("\n")}\nexport * from "./main.js";\nconst shared = { ${lines.join(", ")} };\nexport const take = (name) => shared[name];\n`;
  return build({ ...options(FIRST, assets(false)), globalName: "CopyDesk", stdin: { contents, resolveDir: here(".") } });
};

const packed = new Set(Object.keys((await first([])).metafile.inputs).map((path) => here(path)));
const more = await build({ ...options(SECOND, sharing(packed), assets(true)), entryPoints: ["more.js"] });
const taken = [...more.outputFiles[0].text.matchAll(/\bCopyDesk\.take\("([^" ]+) ([^" ]+)"\)/g)].map(([, module, name]) => [module, name]);
const lab = await build({ ...options(LAB, assets(false)), entryPoints: ["lab/extension.js"] });
const made = [...(await first(taken)).outputFiles, ...more.outputFiles, ...lab.outputFiles];

for (const { path, contents, text } of made) {
  if (!process.argv.includes("--check")) {
    await writeFile(path, contents);
  } else if ((await readFile(path, "utf8").catch(() => "")) !== text) {
    console.error(`${basename(path)} is not what js/ makes. Run \`npm run build\` in js/ and commit the result.`);
    process.exitCode = 1;
  }
}
