// @ts-check
/** What is said of a source map after a check: one sentence, link by link, and both maps. */
import { h } from "../../base/dom.js";
import { chip } from "../../base/result.js";
import { inline } from "../../base/text.js";
import { referenceLinks, remarks } from "./compare.js";
import { mapsPart } from "./maps.js";
import { linkText } from "./names.js";
import { sentence } from "./sentence.js";

/** @typedef {import("../../base/shapes.js").ArrowsKey} ArrowsKey */
/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("./compare.js").Finding} Finding */
/** @typedef {import("./compare.js").Remark} Remark */
/** @typedef {import("./names.js").ArrowsHost} ArrowsHost */
/** @typedef {import("./names.js").Names} Names */
/** @typedef {import("../../base/types.js").Translate} Translate */

/** @type {Finding[]} what needs no word */
const FOLDED = ["same", "defensible", "optional"];
/**
 * How each finding is said; never with a cross: a map is compared, not struck out.
 *
 * @type {Record<Finding, {drawing: Parameters<typeof chip>[1], said: (t: Translate) => string}>}
 */
const FINDINGS = {
  same: { drawing: "right", said: (t) => t("arrows.finding.same") },
  defensible: { drawing: "either", said: (t) => t("arrows.finding.defensible") },
  relation: { drawing: "either", said: (t) => t("arrows.finding.relation") },
  noRelation: { drawing: "either", said: (t) => t("arrows.finding.noRelation") },
  turned: { drawing: "either", said: (t) => t("arrows.finding.turned") },
  tempting: { drawing: "left", said: (t) => t("arrows.finding.tempting") },
  detour: { drawing: "left", said: (t) => t("arrows.finding.detour") },
  extra: { drawing: "left", said: (t) => t("arrows.finding.extra") },
  missed: { drawing: "empty", said: (t) => t("arrows.finding.missed") },
  optional: { drawing: "empty", said: (t) => t("arrows.finding.optional") },
};

/**
 * @param {ArrowsHost} host
 * @param {Names} names
 */
export function reportPart(host, names) {
  const { t, uid } = host;
  const maps = mapsPart(host, names);
  let said = "";
  const told = h("div", { class: "cd-link-told" });
  const element = h("div", { class: "cd-report cd-arrows-report" }, told, maps.element);

  /**
   * @param {ArrowsKey} key
   * @param {Remark} remark
   */
  const row = (key, remark) =>
    h(
      "li",
      { class: "cd-link-remark", "data-finding": remark.finding },
      linkText(t, names, remark.link),
      h(
        "div",
        { class: "cd-verdict" },
        h(
          "p",
          { class: "cd-chips" },
          chip(toneOf(remark.finding), FINDINGS[remark.finding].drawing, FINDINGS[remark.finding].said(t)),
        ),
        ...[words(key, remark), remark.reference?.why].map((text) =>
          text ? h("p", { class: "cd-why" }, ...inline(text)) : null,
        ),
      ),
    );

  /**
   * What can be said of a link beside the reason in the key.
   *
   * @param {ArrowsKey} key
   * @param {Remark} remark
   */
  function words(key, { finding, link, reference, by }) {
    if (finding === "relation" || finding === "noRelation")
      return t("arrows.relationThere", { relation: names.relation(reference?.relation) });
    if (finding === "detour") return t("arrows.detourBy", { nodes: by.slice(1, -1).map(names.node).join(", ") });
    if (finding !== "extra") return "";
    const from = referenceLinks(key).filter(({ target }) => target === link.target);
    return from.length
      ? t("arrows.hasItFrom", {
          node: names.node(link.target),
          nodes: from.map(({ source }) => names.node(source)).join(", "),
        })
      : t("arrows.hasItFromNone", { node: names.node(link.target) });
  }

  return {
    element,
    said: () => said,
    /**
     * @param {ArrowsKey} key
     * @param {Link[]} edges
     */
    show(key, edges) {
      said = sentence(t, names, key, edges);
      const all = remarks(key, edges);
      const open = all.filter(({ finding }) => !FOLDED.includes(finding));
      const same = all.filter(({ finding }) => finding === "same" || finding === "defensible");
      const optional = all.filter(({ finding }) => finding === "optional");
      const list = (/** @type {Remark[]} */ some, /** @type {string|null} */ labelled) =>
        h(
          "ul",
          { class: "cd-remark-list", role: "list", "aria-labelledby": labelled },
          ...some.map((remark) => row(key, remark)),
        );
      const fold = (/** @type {Remark[]} */ some, /** @type {string} */ title) =>
        some.length
          ? h("details", { class: "cd-details cd-remark-fold" }, h("summary", {}, title), list(some, null))
          : "";
      told.replaceChildren(
        ...(open.length
          ? [h("p", { class: "cd-report-title", id: uid("told") }, t("arrows.linkByLink")), list(open, uid("told"))]
          : []),
        fold(same, t("arrows.sameFold", { count: same.length })),
        fold(optional, t("arrows.optionalFold", { count: optional.length })),
      );
      maps.show(key, edges);
    },
  };
}

/** @param {Finding} finding */
const toneOf = (finding) => (finding === "same" ? "right" : FOLDED.includes(finding) ? "plain" : "part");
