/**
 * Builds the one browser bundle, ../src/copydesk/static/copydesk.js: the same bytes on every run.
 * With --check it writes nothing, and fails where the bundle is not what the sources make.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** Style sheets as minified text; of a text catalogue only the part that the browser reads. */
const assets = {
  name: "assets",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, charset: "utf8" });
      return { contents: code.trim(), loader: "text" };
    });
    builder.onLoad({ filter: /[\\/]text[\\/][a-z]+\.json$/ }, async ({ path }) => {
      const { widget } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ widget }), loader: "json" };
    });
  },
};

const bundle = here("../src/copydesk/static/copydesk.js");
const { outputFiles } = await build({
  absWorkingDir: here("."),
  entryPoints: ["main.js"],
  outfile: bundle,
  write: false,
  bundle: true,
  format: "iife",
  globalName: "CopyDesk",
  target: ["chrome111", "firefox113", "safari16.4"],
  minify: true,
  charset: "utf8",
  legalComments: "inline",
  banner: { js: "/*! Copy Desk, browser side. MIT licence, see LICENSE. Made from js/ by `npm run build`. */" },
  plugins: [assets],
  logLevel: "warning",
});

if (!process.argv.includes("--check")) {
  await writeFile(bundle, outputFiles[0].contents);
} else if ((await readFile(bundle, "utf8").catch(() => "")) !== outputFiles[0].text) {
  console.error("src/copydesk/static/copydesk.js is not what js/ makes. Run `npm run build` in js/ and commit the result.");
  process.exitCode = 1;
}
