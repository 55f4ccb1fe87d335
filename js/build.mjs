/**
 * Builds the browser's two scripts, ../src/copydesk/static/copydesk.js and copydesk-more.js, those of the book's search
 * page and of the frame of a SCORM package, the module with which other people's sites show tasks, and the extension for
 * JupyterLab: the same bytes on every run. What both scripts use is in the first; esbuild finds out what that is.
 * With --check it writes nothing, and fails where a script is not what the sources make.
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import * as KINDS from "./kinds/table.js";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const FIRST = here("../src/copydesk/static/copydesk.js");
const SECOND = here("../src/copydesk/static/copydesk-more.js");
const TASKS = here("../src/copydesk/static/copydesk-tasks.mjs");
const AUTHOR = here("../src/copydesk/static/copydesk-author.mjs");
const SCORM = here("../src/copydesk/static/copydesk-scorm.js");
const SEARCH = here("../src/copydesk/static/book-search.js");
const LAB = here("../src/copydesk/lab/extension/share/labextensions/copydesk-lab/static/remoteEntry.js");

/** The kinds whose views most pages have; the views of all others come with the second script. */
const ON_MOST_PAGES = ["choice", "sort", "spans"];
const ON_FEW_PAGES = Object.keys(KINDS).filter((kind) => !ON_MOST_PAGES.includes(kind));
/** Of these the first script has `answer.js` alone: how far an answer is. How it is scored comes with the second. */
const SCORED_ON_FEW_PAGES = ON_FEW_PAGES.filter((kind) => existsSync(here(`kinds/${kind}/answer.js`)));
/** The first words of the texts of all views that show no tasks. */
const TEXTS_OF_OTHER_VIEWS = [
  "calendar",
  "course",
  "finish",
  "form",
  "progress",
  "steps",
  "submission",
  "own",
  "reading",
  "receipt",
  "reliability",
];
/**
 * The first words of the texts that an entry brings which comes after the first script: those of its kinds and views.
 *
 * @type {Record<string, Set<string>>}
 */
const LATER_TEXTS = {
  "second-script.js": new Set([...ON_FEW_PAGES, ...TEXTS_OF_OTHER_VIEWS]),
  "tasks-module.js": new Set(ON_FEW_PAGES),
  "author-module.js": new Set(ON_FEW_PAGES),
};

/** @typedef {import("esbuild").PluginBuild} PluginBuild */

/** The oldest browsers that the pages are for; `book/publishing.md` names them. */
const target = ["chrome110", "firefox121", "safari15.4"];
/** What is for the eye alone, `content: "x" / ""`: browsers that do not know this notation take what stands before it. */
const SILENT = /content: ("[^"]*") \/ "";/g;

/** Style sheets as minified text. */
const styles = {
  name: "styles",
  setup(/** @type {PluginBuild} */ builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = (await readFile(path, "utf8")).replace(SILENT, "content: $1; $&");
      const { code } = await transform(css, { loader: "css", minify: true, charset: "utf8", target });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Of the text catalogue only what the browser reads: what no later script brings is in the first. */
const texts = {
  name: "texts",
  setup(/** @type {PluginBuild} */ builder) {
    builder.onResolve({ filter: /[\\/]text[\\/]en\.json$/ }, ({ importer }) => ({
      path: here("../src/copydesk/text/en.json"),
      namespace: "texts",
      suffix: `?${basename(importer)}`,
    }));
    builder.onLoad({ filter: /./, namespace: "texts" }, async ({ path, suffix }) => {
      const later = LATER_TEXTS[suffix.slice(1)];
      const isIn = (/** @type {string} */ subject) =>
        later ? later.has(subject) : !LATER_TEXTS["second-script.js"].has(subject);
      const catalogue = JSON.parse(await readFile(path, "utf8"));
      const all = Object.entries(catalogue.widget);
      const widget = Object.fromEntries(all.filter(([key]) => isIn(key.split(".")[0])));
      const own = suffix === "?author-module.js" ? { author: catalogue.author } : {};
      return { contents: JSON.stringify({ widget, ...own }), loader: "json" };
    });
  },
};

/** The views of the kinds that a script brings: an import of each `view.js`. */
const kindViews = {
  name: "kind-views",
  setup(/** @type {PluginBuild} */ builder) {
    builder.onResolve({ filter: /^kind-views\// }, ({ path }) => ({ path, namespace: "kind-views" }));
    builder.onLoad({ filter: /./, namespace: "kind-views" }, ({ path }) => {
      const kinds = path === "kind-views/first-script" ? ON_MOST_PAGES : ON_FEW_PAGES;
      const scored = kinds.filter((kind) => SCORED_ON_FEW_PAGES.includes(kind));
      const contents = [
        ...kinds.map((kind) => `import * as ${kind} from "./kinds/${kind}/view.js";`),
        ...scored.map((kind) => `import * as ${kind}_scoring from "./kinds/${kind}/scoring.js";`),
        `export const KIND_VIEWS = { ${kinds.join(", ")} };`,
        `export const KIND_SCORINGS = { ${scored.map((kind) => `${kind}: ${kind}_scoring`).join(", ")} };`,
      ].join("\n");
      return { contents, resolveDir: here(".") };
    });
    builder.onResolve({ filter: /^\.\/\w+\/scoring\.js$/ }, ({ path, importer }) => {
      const kind = path.split("/")[1];
      const isLight = importer === here("kinds/table.js") && SCORED_ON_FEW_PAGES.includes(kind);
      return isLight ? { path: here(`kinds/${kind}/answer.js`) } : undefined;
    });
  },
};

/** @type {import("esbuild").BuildOptions & {write: false}} */
const SHARED = {
  absWorkingDir: here("."),
  write: false,
  bundle: true,
  target,
  minify: true,
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
};

const LICENCE = "/*! Copy Desk, browser side. MIT licence, see LICENSE. Made from js/ by `npm run build`. */";
const LIBRARY = "/*! With MiniSearch. Copyright 2022 Luca Ongaro, MIT licence, the same words as in LICENSE. */";
/** Has browsers that know it compile all of a script while it comes in, beside the page, and not bit by bit in it. */
const COMPILED_AT_ONCE = "//# allFunctionsCalledOnLoad";

/** @type {import("esbuild").BuildOptions & {write: false}} */
const SCRIPT = { ...SHARED, format: "iife", banner: { js: LICENCE } };

/**
 * Both scripts as modules, and what both use as a third. They are joined again below: a page may be a file of its
 * reader's disk, and such a page loads classic scripts only.
 */
const split = await build({
  ...SHARED,
  entryPoints: { first: "main.js", second: "second-script.js" },
  chunkNames: "both",
  outdir: here("unused"),
  minify: false, // names stay, so that a second script still fits a first one that a browser kept from last week
  metafile: true,
  splitting: true,
  format: "esm",
  plugins: [styles, texts, kindViews],
});
/** @type {Record<string, string>} */
const modules = Object.fromEntries(split.outputFiles.map(({ path, text }) => [`./${basename(path)}`, text]));
const names = split.metafile.outputs["unused/both.js"].exports;
/** What both scripts use, as the second finds it when the first has run. */
const fromFirst = names.map((name) => `export const ${name} = CopyDesk.both.${name};`).join("\n");

/** @param {Record<string, string>} sources */
const inMemory = (sources) => ({
  name: "in-memory",
  setup(/** @type {PluginBuild} */ builder) {
    builder.onResolve({ filter: /^\.\/\w+\.js$/ }, ({ path }) => ({ path, namespace: "in-memory" }));
    builder.onLoad({ filter: /./, namespace: "in-memory" }, ({ path }) => ({ contents: sources[path] }));
  },
});

const ENTRY = { contents: 'export * from "./first.js"; export * as both from "./both.js";', resolveDir: here(".") };
const first = await build({
  ...SCRIPT,
  banner: { js: `${COMPILED_AT_ONCE}\n${LICENCE}` },
  outfile: FIRST,
  stdin: ENTRY,
  globalName: "CopyDesk",
  plugins: [inMemory(modules)],
});
const second = await build({
  ...SCRIPT,
  outfile: SECOND,
  entryPoints: ["./second.js"],
  plugins: [inMemory({ ...modules, "./both.js": fromFirst })],
});
const scorm = await build({ ...SCRIPT, outfile: SCORM, entryPoints: ["scorm/shell.js"], plugins: [styles] });
const tasks = await build({
  ...SHARED,
  banner: { js: LICENCE },
  format: "esm",
  outfile: TASKS,
  entryPoints: ["tasks-module.js"],
  plugins: [styles, texts, kindViews],
});
const author = await build({
  ...SHARED,
  banner: { js: LICENCE },
  format: "esm",
  outfile: AUTHOR,
  entryPoints: ["author-module.js"],
  plugins: [styles, texts, kindViews],
});
const lab = await build({ ...SCRIPT, outfile: LAB, entryPoints: ["lab/extension.js"], plugins: [styles] });
const search = await build({
  ...SCRIPT,
  banner: { js: `${LICENCE}\n${LIBRARY}` },
  outfile: SEARCH,
  entryPoints: ["search/page.js"],
});

const outputs = [first, second, search, scorm, tasks, author, lab].flatMap(({ outputFiles }) => outputFiles);
for (const { path, contents, text } of outputs) {
  if (!process.argv.includes("--check")) {
    await writeFile(path, contents);
  } else if ((await readFile(path, "utf8").catch(() => "")) !== text) {
    console.error(`${basename(path)} is not what js/ makes. Run \`npm run build\` in js/ and commit the result.`);
    process.exitCode = 1;
  }
}
