// @ts-check
/** The form of an order: the items in their right order, some of which may share a place. */
import { head, more, why } from "../common.js";
import { text, tick } from "../fields.js";
import { list } from "../lists.js";
import { idsOf, listAt, newId, unwritten } from "../raw.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {{id: string, tied: boolean}} Ranked an item, and whether it shares the place of the one before */

/**
 * The items in the order of the key, then those that it has not.
 *
 * @param {any} entry
 * @returns {Ranked[]}
 */
export function ranked(entry) {
  const ids = idsOf(entry.items);
  /** @type {Ranked[]} */
  const rows = [];
  for (const group of entry.key?.ranks ?? [])
    group.forEach((/** @type {string} */ id, /** @type {number} */ place) => rows.push({ id, tied: place > 0 }));
  const known = new Set(rows.map(({ id }) => id));
  return [
    ...rows.filter(({ id }) => ids.includes(id)),
    ...ids.filter((id) => !known.has(id)).map((id) => ({ id, tied: false })),
  ];
}

/**
 * @param {any} entry
 * @param {Ranked[]} rows
 */
export function putRanks(entry, rows) {
  /** @type {string[][]} */
  const ranks = [];
  for (const { id, tied } of rows) {
    if (tied && ranks.length) ranks[ranks.length - 1].push(id);
    else ranks.push([id]);
  }
  entry.key = { ...entry.key, ranks };
  const hasTies = ranks.some((group) => group.length > 1);
  if (hasTies) entry.ties = true;
}

/**
 * Take a row out. What shared its place has that place for itself.
 *
 * @param {Ranked[]} rows
 * @param {number} place
 */
function takeOut(rows, place) {
  const [taken] = rows.splice(place, 1);
  if (rows[place] && !taken.tied) rows[place].tied = false;
  return taken;
}

/**
 * Move a row; one that comes between two that share a place shares it with them.
 *
 * @param {Ranked[]} rows
 * @param {number} place
 * @param {number} by
 */
export function moveRow(rows, place, by) {
  const taken = takeOut(rows, place);
  const target = place + by;
  rows.splice(target, 0, { ...taken, tied: Boolean(rows[target]?.tied) });
}

/**
 * @param {any} entry
 * @param {{text: string, why: string}} stubs
 */
export function addStep(entry, stubs) {
  const rows = ranked(entry);
  const items = listAt(entry, ["items"]);
  const id = newId(idsOf(items));
  items.push({ id, text: stubs.text });
  putRanks(entry, [...rows, { id, tied: false }]);
  entry.key.why = { ...entry.key.why, [id]: stubs.why };
}

/**
 * @param {any} entry
 * @param {string} id
 */
export function removeStep(entry, id) {
  const rows = ranked(entry);
  takeOut(
    rows,
    rows.findIndex((row) => row.id === id),
  );
  entry.items = entry.items.filter((/** @type {any} */ item) => item.id !== id);
  putRanks(entry, rows);
  delete entry.key.why?.[id];
}

/** @param {Form} form */
export function draw(form) {
  const { t, entry } = form;
  const rows = ranked(entry);
  const itemOf = (/** @type {number} */ place) =>
    entry.items.findIndex((/** @type {any} */ item) => item.id === rows[place].id);
  return [
    ...head(form),
    text(form, ["first"], { label: t("author.order.first"), hint: t("author.order.ends") }),
    text(form, ["last"], { label: t("author.order.last") }),
    list(form, ["items"], {
      legend: t("author.order.items"),
      hint: t("author.order.hint"),
      one: (place) => t("author.order.item", { number: place + 1 }),
      words: (place) => entry.items[itemOf(place)]?.text,
      add: t("author.item.add"),
      least: 2,
      make: () => addStep(entry, { text: unwritten(t("author.stub.item")), why: unwritten(t("author.stub.why")) }),
      remove: (place) => removeStep(entry, rows[place].id),
      move(place, by) {
        moveRow(rows, place, by);
        putRanks(entry, rows);
      },
      draw(_, place) {
        const name = t("author.order.item", { number: place + 1 });
        const { id, tied } = rows[place];
        return [
          text(form, ["items", itemOf(place), "text"], { label: name, quiet: true }),
          place > 0
            ? tick(form, ["key", "ranks", id], {
                label: t("author.order.tied"),
                name: t("author.order.tiedOf", { name }),
                value: tied,
                act(value) {
                  rows[place].tied = value;
                  putRanks(entry, rows);
                  form.touch();
                },
              })
            : null,
          why(form, ["key", "why", id], name),
        ];
      },
    }),
    tick(form, ["ties"], { label: t("author.order.ties"), hint: t("author.order.ties.hint") }),
    more(form),
  ];
}
