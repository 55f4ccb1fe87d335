// @ts-check
/** The fields that tasks of all kinds have: title, question, what it is about, points, and what is folded under More. */
import { h } from "../base/dom.js";
import { folded, longText, number, select, text, tick, ticks } from "./fields.js";
import { list, texts } from "./lists.js";
import { listAt, moveIn, unwritten } from "./raw.js";
import { sentencePicker } from "./sentences.js";

/** @typedef {import("./form.js").Form} Form */

/** @param {Form} form */
function groupField(form) {
  const { t } = form;
  const groups = [
    { value: "warm-up", text: t("author.group.warm-up") },
    { value: "worked", text: t("author.group.worked") },
    { value: "practice", text: t("author.group.practice") },
    { value: "quiz", text: t("author.group.quiz") },
  ];
  return select(form, ["group"], { label: t("author.group"), options: groups });
}

/**
 * What every task begins with.
 *
 * @param {Form} form
 * @param {{withContext?: boolean}} [options]
 * @returns {(Node|null)[]}
 */
export function head(form, { withContext = true } = {}) {
  const { t, material } = form;
  const hasGroup = !form.isGraded && ["warm-up", "worked", "practice", "quiz"].includes(form.get(["group"]));
  return [
    form.get(["twin"]) ? h("p", { class: "cd-hint" }, t("author.twin")) : null,
    text(form, ["title"], { label: t("author.title") }),
    longText(form, ["prompt"], { label: t("author.prompt") }),
    withContext ? longText(form, ["context"], { label: t("author.context"), optional: true }) : null,
    withContext && material.sentences.length
      ? sentencePicker(form, {
          label: t("author.context.pick"),
          at: "context#pick",
          chosen: () => [],
          done: (chosen) => {
            const quotations = chosen.map(({ id, text: words }) => `${id}: “${words}”`);
            const whole = [form.get(["context"]) ?? "", ...quotations].filter(Boolean).join("\n\n");
            form.restructure(() => form.set(["context"], whole || undefined), "context");
          },
        })
      : null,
    form.isGraded && form.get(["kind"]) !== "drawer"
      ? number(form, ["points"], { label: t("author.points"), min: 0, max: 100, fallback: 0 })
      : null,
    hasGroup ? groupField(form) : null,
  ];
}

/**
 * Keep the replies beside their reasons.
 *
 * @param {any} entry
 * @param {{removed?: number, moved?: [number, number]}} change
 */
export function followReasons(entry, { removed, moved }) {
  const replies = entry.key?.replies;
  if (!Array.isArray(replies)) return;
  if (removed !== undefined) replies.splice(removed, 1);
  if (moved) moveIn(replies, ...moved);
  if (!replies.length) delete entry.key.replies;
}

/** @param {Form} form */
function reasons(form) {
  const { t } = form;
  const hasReplies = Boolean(form.get(["key", "replies"])) || !form.get(["reasons"]);
  return list(form, ["reasons"], {
    legend: t("author.reasons"),
    hint: t("author.reasons.hint"),
    one: (place) => t("author.reason", { number: place + 1 }),
    words: (place) => form.get(["reasons", place]),
    add: t("author.reason.add"),
    make() {
      listAt(form.entry, ["reasons"]).push(unwritten(t("author.stub.reason")));
      if (hasReplies) listAt(form.entry, ["key", "replies"]).push(unwritten(t("author.stub.reply")));
    },
    draw: (at, place) => [
      text(form, at, { label: t("author.words"), name: t("author.reason", { number: place + 1 }) }),
      hasReplies ? longText(form, ["key", "replies", place], { label: t("author.reply") }) : null,
    ],
    remove(place) {
      listAt(form.entry, ["reasons"]).splice(place, 1);
      followReasons(form.entry, { removed: place });
      if (!form.entry.reasons.length) delete form.entry.reasons;
    },
    move(place, by) {
      moveIn(listAt(form.entry, ["reasons"]), place, by);
      followReasons(form.entry, { moved: [place, by] });
    },
  });
}

/**
 * What every task may have besides, folded.
 *
 * @param {Form} form
 * @param {{withCards?: boolean, inside?: (Node|null)[]}} [options] inside: what a kind adds
 */
export function more(form, { withCards = true, inside = [] } = {}) {
  const { t } = form;
  return folded(
    "more",
    t("author.more"),
    ...inside,
    texts(form, ["hints"], {
      legend: t("author.hints"),
      hint: t("author.hints.hint"),
      one: (place) => t("author.hintNumber", { number: place + 1 }),
      add: t("author.hint.add"),
      stub: unwritten(t("author.stub.hint")),
    }),
    reasons(form),
    tick(form, ["confidence"], { label: t("author.confidence"), hint: t("author.confidence.hint") }),
    withCards ? cardTicks(form) : null,
  );
}

/**
 * @param {Form} form
 * @param {{act?: () => void}} [options]
 */
export function cardTicks(form, { act } = {}) {
  const { t, material } = form;
  const known = new Set(material.cards.map(({ id }) => id));
  const others = /** @type {string[]} */ (form.get(["cards"]) ?? []).filter((id) => !known.has(id));
  const options = [...material.cards, ...others.map((id) => ({ id, title: id }))];
  return ticks(form, ["cards"], {
    label: t("author.cards"),
    hint: options.length ? t("author.cards.hint") : t("author.cards.none"),
    options: options.map(({ id, title }) => ({ value: id, text: title || id })),
    act,
  });
}

/**
 * The explanation of a part of the key.
 *
 * @param {Form} form
 * @param {import("./raw.js").Path} path
 * @param {string} [name]
 */
export const why = (form, path, name) =>
  longText(form, path, {
    label: form.t("author.why"),
    name: name ? form.t("author.whyOf", { name }) : undefined,
  });

/**
 * The note that explains a name, such as a label's or a class's.
 *
 * @param {Form} form
 * @param {import("./raw.js").Path} at the way to what has the name
 * @param {string} name
 */
export const note = (form, at, name) =>
  text(form, [...at, "note"], {
    label: form.t("author.label.note"),
    name: form.t("author.noteOf", { name }),
    optional: true,
  });
