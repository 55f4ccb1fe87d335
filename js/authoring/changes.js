// @ts-check
/** What saving would change, file by file: removed and added lines in plain words. */
import { h } from "../base/dom.js";

/** @typedef {{file: string, rows: {sign: " "|"+"|"-", line: number, text: string}[]}} FileChanges */

/**
 * @param {import("../base/types.js").Translate} t
 * @param {FileChanges[]} files
 */
export function changesContent(t, files) {
  if (!files.length) return [h("p", {}, t("author.changes.none"))];
  return files.map(({ file, rows }) => {
    const count = (/** @type {string} */ sign) => rows.filter((row) => row.sign === sign).length;
    const lines = rows.map(({ sign, line, text }) => {
      const word = sign === "+" ? t("author.changes.added") : sign === "-" ? t("author.changes.removed") : "";
      const tone = sign === "+" ? "right" : sign === "-" ? "wrong" : null;
      return h(
        "tr",
        { "data-tone": tone },
        h("td", { class: "cd-author-line" }, String(line)),
        h("td", { class: "cd-author-sign" }, word),
        h("td", {}, h(sign === "+" ? "ins" : sign === "-" ? "del" : "span", { dir: "auto" }, text)),
      );
    });
    return h(
      "section",
      {},
      h("h4", {}, file),
      h("p", { class: "cd-hint" }, t("author.changes.count", { added: count("+"), removed: count("-") })),
      h(
        "table",
        { class: "cd-author-diff" },
        h(
          "thead",
          { class: "cd-sr" },
          h(
            "tr",
            {},
            h("th", { scope: "col" }, t("author.changes.line")),
            h("th", { scope: "col" }, t("author.changes.what")),
            h("th", { scope: "col" }, t("author.words")),
          ),
        ),
        h("tbody", {}, ...lines),
      ),
    );
  });
}
