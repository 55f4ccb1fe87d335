// @ts-check
/** The desk of a source map: a form for a link, the list of links, and the same links as a picture. */
import { h, hasFocus, setAttributes, setText } from "../../base/dom.js";
import { chip, resultNote } from "../../base/result.js";
import { inline } from "../../base/text.js";
import { credit, distinct, find } from "./links.js";
import { mapPart } from "./map.js";
import { UNKNOWN } from "./origins.js";
import style from "./style.css";

export { style };

/** @typedef {import("../../base/shapes.js").ArrowsTask} ArrowsTask */
/** @typedef {import("../../base/shapes.js").ArrowsKey} ArrowsKey */
/** @typedef {import("../../base/shapes.js").ArrowsResponse} ArrowsResponse */
/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {import("../../base/result.js").Tone} Tone */
/** @typedef {import("./map.js").ArrowsHost} ArrowsHost */
/** @typedef {import("./map.js").Names} Names */

const MOST_LINKS = 200;

/**
 * @param {ArrowsHost} host
 * @returns {import("../../base/types.js").Part<ArrowsResponse>}
 */
export function render(host) {
  const { task, t, uid, signal } = host;
  const names = namesOf(host);
  /** @type {Link[]} */
  let edges = [];
  const form = linkForm(host, names, (link) => add(link));
  const title = h("p", { class: "cd-report-title", id: uid("links") }, t("arrows.links"));
  const list = h("ul", { class: "cd-link-list", role: "list", "aria-labelledby": uid("links") });
  const empty = h("p", { class: "cd-hint" }, t("arrows.empty"));
  const missed = h("div", {});
  const map = mapPart(host, names);
  const notes = task.nodes.filter(({ note }) => note);
  const element = h(
    "div",
    { class: "cd-arrows" },
    notes.length
      ? h(
          "dl",
          { class: "cd-classes" },
          ...notes.map(({ text, note }) => h("div", {}, h("dt", {}, ...inline(text)), h("dd", {}, ...inline(note)))),
        )
      : null,
    form.element,
    h("div", { class: "cd-links" }, title, empty, list, missed),
    map.element,
  );

  /** @param {Link} link */
  function add(link) {
    const known = find(edges, link);
    if (known && (known.relation ?? null) === link.relation) return t("arrows.known");
    if (!known && edges.length >= MOST_LINKS) return t("arrows.full");
    put(known ? edges.map((edge) => (edge === known ? link : edge)) : [...edges, link]);
    const said = { link: names.link(link), count: edges.length };
    host.say(known ? t("arrows.changed", said) : t("arrows.added", said));
    return "";
  }

  /** @param {Link[]} next */
  function put(next) {
    edges = next;
    draw(undefined);
    host.change({ kind: "arrows", edges });
  }

  /** @param {Link} link */
  function remove(link) {
    put(edges.filter((edge) => edge !== link));
    host.say(t("arrows.removed", { link: names.link(link), count: edges.length }));
  }

  /**
   * A focus on a line of the list stays there, or goes to the line that takes its place.
   *
   * @param {ArrowsKey|undefined} key
   */
  function draw(key) {
    const focused = [...list.querySelectorAll("button")].findIndex((button) => hasFocus(button));
    empty.hidden = edges.length > 0;
    list.hidden = edges.length === 0;
    const results = edges.map((edge) => (key ? judgement(t, names, key, edge) : null));
    list.replaceChildren(
      ...edges.map((edge, index) => {
        const button =
          key === undefined
            ? h(
                "button",
                {
                  type: "button",
                  class: "cd-button cd-small",
                  "aria-label": t("arrows.removeOf", { link: names.link(edge) }),
                },
                t("arrows.remove"),
              )
            : null;
        button?.addEventListener("click", () => remove(edge), { signal });
        return h(
          "li",
          { class: "cd-link-row", "data-tone": results[index]?.tone },
          linkText(t, names, edge),
          button,
          results[index]?.note,
        );
      }),
    );
    map.draw(
      edges,
      results.map((result) => result?.tone),
      key,
    );
    if (focused >= 0) ([...list.querySelectorAll("button")].slice(0, focused + 1).at(-1) ?? form).focus();
  }

  return {
    element,
    show(response, checked) {
      const known = new Set([UNKNOWN, ...task.nodes.map(({ id }) => id)]);
      edges = distinct(response?.edges ?? []).filter(
        ({ source, target }) => source !== target && known.has(source) && known.has(target),
      );
      const key = checked ? task.key : undefined;
      form.element.hidden = checked;
      form.element.disabled = checked;
      draw(key);
      missed.replaceChildren(...(key ? missedPart(host, names, key, edges) : []));
    },
  };
}

/**
 * @param {ArrowsHost} host
 * @returns {Names}
 */
function namesOf({ task, t }) {
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
 * @param {ArrowsHost} host
 * @param {Names} names
 * @param {(link: Link) => string} add gives back a fault in words, or nothing
 */
function linkForm({ task, t, uid, signal }, names, add) {
  const nodes = [...task.nodes.map(({ id }) => id), UNKNOWN];
  const field = (
    /** @type {string} */ name,
    /** @type {string} */ label,
    /** @type {[string, string][]} */ options,
  ) => {
    const select = h(
      "select",
      { class: "cd-input cd-select", id: uid(name) },
      h("option", { value: "" }, t("arrows.choose")),
      ...options.map(([value, text]) => h("option", { value }, text)),
    );
    return {
      select,
      element: h("div", { class: "cd-link-field" }, h("label", { class: "cd-label", for: select.id }, label), select),
    };
  };
  const ends = nodes.map((id) => /** @type {[string, string]} */ ([id, names.node(id)]));
  const from = field("from", t("arrows.from"), ends);
  const to = field("to", t("arrows.to"), ends);
  const relation = task.relations.length
    ? field(
        "relation",
        t("arrows.relation"),
        task.relations.map(({ id, text }) => [id, text]),
      )
    : null;
  const fields = [from, to, ...(relation ? [relation] : [])];
  const button = h("button", { type: "button", class: "cd-button" }, t("arrows.add"));
  const fault = h("p", { class: "cd-fault", id: uid("fault"), role: "alert" });
  const element = h(
    "fieldset",
    { class: "cd-plain-fieldset cd-link-form" },
    h("legend", { class: "cd-legend" }, t("arrows.instruction")),
    h("div", { class: "cd-link-fields" }, ...fields.map((one) => one.element), button),
    fault,
  );

  const refuse = (/** @type {string} */ said, /** @type {HTMLSelectElement[]} */ wrong) => {
    setText(fault, said);
    for (const { select } of fields)
      setAttributes(select, {
        "aria-invalid": wrong.includes(select) ? "true" : null,
        "aria-errormessage": wrong.includes(select) ? fault.id : null,
      });
    wrong[0]?.focus();
  };
  button.addEventListener(
    "click",
    () => {
      const open = fields.map(({ select }) => select).filter(({ value }) => !value);
      if (open.length) return refuse(t("arrows.incomplete"), open);
      if (from.select.value === to.select.value) return refuse(t("arrows.itself"), [to.select]);
      const said = add({
        source: from.select.value,
        target: to.select.value,
        relation: relation?.select.value ?? null,
      });
      if (said) return refuse(said, [from.select]);
      refuse("", []);
      for (const { select } of fields) select.value = "";
      return from.select.focus();
    },
    { signal },
  );
  element.addEventListener("change", () => fault.textContent && refuse("", []), { signal });
  return { element, focus: () => from.select.focus() };
}

/**
 * @param {Translate} t
 * @param {Names} names
 * @param {Link} link
 */
function linkText(t, names, { source, target, relation }) {
  const said = names.relation(relation);
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

/**
 * What is said of one of the learner's links after the check.
 *
 * @param {Translate} t
 * @param {Names} names
 * @param {ArrowsKey} key
 * @param {Link} edge
 * @returns {{tone: Tone, note: HTMLElement}}
 */
function judgement(t, names, key, edge) {
  const reference = find(key.edges, edge);
  if (!reference) {
    const turned = find(key.edges, { source: edge.target, target: edge.source });
    return {
      tone: "wrong",
      note: said(chip("wrong", "wrong", turned?.weight ? t("arrows.turned") : t("arrows.notInReference"))),
    };
  }
  const { weight, why } = reference;
  if (!weight) return { tone: "wrong", note: resultNote([chip("wrong", "wrong", t("weight.neither"))], why) };
  if (credit(reference, edge) < weight)
    return {
      tone: "part",
      note: resultNote(
        [
          chip("part", "either", t("arrows.otherRelation")),
          chip("plain", "left", t("reference", { what: names.relation(reference.relation) })),
        ],
        why,
      ),
    };
  return weight < 1
    ? { tone: "part", note: resultNote([chip("part", "either", t("weight.defensible"))], why) }
    : { tone: "right", note: resultNote([chip("right", "right", t("arrows.inReference"))], why) };
}

/** @param {HTMLElement} one */
const said = (one) => h("div", { class: "cd-verdict" }, h("p", { class: "cd-chips" }, one));

/**
 * The links of the reference that the learner has not drawn.
 *
 * @param {ArrowsHost} host
 * @param {Names} names
 * @param {ArrowsKey} key
 * @param {Link[]} edges
 */
function missedPart({ t, uid }, names, key, edges) {
  const open = key.edges.filter((reference) => reference.weight > 0 && !find(edges, reference));
  if (!open.length) return [];
  const rows = open.map((reference) =>
    h(
      "li",
      { class: "cd-link-row", "data-tone": "missed" },
      linkText(t, names, reference),
      resultNote(
        [
          reference.weight < 1
            ? chip("part", "either", t("arrows.couldBe"))
            : chip("wrong", "missed", t("arrows.missed")),
        ],
        reference.why,
      ),
    ),
  );
  return [
    h("p", { class: "cd-report-title cd-links-more", id: uid("missed") }, t("arrows.missedTitle")),
    h("ul", { class: "cd-link-list", role: "list", "aria-labelledby": uid("missed") }, ...rows),
  ];
}
