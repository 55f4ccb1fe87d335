/** A theme for MyST: each page is a shell with what MyST made of the page; page.js, built beside it, draws that. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const { CONTENT_CDN_PORT, PORT } = process.env;
const shell = await readFile(new URL("shell.html", import.meta.url), "utf8");

/** MyST puts what a page names, our module for one, where a finished site has its files: it looks for this name. */
const withFiles = (text) => text.replace(/"esm":"\//g, '"esm":"/myst_assets_folder/');

createServer(async ({ url }, response) => {
  const [slug, ending] = url.slice(1).split(".");
  const answer = await fetch(`http://localhost:${CONTENT_CDN_PORT}/content/${slug || "index"}.json`);
  const content = answer.ok && ["json", undefined].includes(ending) ? withFiles(await answer.text()) : "";
  const isPage = content && !ending;
  response.setHeader("Content-Type", isPage ? "text/html" : "application/json");
  response.end(isPage ? shell.replace("CONTENT", () => content.replaceAll("<", "\\u003c")) : content);
}).listen(PORT, () => console.log(`http://localhost:${PORT}`));
