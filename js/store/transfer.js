// @ts-check
/** How a lesson's answers go out as a file, and in: the same for the kernel's store and for the browser's. */
import { fileName, MOST_BYTES, makeAnswerFile, readAnswerFile, serialize } from "./answer-file.js";

/** @typedef {import("../base/shapes.js").AnswerFile} AnswerFile */
/** @typedef {import("../base/shapes.js").Entries} Entries */

/**
 * @param {{content: import("../base/contents.js").Common, t: import("../base/types.js").Translate, alias: () => string, entries: () => Entries, orders?: () => Record<string, string[]>, mergeFile: (file: AnswerFile) => string[]}} given
 *   `mergeFile` merges the answers of a file and returns the ids that changed
 * @returns {import("../base/types.js").Transfer}
 */
export function fileTransfer({ content, t, alias, entries, orders = () => ({}), mergeFile }) {
  return {
    file: () => ({
      name: fileName(content.lesson),
      text: serialize(makeAnswerFile(content, alias(), entries(), new Date().toISOString(), orders())),
    }),
    read(text) {
      const read = readAnswerFile(text, content);
      if ("refusal" in read) return { ok: false, text: t(read.refusal.key, read.refusal.params) };
      const changed = mergeFile(read.file);
      return { ok: true, text: changed.length ? t("import.done", { count: changed.length }) : t("import.nothingNew") };
    },
    tooLarge: (bytes) => (bytes > MOST_BYTES ? t("import.tooLarge") : ""),
  };
}
