// @ts-check
/** The form of a written task: how long the text is, what it is marked by, and examples of each level. */
import { head, more, why } from "../common.js";
import { folded, longText, number, select, text, tick } from "../fields.js";
import { brief, list } from "../lists.js";
import { idsOf, listAt, newId, unwritten } from "../raw.js";

/** @typedef {import("../form.js").Form} Form */

export const LEVELS = [4, 3, 2, 1];

/**
 * @param {any} entry
 * @param {{text: string, level: (level: number) => string}} stubs
 */
export function addCriterion(entry, stubs) {
  const rubric = listAt(entry, ["rubric"]);
  const id = newId(idsOf(rubric));
  rubric.push({ id, text: stubs.text, levels: Object.fromEntries(LEVELS.map((level) => [level, stubs.level(level)])) });
  for (const exemplar of entry.key?.exemplars ?? []) exemplar.marks = { ...exemplar.marks, [id]: exemplar.level };
}

/**
 * @param {any} entry
 * @param {number} place
 */
export function removeCriterion(entry, place) {
  const [{ id }] = entry.rubric.splice(place, 1);
  for (const exemplar of entry.key?.exemplars ?? []) delete exemplar.marks?.[id];
}

/**
 * @param {Form} form
 * @param {number} place
 */
function exemplar(form, place) {
  const { t, entry } = form;
  const at = ["key", "exemplars", place];
  const rubric = /** @type {any[]} */ (entry.rubric ?? []);
  const name = nameOf(form, place);
  return [
    select(form, [...at, "level"], {
      label: t("author.written.exemplar.level"),
      name: t("author.written.exemplar.levelOf", { name }),
      options: LEVELS.map((level) => ({ value: String(level), text: t("author.written.level", { level }) })),
      act: (value) => form.set([...at, "level"], Number(value)),
    }),
    longText(form, [...at, "text"], { label: t("author.words"), name, rows: 4 }),
    ...rubric.map(({ id, text: words }, number_) => {
      const criterion = brief(words) || t("author.written.criterion", { number: number_ + 1 });
      return select(form, [...at, "marks", id], {
        label: t("author.written.mark", { criterion }),
        options: LEVELS.map((level) => ({ value: String(level), text: t("author.written.level", { level }) })),
        act: (value) => form.set([...at, "marks", id], Number(value)),
      });
    }),
    why(form, [...at, "why"], name),
  ];
}

/**
 * What an example text is called: its number and its level.
 *
 * @param {Form} form
 * @param {number} place
 */
const nameOf = (form, place) =>
  form.t("author.written.exemplar", {
    number: place + 1,
    level: form.get(["key", "exemplars", place, "level"]),
  });

/**
 * Add an example text of the best level.
 *
 * @param {any} entry
 * @param {{text: string, why: string}} words
 */
export function addExemplar(entry, { text: words, why: reason }) {
  const exemplars = listAt(entry, ["key", "exemplars"]);
  const [best] = LEVELS;
  const marks = Object.fromEntries((entry.rubric ?? []).map((/** @type {any} */ { id }) => [id, best]));
  exemplars.push({ id: newId(idsOf(exemplars)), level: best, text: words, marks, why: reason });
}

/** @param {Form} form */
export function draw(form) {
  const { t, entry } = form;
  const exemplars = /** @type {any[]} */ (entry.key?.exemplars ?? []);
  const facts = /** @type {any[]} */ (entry.key?.facts ?? []);
  return [
    ...head(form),
    number(form, ["min_words"], { label: t("author.written.least"), min: 0, step: 1 }),
    number(form, ["max_words"], { label: t("author.written.most"), min: 1, max: 2000, step: 1 }),
    entry.group === "note"
      ? null
      : list(form, ["rubric"], {
          legend: t("author.written.rubric"),
          hint: t("author.written.rubric.hint"),
          one: (place) => t("author.written.criterion", { number: place + 1 }),
          add: t("author.written.criterion.add"),
          least: 1,
          make: () =>
            addCriterion(entry, {
              text: unwritten(t("author.stub.criterion")),
              level: (level) => unwritten(t("author.stub.level", { level })),
            }),
          remove: (place) => removeCriterion(entry, place),
          draw(at, place) {
            const name = t("author.written.criterion", { number: place + 1 });
            return [
              text(form, [...at, "text"], { label: t("author.label.name"), name, after: () => form.redrawSoon() }),
              ...LEVELS.map((level) =>
                longText(form, [...at, "levels", level], {
                  label: t("author.written.level", { level }),
                  name: t("author.written.levelOf", { level, name }),
                  rows: 1,
                }),
              ),
            ];
          },
        }),
    entry.key
      ? list(form, ["key", "facts"], {
          legend: t("author.written.facts"),
          hint: t("author.written.facts.hint"),
          one: (place) => t("author.written.fact", { number: place + 1 }),
          words: (place) => facts[place].text,
          add: t("author.written.fact.add"),
          make: () =>
            void listAt(entry, ["key", "facts"]).push({
              id: newId(idsOf(facts)),
              text: unwritten(t("author.stub.fact")),
            }),
          draw(at, place) {
            const name = t("author.written.fact", { number: place + 1 });
            return [
              text(form, [...at, "text"], { label: name, quiet: true }),
              tick(form, [...at, "is_fault"], {
                label: t("author.written.isFault"),
                name: t("author.written.isFaultOf", { name }),
              }),
            ];
          },
        })
      : null,
    exemplars.length
      ? folded(
          "exemplars",
          t("author.written.exemplars", { count: exemplars.length }),
          list(form, ["key", "exemplars"], {
            legend: t("author.written.exemplars", { count: exemplars.length }),
            hint: t("author.written.exemplars.hint"),
            one: (place) => nameOf(form, place),
            add: t("author.written.exemplar.add"),
            least: 1,
            make: () =>
              addExemplar(entry, {
                text: unwritten(t("author.stub.exemplar")),
                why: unwritten(t("author.stub.exemplarWhy")),
              }),
            draw: (_, place) => exemplar(form, place),
          }),
        )
      : null,
    more(form),
  ];
}
