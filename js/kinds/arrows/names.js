// @ts-check
/** What the nodes, relations and links of a source map are called. */
import { h } from "../../base/dom.js";
import { UNKNOWN } from "./origins.js";

/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {import("../../base/types.js").Host<import("../../base/shapes.js").ArrowsTask, import("../../base/shapes.js").ArrowsResponse>} ArrowsHost */
/** @typedef {{node: (id: string) => string, relation: (id: string|null|undefined) => string, link: (link: Link) => string}} Names */

/**
 * @param {Pick<ArrowsHost, "task"|"t">} host
 * @returns {Names}
 */
export function namesOf({ task, t }) {
  const nodes = new Map([
    ...task.nodes.map(({ id, text }) => /** @type {[string, string]} */ ([id, text])),
    [UNKNOWN, t("arrows.unknown")],
  ]);
  const relations = new Map(task.relations.map(({ id, text }) => [id, text]));
  const node = (/** @type {string} */ id) => nodes.get(id) ?? id;
  const relation = (/** @type {string|null|undefined} */ id) => (id ? (relations.get(id) ?? "") : "");
  return {
    node,
    relation,
    link({ source, target, relation: name }) {
      const ends = { from: node(source), to: node(target) };
      return relation(name) ? t("arrows.linkAs", { ...ends, relation: relation(name) }) : t("arrows.link", ends);
    },
  };
}

/**
 * A link as a line of text.
 *
 * @param {Translate} t
 * @param {Names} names
 * @param {Link} link
 * @param {boolean} [bare] without its relation, where a control beside it shows that
 */
export function linkText(t, names, { source, target, relation }, bare = false) {
  const said = bare ? "" : names.relation(relation);
  return h(
    "p",
    { class: "cd-link-text" },
    h("span", { class: "cd-link-end" }, names.node(source)),
    h("span", { class: "cd-link-arrow", "aria-hidden": "true" }, "→"),
    h("span", { class: "cd-sr" }, t("arrows.toWord")),
    h("span", { class: "cd-link-end" }, names.node(target)),
    said ? h("span", { class: "cd-link-relation" }, said) : null,
  );
}
