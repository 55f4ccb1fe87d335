/** The rooms of js/: `node tests/js/rooms.mjs` prints them as a table, and counts the arrows between them. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { pathToFileURL } from "node:url";

const folder = new URL("../../js/", import.meta.url);
const IMPORT = /(?:\bfrom |\bimport |\bimport\()"([^"]+)"/g;

/** From the bottom to the top. A room imports only rooms that are named here. */
export const ROOMS = [
  {
    room: "base",
    purpose: "elements, texts, style sheet, formulas, and the shapes that Python sends",
    imports: [],
    begin: "base/dom.js",
  },
  {
    room: "kinds",
    purpose: "one folder a kind of task: how it is scored (`scoring.js`) and drawn (`view.js`); one line in `table.js`",
    imports: ["base"],
    begin: "kinds/choice/scoring.js",
  },
  {
    room: "store",
    purpose: "where answers live: the kernel or this browser; and the answer file, in and out",
    imports: ["base", "kinds"],
    begin: "store/answer-file.js",
  },
  {
    room: "task",
    purpose: "one task, from answering to checking and back, and the desk on which tasks stand",
    imports: ["base", "kinds", "store"],
    begin: "task/item.js",
  },
  {
    room: "views",
    purpose: "what is no task: steps, progress, end, submission, reading, baseline, own article, calendar, course",
    imports: ["base", "kinds", "store", "task"],
    begin: "views/progress.js",
  },
  {
    room: "authoring",
    purpose: "the page on which a course is written: a form for each kind of task, and the task beside it",
    imports: ["base", "kinds", "store", "task"],
    begin: "authoring/page.js",
  },
  {
    room: "scripts",
    purpose:
      "the scripts of a page, `main.js` and `second-script.js`, and the modules `tasks-module.js` and `author-module.js`: they register kinds and views",
    imports: ["base", "kinds", "store", "task", "views", "authoring"],
    begin: "main.js",
  },
  {
    room: "scorm",
    purpose: "the frame of a SCORM package: the session with a learning platform",
    imports: ["base"],
    begin: "scorm/session.js",
  },
  {
    room: "search",
    purpose: "the book's search page: which pages fit some words, and what is shown of them",
    imports: [],
    begin: "search/search.js",
  },
  {
    room: "lab",
    purpose: "the extension for JupyterLab: notebooks that run by themselves, with their code folded",
    imports: ["base", "store"],
    begin: "lab/plugin.js",
  },
];

/** @param {string} path below js/ */
export const roomOf = (path) => (path.includes("/") ? path.split("/")[0] : "scripts");

/** @param {string} path @returns the kind in whose folder a file is, or nothing */
export const kindOf = (path) => /^kinds\/([^/]+)\//.exec(path)?.[1] ?? "";

/** What each file imports, for its types too: paths below js/. A script's kind views are put in by the build. */
export function imports() {
  const paths = readdirSync(folder, { recursive: true }).map((path) => path.replaceAll("\\", "/"));
  const files = paths.filter((path) => path.endsWith(".js") && !path.startsWith("node_modules/")).sort();
  return new Map(files.map((path) => [path, importsOf(path)]));
}

/** @param {string} path */
function importsOf(path) {
  const text = readFileSync(new URL(path, folder), "utf8");
  const named = [...text.matchAll(IMPORT)].map(([, name]) => name);
  const own = named.filter((name) => name.startsWith(".")).map((name) => posix.join(posix.dirname(path), name));
  const below = own.filter((name) => !name.startsWith("../"));
  return named.some((name) => name.startsWith("kind-views/")) ? [...below, "kinds/table.js"] : below;
}

/** The arrows between rooms, each once. */
export function arrows() {
  const all = [...imports()].flatMap(([path, others]) => others.map((other) => [roomOf(path), roomOf(other)]));
  return [...new Set(all.filter(([from, to]) => from !== to).map((ends) => ends.join(" to ")))].sort();
}

/** The rooms as a table in Markdown. */
export function table() {
  const rows = ROOMS.map(({ room, purpose, imports: others, begin }) => {
    const name =
      room === "scripts"
        ? "`js/main.js`, `js/second-script.js`, `js/tasks-module.js`, `js/author-module.js`"
        : `\`js/${room}/\``;
    const allowed = others.map((other) => `\`${other}\``).join(", ") || "nothing";
    return `| ${name} | ${purpose} | ${allowed} | \`js/${begin}\` |`;
  });
  return ["| Room | What it is for | What it may import | Begin with |", "|---|---|---|---|", ...rows].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.log(table());
  console.log(`\n${arrows().length} arrows between rooms:\n${arrows().join("\n")}`);
}
