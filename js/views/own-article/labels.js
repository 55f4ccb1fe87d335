// @ts-check
/** Own-article mode, the labels: two layers of them, with the keys that set them. */

/** The two layers of labels, by the names of their answers. */
export const LAYERS = /** @type {const} */ (["WHO", "HOW"]);
/** @typedef {typeof LAYERS[number]} Layer */
/** As many as an answer file takes (model/spans.py). */
export const MOST_MARKS = 2000;

/**
 * What each layer is called and asks, and its labels with the keys that set them.
 *
 * @param {import("../../base/types.js").Translate} t
 * @returns {Record<Layer, {name: string, ask: string, labels: import("../../base/shapes.js").Label[]}>}
 */
export const layersOf = (t) => ({
  WHO: {
    name: t("own.layer.WHO"),
    ask: t("own.ask.WHO"),
    labels: [
      { id: "source", key: "s", text: t("own.label.source"), note: t("own.note.source") },
      { id: "cue", key: "c", text: t("own.label.cue"), note: t("own.note.cue") },
      { id: "content", key: "t", text: t("own.label.content"), note: t("own.note.content") },
    ],
  },
  HOW: {
    name: t("own.layer.HOW"),
    ask: t("own.ask.HOW"),
    labels: [
      { id: "loaded", key: "l", text: t("own.label.loaded"), note: t("own.note.loaded") },
      { id: "hedge", key: "h", text: t("own.label.hedge"), note: t("own.note.hedge") },
      { id: "presupposition", key: "p", text: t("own.label.presupposition"), note: t("own.note.presupposition") },
      { id: "agency", key: "a", text: t("own.label.agency"), note: t("own.note.agency") },
    ],
  },
});
