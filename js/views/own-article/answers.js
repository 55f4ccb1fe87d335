// @ts-check
/** Own-article mode, the answers: what is kept of the work, in the shapes of an answer file. */
import { nextTimestamp } from "../../store/answer-file.js";

/** @typedef {import("../../base/types.js").Desk} Desk */
/** @typedef {import("../../base/shapes.js").Entry} Entry */
/** @typedef {import("../../base/shapes.js").MarkedSpan} MarkedSpan */
/** @typedef {import("../../base/shapes.js").Response} Response */
/** @typedef {Record<string, string>} Values */
/** @typedef {{text: () => string, values: (id: string) => Values, spans: (id: string) => MarkedSpan[], mended: () => Values, checks: () => string[], entry: (id: string) => Entry|null, put: (id: string, response: Response, confidence?: number|null) => void}} OwnAnswers */

/**
 * What is kept of the work, in the shapes of an answer file.
 *
 * @param {Desk} desk
 * @returns {OwnAnswers}
 */
export function ownAnswers({ store }) {
  const entry = (/** @type {string} */ id) => (Object.hasOwn(store.entries(), id) ? store.entries()[id] : null);
  const response = (/** @type {string} */ id) => entry(id)?.response;
  return {
    entry,
    text() {
      const found = response("TEXT");
      return found?.kind === "written" ? found.text : "";
    },
    values(id) {
      const found = response(id);
      return found?.kind === "value"
        ? Object.fromEntries(Object.entries(found.values).map(([name, value]) => [name, String(value)]))
        : {};
    },
    spans(id) {
      const found = response(id);
      return found?.kind === "spans" ? found.spans : [];
    },
    mended() {
      const found = response("MEND");
      return found?.kind === "edit" ? found.texts : {};
    },
    checks() {
      const found = response("CHECKS");
      return found?.kind === "choice" ? found.chosen : [];
    },
    put(id, given, confidence = null) {
      store.put(id, {
        response: given,
        confidence,
        reason: "",
        at: nextTimestamp(entry(id)?.at),
        attempts: 1,
        hints: 0,
        checked: false,
      });
    },
  };
}
