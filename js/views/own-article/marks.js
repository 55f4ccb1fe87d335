// @ts-check
/** Own-article mode, the marks: the sentences with one layer of labels at a time. */
import { h, setText, uidMaker } from "../../base/dom.js";
import { around } from "../../base/text.js";
import * as spansView from "../../kinds/spans/view.js";
import { LAYERS, layersOf, MOST_MARKS } from "./labels.js";
import { section } from "./section.js";
import { hostOf, taskOf } from "./task.js";
import { tokensOf, toSentences, toWhole } from "./text.js";

/** @typedef {import("../../base/types.js").Desk} Desk */
/** @typedef {import("./text.js").Sentence} Sentence */
/** @typedef {import("./answers.js").OwnAnswers} OwnAnswers */
/** @typedef {import("./labels.js").Layer} Layer */

/**
 * The sentences with one layer of labels at a time.
 *
 * @param {Desk} desk
 * @param {OwnAnswers} answers
 * @param {string} text
 * @param {Sentence[]} sentences
 * @param {() => void} changed
 */
export function marksPart(desk, answers, text, sentences, changed) {
  const { t, signal } = desk;
  const uid = uidMaker();
  const layers = layersOf(t);
  /** @type {Layer} */
  let layer = "WHO";
  let inner = new AbortController();
  signal.addEventListener("abort", () => inner.abort());
  /** @type {import("../../base/types.js").Part<import("../../base/shapes.js").SpansResponse>|undefined} */
  let part;
  const place = h("div", {});
  const prompt = h("p", { class: "cd-prompt", id: uid("prompt") });
  const tokens = Object.fromEntries(sentences.map((sentence) => [sentence.id, tokensOf(sentence.text)]));
  const radios = LAYERS.map((name) =>
    h("input", { type: "radio", class: "cd-tick", name: uid("layer"), value: name, checked: name === layer }),
  );
  const choose = h(
    "fieldset",
    { class: "cd-plain-fieldset" },
    h("legend", { class: "cd-legend" }, t("own.layer")),
    h(
      "div",
      { class: "cd-pills" },
      ...radios.map((input) =>
        h("label", { class: "cd-pill" }, input, h("span", {}, layers[/** @type {Layer} */ (input.value)].name)),
      ),
    ),
  );
  const title = answers.values("ABOUT").title || t("own.untitled");
  const element = section(
    uid("heading"),
    around((slot) => t("own.mark", { title: slot }), title),
    prompt,
    "Segmenter" in Intl ? null : h("p", { class: "cd-hint" }, t("own.noSentences")),
    choose,
    place,
  );

  function show() {
    const spans = toSentences(text, sentences, answers.spans(layer));
    part?.show({ kind: "spans", spans, clean: [] }, false);
  }

  function draw() {
    inner.abort();
    inner = new AbortController();
    const { ask, labels } = layers[layer];
    setText(prompt, ask);
    part = spansView.render({
      ...hostOf(desk, uid),
      task: { ...taskOf({ id: layer, kind: "spans" }, sentences), labels, tokens },
      signal: inner.signal,
      change(response) {
        answers.put(layer, {
          kind: "spans",
          spans: toWhole(sentences, response.spans).slice(0, MOST_MARKS),
          clean: [],
        });
        changed();
      },
      flush: () => undefined,
    });
    place.replaceChildren(part.element);
    show();
  }

  choose.addEventListener(
    "change",
    () => {
      layer = /** @type {Layer} */ (radios.find((input) => input.checked)?.value ?? layer);
      draw();
    },
    { signal },
  );
  draw();
  return { element, show };
}
