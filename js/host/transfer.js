// @ts-check
/** How a lesson's answers go out as a file, and in: the same for the kernel's store and for the browser's. */
import { MOST_BYTES, fileName, makeAnswerFile, readAnswerFile, serialize } from "../answerfile.js";

/** @typedef {import("../types.js").AnswerFile} AnswerFile */
/** @typedef {import("../types.js").Entries} Entries */

/**
 * @param {{content: import("../types.js").Content, t: import("../types.js").Speak, alias: () => string, entries: () => Entries, takeIn: (file: AnswerFile) => string[]}} given
 *   `takeIn` merges the answers of a file and returns the ids that changed
 * @returns {import("../types.js").Transfer}
 */
export function transferOf({ content, t, alias, entries, takeIn }) {
  return {
    file: () => ({ name: fileName(content.lesson), text: serialize(makeAnswerFile(content, alias(), entries(), new Date().toISOString())) }),
    read(text) {
      const read = readAnswerFile(text, content);
      if ("refusal" in read) return { ok: false, text: t(read.refusal.key, read.refusal.params) };
      const changed = takeIn(read.file);
      return { ok: true, text: changed.length ? t("import.done", { count: changed.length }) : t("import.nothingNew") };
    },
    tooLarge: (bytes) => (bytes > MOST_BYTES ? t("import.tooLarge") : ""),
  };
}
