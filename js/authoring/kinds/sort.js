// @ts-check
/** The form of a sort: classes, and items that each belong to one of them. */
import { h } from "../../base/dom.js";
import { head, more, note, why } from "../common.js";
import { select, text, weight } from "../fields.js";
import { brief, list } from "../lists.js";
import { idsOf, listAt, newId, putAt, unwritten } from "../raw.js";

/** @typedef {import("../form.js").Form} Form */

/**
 * The class an item belongs to, and the weights of others.
 *
 * @param {Record<string, number>} weights
 */
export function splitWeights(weights = {}) {
  const names = Object.keys(weights);
  const best = names.find((name) => weights[name] === 1) ?? "";
  return { best, others: names.filter((name) => name !== best && weights[name] > 0) };
}

/**
 * Have an item belong to a class; a class that was right before is wrong now.
 *
 * @param {any} entry
 * @param {string} item
 * @param {string} name of the class
 */
export function belongTo(entry, item, name) {
  const key = entry.key?.items?.[item];
  const weights = { ...(key?.weights ?? {}) };
  const { best } = splitWeights(weights);
  delete weights[best];
  delete weights[name];
  putAt(entry, ["key", "items", item, "weights"], { [name]: 1, ...weights });
  if (key?.surface === name) delete key.surface;
}

/**
 * @param {any} entry
 * @param {{text: string, why: string}} stubs
 */
export function addItem(entry, stubs) {
  const items = listAt(entry, ["items"]);
  const id = newId([...idsOf(items), ...Object.keys(entry.key?.items ?? {})]);
  items.push({ id, text: stubs.text });
  putAt(entry, ["key", "items", id], { weights: { [entry.classes[0].id]: 1 }, why: stubs.why });
}

/**
 * @param {any} entry
 * @param {number} place
 */
export function removeItem(entry, place) {
  const [{ id }] = entry.items.splice(place, 1);
  if (entry.key?.items) delete entry.key.items[id];
}

/**
 * Remove a class; items that belonged to it belong to the first that is left.
 *
 * @param {any} entry
 * @param {number} place
 */
export function removeClass(entry, place) {
  const [{ id }] = entry.classes.splice(place, 1);
  for (const [item, key] of Object.entries(entry.key?.items ?? {})) {
    if (key.surface === id) delete key.surface;
    delete key.weights?.[id];
    if (!splitWeights(key.weights).best) belongTo(entry, item, entry.classes[0].id);
  }
}

/** @param {Form} form */
export function draw(form) {
  const { t, entry } = form;
  const classes = /** @type {any[]} */ (form.get(["classes"]) ?? []);
  const className = (/** @type {number} */ place) =>
    brief(classes[place].text) || t("author.class", { number: place + 1 });
  const options = () => classes.map(({ id }, place) => ({ value: id, text: className(place) }));
  return [
    ...head(form),
    list(form, ["classes"], {
      legend: t("author.classes"),
      one: (place) => t("author.class", { number: place + 1 }),
      add: t("author.class.add"),
      least: 2,
      make: () => void classes.push({ id: newId(idsOf(classes)), text: unwritten(t("author.stub.class")) }),
      remove: (place) => removeClass(entry, place),
      draw(at, place) {
        const name = t("author.class", { number: place + 1 });
        return [
          text(form, [...at, "text"], { label: t("author.label.name"), name, after: () => form.redrawSoon() }),
          note(form, at, name),
        ];
      },
    }),
    list(form, ["items"], {
      legend: t("author.items"),
      one: (place) => t("author.item", { number: place + 1 }),
      add: t("author.item.add"),
      least: 2,
      make: () => addItem(entry, { text: unwritten(t("author.stub.item")), why: unwritten(t("author.stub.why")) }),
      remove: (place) => removeItem(entry, place),
      draw(at, place) {
        const name = t("author.item", { number: place + 1 });
        const id = form.get([...at, "id"]);
        const key = ["key", "items", id];
        const { best, others } = splitWeights(form.get([...key, "weights"]));
        const left = options().filter(({ value }) => value !== best && !others.includes(value));
        return [
          text(form, [...at, "text"], { label: name, quiet: true }),
          select(form, [...key, "weights"], {
            label: t("author.belongs"),
            name: t("author.belongsOf", { name }),
            options: [...options().map((option) => ({ ...option }))],
            value: best,
            act: (value) => form.restructure(() => belongTo(entry, id, value), [...key, "weights"].join("/")),
          }),
          ...others.map((other) => {
            const where = className(classes.findIndex((one) => one.id === other));
            return weight(form, [...key, "weights", other], { label: t("author.alsoIn", { name: where }) });
          }),
          left.length
            ? select(form, [...key, "weights", "+"], {
                label: t("author.also"),
                name: t("author.alsoOf", { name }),
                options: [{ value: "", text: t("author.nothing") }, ...left],
                value: "",
                act: (value) =>
                  value &&
                  form.restructure(
                    () => putAt(entry, [...key, "weights", value], 0.5),
                    [...key, "weights", value].join("/"),
                  ),
              })
            : null,
          why(form, [...key, "why"], name),
        ];
      },
    }),
    h("p", { class: "cd-hint" }, t("author.sort.hint")),
    more(form),
  ];
}
