// @ts-check
/** Own-article mode, a text of the learner's own in the hands of a kind: a task without a question or a key. */
import { uidMaker } from "../../base/dom.js";

/** @typedef {import("../../base/types.js").Desk} Desk */

/**
 * What every kind is told of a task, where there is none but the text.
 *
 * @template {string} Kind
 * @param {{id: string, kind: Kind}} named
 * @param {{id: string, text: string}[]} pieces of the text
 */
export const taskOf = (named, pieces) => ({
  ...named,
  title: "",
  prompt: "",
  context: "",
  confidence: false,
  reasons: [],
  points: 0,
  passages: pieces.map(({ id, text }) => ({ id, text, start: null, source: null, note: "" })),
});

/**
 * What every kind is given besides its task and what becomes of an answer.
 *
 * @param {Desk} desk
 * @param {(name: string) => string} uid of the section around it
 */
export const hostOf = ({ content, t, say, seed }, uid) => ({
  t,
  uid: uidMaker(),
  language: content.language,
  keyedBy: "",
  seed,
  headingId: uid("heading"),
  promptId: uid("prompt"),
  say,
});
