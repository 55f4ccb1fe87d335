// @ts-check
/** The passages of a task, sentences of the article or texts of one's own: picked, added, removed. */
import { h } from "../../base/dom.js";
import { longText, text } from "../fields.js";
import { idsOf, listAt, newId, unwritten } from "../raw.js";
import { sentencePicker } from "../sentences.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {import("../form.js").Sentence} Sentence */

/**
 * Take exactly these sentences of the article as passages; other texts of the task stay.
 *
 * @param {any} entry
 * @param {Sentence[]} chosen
 * @param {Set<string>} article ids of all sentences
 * @param {(entry: any, passage: string) => void} forget takes what the key says of a passage
 */
export function takeSentences(entry, chosen, article, forget) {
  const passages = listAt(entry, ["passages"]);
  const wanted = new Map(chosen.map((sentence) => [sentence.id, sentence]));
  for (const { id } of passages) if (article.has(id) && !wanted.has(id)) forget(entry, id);
  const kept = passages.filter(({ id }) => !article.has(id) || wanted.has(id));
  const there = new Set(idsOf(kept));
  const added = chosen
    .filter(({ id }) => !there.has(id))
    .map(({ id, text: words, start }) => ({ id, ...(start === undefined ? {} : { start }), text: words }));
  const all = [...kept, ...added];
  const order = [...article];
  const sentences = all.filter(({ id }) => article.has(id)).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  entry.passages = [...sentences, ...all.filter(({ id }) => !article.has(id))];
}

/**
 * @param {Form} form
 * @param {{forget: (entry: any, passage: string) => void, draw: (passage: any, place: number) => (Node|null)[], hint: string}} given
 */
export function passageList(form, { forget, draw, hint }) {
  const { t, entry, material } = form;
  const article = new Set(material.sentences.map(({ id }) => id));
  const passages = /** @type {any[]} */ (form.get(["passages"]) ?? []);
  const set = h("fieldset", { class: "cd-author-set", tabindex: -1 });
  const fault = form.register(["passages"], set);
  const own = h(
    "button",
    { type: "button", class: "cd-button cd-small", "data-at": "passages#own" },
    t("author.passage.own"),
  );
  own.addEventListener("click", () =>
    form.restructure(
      () =>
        passages.push({
          id: newId([...idsOf(passages), ...article]).toUpperCase(),
          text: unwritten(t("author.stub.passage")),
        }),
      `passages/${passages.length}`,
    ),
  );
  const pick = sentencePicker(form, {
    label: t("author.passage.pick"),
    at: "passages#pick",
    chosen: () => idsOf(form.get(["passages"])),
    done: (chosen) => form.restructure(() => takeSentences(entry, chosen, article, forget), "passages#pick"),
  });
  const rows = passages.map((passage, place) => {
    const isOwn = !article.has(passage.id);
    const name = isOwn
      ? t("author.passage.text", { number: place + 1 })
      : t("author.passage.sentence", { id: passage.id });
    const remove = h(
      "button",
      { type: "button", class: "cd-button cd-small", "aria-label": t("author.passage.removeOne", { name }) },
      t("author.passage.remove"),
    );
    remove.disabled = passages.length < 2;
    remove.addEventListener("click", () =>
      form.remove(
        name,
        () => {
          forget(entry, passage.id);
          passages.splice(place, 1);
        },
        "passages#pick",
      ),
    );
    return h(
      "fieldset",
      { class: "cd-author-one", "data-at": `passages/${place}`, tabindex: -1 },
      h("legend", { class: "cd-author-name" }, name),
      isOwn
        ? longText(form, ["passages", place, "text"], {
            label: name,
            quiet: true,
            after: () => form.redrawSoon(),
          })
        : null,
      ...draw(passage, place),
      text(form, ["passages", place, "note"], {
        label: t("author.passage.note"),
        name: t("author.noteOf", { name }),
        optional: true,
      }),
      h("div", { class: "cd-author-tools" }, remove),
    );
  });
  set.append(
    h("legend", { class: "cd-label cd-author-legend" }, t("author.passages")),
    h("p", { class: "cd-hint" }, hint),
    h("div", { class: "cd-author-buttons" }, ...(article.size ? [pick] : []), own),
    ...rows,
    fault,
  );
  return set;
}
