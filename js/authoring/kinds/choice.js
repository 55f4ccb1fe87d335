// @ts-check
/** The form of a choice: options, each with its text, how good it is, and why. */
import { head, more, why } from "../common.js";
import { text, tick, weight } from "../fields.js";
import { list } from "../lists.js";
import { idsOf, listAt, newId, putAt, unwritten } from "../raw.js";

/** @typedef {import("../form.js").Form} Form */

/**
 * @param {any} entry
 * @param {{text: string, why: string}} stubs
 */
export function addOption(entry, stubs) {
  const options = listAt(entry, ["options"]);
  const id = newId([...idsOf(options), ...Object.keys(entry.key?.options ?? {})]);
  options.push({ id, text: stubs.text });
  putAt(entry, ["key", "options", id], { weight: 0, why: stubs.why });
}

/**
 * @param {any} entry
 * @param {number} place
 */
export function removeOption(entry, place) {
  const [{ id }] = entry.options.splice(place, 1);
  if (entry.key?.options) delete entry.key.options[id];
}

/** @param {Form} form */
export function draw(form) {
  const { t, entry } = form;
  return [
    ...head(form),
    list(form, ["options"], {
      legend: t("author.options"),
      hint: t("author.options.hint"),
      one: (place) => t("author.option", { number: place + 1 }),
      add: t("author.option.add"),
      least: 2,
      make: () => addOption(entry, { text: unwritten(t("author.stub.option")), why: unwritten(t("author.stub.why")) }),
      remove: (place) => removeOption(entry, place),
      draw(at, place) {
        const name = t("author.option", { number: place + 1 });
        const key = ["key", "options", form.get([...at, "id"])];
        return [
          text(form, [...at, "text"], { label: name, quiet: true }),
          weight(form, [...key, "weight"], { name: t("author.weightOf", { name }) }),
          why(form, [...key, "why"], name),
        ];
      },
    }),
    tick(form, ["multiple"], { label: t("author.multiple"), hint: t("author.multiple.hint") }),
    more(form, { inside: [tick(form, ["shuffle"], { label: t("author.shuffle"), fallback: true })] }),
  ];
}
