// @ts-check
/** Own-article mode: any text, marked with the course's labels, with one verdict, a self-check, and files to keep. */
import { cleanAlias, fileName, later } from "../answerfile.js";
import { h, setText, uidMaker } from "../dom.js";
import { saveAsFile } from "../host/page.js";
import { SUPPORTS } from "../kinds/verdict.js";
import { supportTexts } from "../kinds/verdict-view.js";
import * as spansView from "../kinds/spans-view.js";
import { statusLine } from "../status.js";
import style from "../styles/own.css";
import { percentIn } from "../text.js";
import { annotations, claimReview, freshName } from "./own-export.js";
import { intake } from "./own-intake.js";
import { sentencesOf, toSentences, toWhole, tokensOf } from "./own-text.js";
import { verdictForm } from "./own-verdict.js";

export { style };

/** @typedef {import("../types.js").Entry} Entry */
/** @typedef {import("../types.js").MarkedSpan} MarkedSpan */
/** @typedef {import("../types.js").Response} Response */
/** @typedef {import("../types.js").Support} Support */
/** @typedef {import("../view.js").Desk} Desk */
/** @typedef {import("./own-text.js").Sentence} Sentence */
/** @typedef {Record<string, string>} Values */
/** @typedef {{text: () => string, values: (id: string) => Values, spans: (id: string) => MarkedSpan[], checks: () => string[], entry: (id: string) => Entry|null, put: (id: string, response: Response, confidence?: number|null) => void}} Keeper */

/** The two layers of labels, by the names of their answers. */
const LAYERS = /** @type {const} */ (["WHO", "HOW"]);
/** @typedef {typeof LAYERS[number]} Layer */
/** As many as an answer file takes (model/spans.py). */
const MOST_MARKS = 2000;

/**
 * What each layer is called and asks, and its labels with the keys that set them.
 *
 * @param {import("../types.js").Speak} t
 * @returns {Record<Layer, {name: string, ask: string, labels: import("../types.js").Label[]}>}
 */
const layersOf = (t) => ({
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

/** @param {Desk} desk */
export function render(desk) {
  const { content, store, signal } = desk;
  const uid = uidMaker();
  const keep = keeper(desk);
  const status = statusLine(desk);
  const body = h("div", { class: "cd-own" });
  let inner = new AbortController();
  let isChanging = false;
  let shown = "";
  /** @type {(changed: string[]) => void} */
  let refresh = () => undefined;
  signal.addEventListener("abort", () => inner.abort());

  /** Draw anew: only where another text is to be seen, so that the focus stays where it is. */
  function draw() {
    inner.abort();
    inner = new AbortController();
    shown = keep.text();
    const part = { ...desk, signal: inner.signal };
    if (shown && !isChanging) {
      const work = workplace(part, keep, () => change(true));
      refresh = work.refresh;
      body.replaceChildren(...work.elements);
      return;
    }
    refresh = () => undefined;
    const old = { text: shown, title: keep.values("ABOUT").title ?? "", marks: LAYERS.reduce((sum, name) => sum + keep.spans(name).length, 0) };
    body.replaceChildren(intake(part, old, { take, cancel: () => change(false) }));
  }

  /** @param {boolean} asked whether another text is asked for */
  function change(asked) {
    isChanging = asked;
    draw();
    focusFirst();
  }

  /**
   * @param {string} text
   * @param {string} title
   */
  function take(text, title) {
    isChanging = false;
    if (text !== keep.text()) {
      for (const name of LAYERS) if (keep.entry(name)) keep.put(name, { kind: "spans", spans: [], clean: [] });
      if (keep.entry("VERDICT")) keep.put("VERDICT", { kind: "value", values: {} }, null);
      if (keep.entry("CHECKS")) keep.put("CHECKS", { kind: "choice", chosen: [] });
      keep.put("ABOUT", { kind: "value", values: { ...keep.values("ABOUT"), id: freshName(), title } });
      keep.put("TEXT", { kind: "written", text });
    } else keep.put("ABOUT", { kind: "value", values: { ...keep.values("ABOUT"), title } });
    draw();
    focusFirst();
  }

  function focusFirst() {
    /** @type {HTMLElement|null} */ (body.querySelector(".cd-heading"))?.focus();
  }

  store.listen((changed) => {
    status.update();
    if (keep.text() !== shown && !isChanging) draw();
    else refresh(changed);
  }, signal);
  status.update();
  draw();
  return h(
    "div",
    { class: "cd-desk cd-desk-one", role: "group", "aria-labelledby": uid("title") },
    h("div", { class: "cd-head" }, h("div", { class: "cd-head-line" }, h("p", { class: "cd-kicker", id: uid("title") }, content.title), status.element)),
    body,
  );
}

/**
 * What is kept of the work, in the shapes of an answer file.
 *
 * @param {Desk} desk
 * @returns {Keeper}
 */
function keeper({ store }) {
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
      return found?.kind === "value" ? Object.fromEntries(Object.entries(found.values).map(([name, value]) => [name, String(value)])) : {};
    },
    spans(id) {
      const found = response(id);
      return found?.kind === "spans" ? found.spans : [];
    },
    checks() {
      const found = response("CHECKS");
      return found?.kind === "choice" ? found.chosen : [];
    },
    put(id, given, confidence = null) {
      store.put(id, { response: given, confidence, reason: "", at: later(entry(id)?.at), attempts: 1, hints: 0, checked: false });
    },
  };
}

/**
 * The text with its marks, the verdict, the self-check and the files.
 *
 * @param {Desk} desk
 * @param {Keeper} keep
 * @param {() => void} change ask for another text
 * @returns {{elements: HTMLElement[], refresh: (changed: string[]) => void}}
 */
function workplace(desk, keep, change) {
  const { content, t, signal } = desk;
  const text = keep.text();
  const sentences = sentencesOf(text, content.language);
  const marked = () => LAYERS.flatMap((name) => toSentences(text, sentences, keep.spans(name)));
  const marks = marksPart(desk, keep, text, sentences, () => verdict.offer(marked()));
  const verdict = verdictForm(desk, keep, sentences);
  const checks = checksPart(desk, keep);
  const files = filesPart(desk, keep, text, sentences);
  const other = h("button", { type: "button", class: "cd-button cd-small" }, t("own.other"));
  other.addEventListener("click", change, { signal });
  verdict.offer(marked());
  marks.element.append(h("div", { class: "cd-actions" }, other));
  return {
    elements: [marks.element, verdict.element, checks.element, files.element],
    refresh(changed) {
      if (LAYERS.some((name) => changed.includes(name))) {
        marks.show();
        verdict.offer(marked());
      }
      if (changed.includes("VERDICT")) verdict.show();
      if (changed.includes("CHECKS")) checks.show();
      if (changed.includes("ABOUT")) files.show();
    },
  };
}

/**
 * A part of the page with a heading that can have the focus.
 *
 * @param {string} id of the heading
 * @param {string} title
 * @param {...import("../dom.js").Child} children
 */
function section(id, title, ...children) {
  return h("div", { class: "cd-item", role: "group", "aria-labelledby": id }, h("h3", { class: "cd-heading", id, tabindex: -1 }, title), ...children);
}

/**
 * The sentences with one layer of labels at a time.
 *
 * @param {Desk} desk
 * @param {Keeper} keep
 * @param {string} text
 * @param {Sentence[]} sentences
 * @param {() => void} changed
 */
function marksPart({ content, t, signal, say, seed }, keep, text, sentences, changed) {
  const uid = uidMaker();
  const layers = layersOf(t);
  /** @type {Layer} */
  let layer = "WHO";
  let inner = new AbortController();
  signal.addEventListener("abort", () => inner.abort());
  /** @type {import("../types.js").Part<import("../types.js").SpansResponse>|undefined} */
  let part;
  const place = h("div", {});
  const prompt = h("p", { class: "cd-prompt", id: uid("prompt") });
  const tokens = Object.fromEntries(sentences.map((sentence) => [sentence.id, tokensOf(sentence.text)]));
  const radios = LAYERS.map((name) => h("input", { type: "radio", class: "cd-tick", name: uid("layer"), value: name, checked: name === layer }));
  const choose = h(
    "fieldset",
    { class: "cd-plain-fieldset" },
    h("legend", { class: "cd-legend" }, t("own.layer")),
    h("div", { class: "cd-pills" }, ...radios.map((input) => h("label", { class: "cd-pill" }, input, h("span", {}, layers[/** @type {Layer} */ (input.value)].name)))),
  );
  const title = keep.values("ABOUT").title || t("own.untitled");
  const element = section(uid("heading"), t("own.mark", { title }), prompt, "Segmenter" in Intl ? null : h("p", { class: "cd-hint" }, t("own.noSentences")), choose, place);

  function show() {
    const spans = toSentences(text, sentences, keep.spans(layer));
    part?.show({ kind: "spans", spans, clean: [] }, false);
  }

  function draw() {
    inner.abort();
    inner = new AbortController();
    const { ask, labels } = layers[layer];
    setText(prompt, ask);
    part = spansView.render({
      task: { id: layer, kind: "spans", title: "", prompt: "", context: "", confidence: false, reasons: [], points: 0, passages: sentences.map(({ id, text: own }) => ({ id, text: own, start: null, source: null, note: "" })), labels, tokens },
      t,
      uid: uidMaker(),
      language: content.language,
      keyedBy: "",
      seed,
      headingId: uid("heading"),
      promptId: uid("prompt"),
      signal: inner.signal,
      change(response) {
        keep.put(layer, { kind: "spans", spans: toWhole(sentences, response.spans).slice(0, MOST_MARKS), clean: [] });
        changed();
      },
      flush: () => undefined,
      say,
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

/**
 * Questions to oneself; nobody grades them.
 *
 * @param {Desk} desk
 * @param {Keeper} keep
 */
function checksPart({ t, signal }, keep) {
  const uid = uidMaker();
  const questions = [t("own.check.1"), t("own.check.2"), t("own.check.3"), t("own.check.4"), t("own.check.5"), t("own.check.6"), t("own.check.7"), t("own.check.8")];
  const boxes = questions.map((_, place) => h("input", { type: "checkbox", class: "cd-tick", value: place + 1 }));
  const list = h("fieldset", { class: "cd-plain-fieldset", "aria-labelledby": uid("heading") }, h("div", { class: "cd-options" }, ...boxes.map((box, place) => h("div", { class: "cd-option" }, h("label", { class: "cd-option-label" }, box, h("span", { class: "cd-option-text" }, questions[place]))))));
  const element = section(uid("heading"), t("own.checks"), h("p", { class: "cd-prompt" }, t("own.checksNote")), list);
  const show = () => {
    const chosen = keep.checks();
    for (const box of boxes) box.checked = chosen.includes(box.value);
  };
  list.addEventListener("change", () => keep.put("CHECKS", { kind: "choice", chosen: boxes.filter((box) => box.checked).map((box) => box.value) }), { signal });
  show();
  return { element, show };
}

/**
 * The files for other programs.
 *
 * @param {Desk} desk
 * @param {Keeper} keep
 * @param {string} text
 * @param {Sentence[]} sentences
 */
function filesPart({ content, t, signal, say }, keep, text, sentences) {
  const uid = uidMaker();
  const alias = h("input", { class: "cd-input", id: uid("alias"), type: "text", maxlength: 80, autocomplete: "off", "aria-describedby": uid("alias-hint") });
  const said = h("p", { class: "cd-bar-said" });
  const marks = h("button", { type: "button", class: "cd-button" }, t("own.saveMarks"));
  const verdict = h("button", { type: "button", class: "cd-button" }, t("own.saveVerdict"));
  const element = section(
    uid("heading"),
    t("own.files"),
    h("p", { class: "cd-prompt" }, t("own.filesNote")),
    h("label", { class: "cd-label", for: alias.id }, t("own.alias")),
    h("p", { class: "cd-hint", id: uid("alias-hint") }, t("own.aliasHint")),
    alias,
    h("div", { class: "cd-actions" }, marks, verdict),
    said,
  );
  const show = () => {
    const known = keep.values("ABOUT").alias ?? "";
    if (cleanAlias(alias.value) !== known) alias.value = known;
  };
  const tell = (/** @type {string} */ words, /** @type {boolean} */ ok) => {
    setText(said, words);
    said.dataset.ok = String(ok);
    say(words);
  };
  const about = () => {
    const { id = "", title = "", alias: author = "" } = keep.values("ABOUT");
    return { id, title, alias: author, text, language: content.language };
  };
  const save = (/** @type {string} */ kind, /** @type {object} */ data) => {
    const name = fileName(kind, about().title.slice(0, 40)).replace(/json$/u, "jsonld");
    saveAsFile(name, `${JSON.stringify(data, null, 2)}\n`, "application/ld+json");
    tell(t("bar.downloaded", { name }), true);
  };
  alias.addEventListener("change", () => keep.put("ABOUT", { kind: "value", values: { ...keep.values("ABOUT"), alias: cleanAlias(alias.value) } }), { signal });
  marks.addEventListener(
    "click",
    () => {
      const labels = Object.fromEntries(Object.values(layersOf(t)).flatMap((layer) => layer.labels.map(({ id, text: name }) => [id, name])));
      const spans = LAYERS.flatMap((name) => toWhole(sentences, toSentences(text, sentences, keep.spans(name))));
      if (!spans.length) tell(t("own.noMarks"), false);
      else save("marks", annotations(about(), spans, labels, later()));
    },
    { signal },
  );
  verdict.addEventListener(
    "click",
    () => {
      const { claim = "", support = "", as_of: asOf = "", qualification = "", for: pro = "", against = "", links = "" } = keep.values("VERDICT");
      const known = SUPPORTS.find((name) => name === support);
      if (!claim.trim() || !known) {
        tell(t("own.noVerdict"), false);
        return;
      }
      const entry = keep.entry("VERDICT");
      const sure = entry?.confidence ? t("own.sure", { percent: percentIn(content.language).format(entry.confidence) }) : "";
      const joined = (/** @type {string[]} */ ...parts) => parts.filter(Boolean).join(" ");
      const given = about();
      save("verdict", claimReview({ ...given, alias: given.alias || t("own.anonymous") }, {
        claim: claim.trim(),
        support: known,
        name: supportTexts(t)[known].name,
        explanation: joined(asOf && t("own.asOfSaid", { date: asOf }), sure, qualification.trim()),
        body: joined(pro.trim() && t("own.forSaid", { text: pro.trim() }), against.trim() && t("own.againstSaid", { text: against.trim() })),
        links: links.split("\n").map((line) => line.trim()).filter(Boolean),
        date: (entry?.at ?? later()).slice(0, 10),
      }));
    },
    { signal },
  );
  show();
  return { element, show };
}
