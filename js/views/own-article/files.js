// @ts-check
/** Own-article mode, what there is to keep: the result as a page, to print or to save, and files for other programs. */
import { savedText } from "../../base/copy-box.js";
import { h, setText, uidMaker } from "../../base/dom.js";
import { paperHtml, printPaper } from "../../base/paper.js";
import { percentIn } from "../../base/text.js";
import { SUPPORTS } from "../../kinds/verdict/support.js";
import { supportTexts } from "../../kinds/verdict/view.js";
import { cleanAlias, fileName, nextTimestamp } from "../../store/answer-file.js";
import { saveAsFile } from "../../store/download.js";
import { annotations, claimReview } from "./export.js";
import { LAYERS, layersOf } from "./labels.js";
import { resultPage } from "./result-page.js";
import { section } from "./section.js";
import { toSentences, toWhole } from "./text.js";

const PAGE = "own-article.html";
/** As many as an answer file takes (kinds/value/model.py). */
const MOST_NOTE_CHARACTERS = 4000;

/** @typedef {import("../../base/types.js").Desk} Desk */
/** @typedef {import("./text.js").Sentence} Sentence */
/** @typedef {import("./answers.js").OwnAnswers} OwnAnswers */

/**
 * The result as a page, and the files for other programs.
 *
 * @param {Desk} desk
 * @param {OwnAnswers} answers
 * @param {string} text
 * @param {Sentence[]} sentences
 */
export function filesPart(desk, answers, text, sentences) {
  const { content, t, signal, say } = desk;
  const uid = uidMaker();
  const note = h("textarea", {
    class: "cd-input",
    id: uid("note"),
    rows: 3,
    maxlength: MOST_NOTE_CHARACTERS,
    dir: "auto",
    "aria-describedby": uid("note-hint"),
  });
  const alias = h("input", {
    class: "cd-input",
    id: uid("alias"),
    type: "text",
    maxlength: 80,
    autocomplete: "off",
    "aria-describedby": uid("alias-hint"),
  });
  const said = h("p", { class: "cd-bar-said" });
  const print = h("button", { type: "button", class: "cd-button" }, t("own.print"));
  const page = h("button", { type: "button", class: "cd-button" }, t("own.savePage"));
  const marks = h("button", { type: "button", class: "cd-button" }, t("own.saveMarks"));
  const verdict = h("button", { type: "button", class: "cd-button" }, t("own.saveVerdict"));
  const element = section(
    uid("heading"),
    t("own.files"),
    h("p", { class: "cd-prompt" }, t("own.pageNote")),
    h("label", { class: "cd-label", for: alias.id }, t("own.alias")),
    h("p", { class: "cd-hint", id: uid("alias-hint") }, t("own.aliasHint")),
    alias,
    h("label", { class: "cd-label", for: note.id }, t("own.note")),
    h("p", { class: "cd-hint", id: uid("note-hint") }, t("own.noteHint")),
    note,
    h("div", { class: "cd-actions" }, print, page),
    h("p", { class: "cd-prompt cd-own-standards" }, t("own.filesNote")),
    h("div", { class: "cd-actions" }, marks, verdict),
    said,
  );
  element.classList.add("cd-own-files");
  const show = () => {
    const { alias: known = "", note: noted = "" } = answers.values("ABOUT");
    if (cleanAlias(alias.value) !== known) alias.value = known;
    if (note.value !== noted) note.value = noted;
  };
  const tell = (/** @type {string} */ words, /** @type {boolean} */ ok) => {
    setText(said, words);
    said.dataset.ok = String(ok);
    say(words);
  };
  const about = () => {
    const { id = "", title = "", alias: author = "" } = answers.values("ABOUT");
    return { id, title, alias: author, text, language: content.language };
  };
  const save = (/** @type {string} */ kind, /** @type {object} */ data) => {
    const name = fileName(kind, about().title.slice(0, 40)).replace(/json$/u, "jsonld");
    const isSure = saveAsFile(name, `${JSON.stringify(data, null, 2)}\n`, "application/ld+json");
    tell(savedText(t, name, isSure), true);
  };
  for (const field of [alias, note])
    field.addEventListener(
      "change",
      () => {
        const own = { alias: cleanAlias(alias.value), note: note.value };
        answers.put("ABOUT", { kind: "value", values: { ...answers.values("ABOUT"), ...own } });
      },
      { signal },
    );
  print.addEventListener("click", () => printPaper(resultPage(desk, answers, text)), { signal });
  page.addEventListener(
    "click",
    () => {
      tell(savedText(t, PAGE, saveAsFile(PAGE, paperHtml(resultPage(desk, answers, text)), "text/html")), true);
    },
    { signal },
  );
  marks.addEventListener(
    "click",
    () => {
      const labels = Object.fromEntries(
        Object.values(layersOf(t)).flatMap((layer) => layer.labels.map(({ id, text: name }) => [id, name])),
      );
      const spans = LAYERS.flatMap((name) => toWhole(sentences, toSentences(text, sentences, answers.spans(name))));
      if (!spans.length) tell(t("own.noMarks"), false);
      else save("marks", annotations(about(), spans, labels, nextTimestamp()));
    },
    { signal },
  );
  verdict.addEventListener(
    "click",
    () => {
      const {
        claim = "",
        support = "",
        as_of: asOf = "",
        qualification = "",
        for: pro = "",
        against = "",
        links = "",
      } = answers.values("VERDICT");
      const known = SUPPORTS.find((name) => name === support);
      if (!claim.trim() || !known) {
        tell(t("own.noVerdict"), false);
        return;
      }
      const entry = answers.entry("VERDICT");
      const sure = entry?.confidence
        ? t("own.sure", { percent: percentIn(content.language).format(entry.confidence) })
        : "";
      const joined = (/** @type {string[]} */ ...parts) => parts.filter(Boolean).join(" ");
      const given = about();
      save(
        "verdict",
        claimReview(
          { ...given, alias: given.alias || t("own.anonymous") },
          {
            claim: claim.trim(),
            support: known,
            name: supportTexts(t)[known].name,
            explanation: joined(asOf && t("own.asOfSaid", { date: asOf }), sure, qualification.trim()),
            body: joined(
              pro.trim() && t("own.forSaid", { text: pro.trim() }),
              against.trim() && t("own.againstSaid", { text: against.trim() }),
            ),
            links: links
              .split("\n")
              .map((line) => line.trim())
              .filter(Boolean),
            date: (entry?.at ?? nextTimestamp()).slice(0, 10),
          },
        ),
      );
    },
    { signal },
  );
  show();
  return { element, show };
}
