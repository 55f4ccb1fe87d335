// @ts-check
/** The form of a source map: places, kinds of links, and the links that are right. */
import { head, more, note, why } from "../common.js";
import { select, text, weight } from "../fields.js";
import { brief, list } from "../lists.js";
import { idsOf, listAt, newId, unwritten } from "../raw.js";

/** @typedef {import("../form.js").Form} Form */

export const UNKNOWN = "unknown";

/**
 * Remove a place, with the links and origins that name it.
 *
 * @param {any} entry
 * @param {number} place
 */
export function removeNode(entry, place) {
  const [{ id }] = entry.nodes.splice(place, 1);
  const key = entry.key ?? {};
  key.edges = (key.edges ?? []).filter((/** @type {any} */ edge) => edge.source !== id && edge.target !== id);
  for (const [name, origin] of Object.entries(key.origins ?? {}))
    if (name === id || origin === id) delete key.origins[name];
}

/**
 * Remove a kind of link; links of that kind may be of any.
 *
 * @param {any} entry
 * @param {number} place
 */
export function removeRelation(entry, place) {
  const [{ id }] = entry.relations.splice(place, 1);
  for (const edge of entry.key?.edges ?? []) if (edge.relation === id) delete edge.relation;
  if (!entry.relations.length) delete entry.relations;
}

/**
 * Add a link between two places that have none yet in this direction.
 *
 * @param {any} entry
 * @param {string} why
 */
export function addEdge(entry, why) {
  const edges = listAt(entry, ["key", "edges"]);
  const taken = new Set(edges.map(({ source, target }) => `${source} ${target}`));
  const ids = [...idsOf(entry.nodes), UNKNOWN];
  const pairs = ids.flatMap((source) => ids.map((target) => ({ source, target })));
  const free = pairs.find(({ source, target }) => source !== target && !taken.has(`${source} ${target}`));
  if (free) edges.push({ ...free, why });
}

/** @param {Form} form */
export function draw(form) {
  const { t, entry } = form;
  const nodes = /** @type {any[]} */ (entry.nodes ?? []);
  const relations = /** @type {any[]} */ (entry.relations ?? []);
  const nodeName = (/** @type {number} */ place) =>
    brief(nodes[place].text) || t("author.arrows.node", { number: place + 1 });
  const places = [
    ...nodes.map(({ id }, place) => ({ value: id, text: nodeName(place) })),
    { value: UNKNOWN, text: t("author.arrows.unknown") },
  ];
  const nameOf = (/** @type {string} */ id) => places.find(({ value }) => value === id)?.text ?? id;
  const edges = /** @type {any[]} */ (entry.key?.edges ?? []);
  return [
    ...head(form),
    list(form, ["nodes"], {
      legend: t("author.arrows.nodes"),
      hint: t("author.arrows.nodes.hint"),
      one: (place) => t("author.arrows.node", { number: place + 1 }),
      add: t("author.arrows.node.add"),
      least: 2,
      make: () => void nodes.push({ id: newId([...idsOf(nodes), UNKNOWN]), text: unwritten(t("author.stub.node")) }),
      remove: (place) => removeNode(entry, place),
      draw(at, place) {
        const name = t("author.arrows.node", { number: place + 1 });
        const id = form.get([...at, "id"]);
        return [
          text(form, [...at, "text"], { label: t("author.label.name"), name, after: () => form.redrawSoon() }),
          note(form, at, name),
          select(form, ["key", "origins", id], {
            label: t("author.arrows.origin"),
            name: t("author.arrows.originOf", { name }),
            options: [{ value: "", text: t("author.nothing") }, ...places.filter(({ value }) => value !== id)],
          }),
        ];
      },
    }),
    list(form, ["relations"], {
      legend: t("author.arrows.relations"),
      hint: t("author.arrows.relations.hint"),
      one: (place) => t("author.arrows.relation", { number: place + 1 }),
      add: t("author.arrows.relation.add"),
      make: () =>
        void listAt(entry, ["relations"]).push({
          id: newId(idsOf(relations)),
          text: unwritten(t("author.stub.relation")),
        }),
      remove: (place) => removeRelation(entry, place),
      draw: (at, place) => [
        text(form, [...at, "text"], {
          label: t("author.label.name"),
          name: t("author.arrows.relation", { number: place + 1 }),
        }),
      ],
    }),
    list(form, ["key", "edges"], {
      legend: t("author.arrows.edges"),
      hint: t("author.arrows.edges.hint"),
      one: (place) => t("author.arrows.edge", { number: place + 1 }),
      words: (place) =>
        t("author.arrows.fromTo", { from: nameOf(edges[place].source), to: nameOf(edges[place].target) }),
      add: t("author.arrows.edge.add"),
      least: 1,
      make: () => addEdge(entry, unwritten(t("author.stub.why"))),
      draw(at, place) {
        const name = t("author.arrows.edge", { number: place + 1 });
        return [
          select(form, [...at, "source"], {
            label: t("author.arrows.from"),
            name: t("author.arrows.fromOf", { name }),
            options: places,
          }),
          select(form, [...at, "target"], {
            label: t("author.arrows.to"),
            name: t("author.arrows.toOf", { name }),
            options: places,
          }),
          relations.length
            ? select(form, [...at, "relation"], {
                label: t("author.arrows.kind"),
                name: t("author.arrows.kindOf", { name }),
                options: [
                  { value: "", text: t("author.arrows.any") },
                  ...relations.map(({ id, text: words }) => ({ value: id, text: brief(words) || id })),
                ],
              })
            : null,
          weight(form, [...at, "weight"], { name: t("author.weightOf", { name }), fallback: 1 }),
          why(form, [...at, "why"], name),
        ];
      },
    }),
    more(form),
  ];
}
