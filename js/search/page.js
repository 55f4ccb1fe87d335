// @ts-check
/** The search page of the book: shows what fits the words in its address. The index is a script, so file:// does. */
import { searchIn } from "./search.js";

/** @param {import("./search.js").BookPage[]} pages */
function show(pages) {
  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  const field = /** @type {HTMLInputElement|null} */ (document.querySelector("#search-words"));
  const status = /** @type {HTMLElement|null} */ (document.querySelector("#search-status"));
  const list = document.querySelector("#search-results");
  if (!query || !field || !status || !list) return;
  field.value = query;
  const found = searchIn(pages)(query);
  const said = found.length > 1 ? status.dataset.many : found.length ? status.dataset.one : status.dataset.none;
  status.textContent = (said ?? "").replace("{count}", String(found.length)).replace("{words}", () => query);
  list.replaceChildren(...found.map(item));
}

/** @param {import("./search.js").Found} found */
function item({ address, title, heading, excerpt }) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = heading ? `${title}: ${heading}` : title;
  const words = document.createElement("p");
  words.append(
    ...excerpt.map(({ text, isFound }) => {
      const piece = document.createElement(isFound ? "mark" : "span");
      piece.textContent = text;
      return piece;
    }),
  );
  const row = document.createElement("li");
  row.append(link, words);
  return row;
}

// @ts-expect-error: search-index.js, which the build writes, comes before this script
show(globalThis.copydeskPages ?? []);
