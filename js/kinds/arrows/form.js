// @ts-check
/** Lists to choose a link from: for the keyboard, for a screen reader, and for those who like them. */
import { h, setAttributes, setText } from "../../base/dom.js";
import { UNKNOWN } from "./origins.js";

/** @typedef {import("../../base/shapes.js").Link} Link */
/** @typedef {import("./names.js").ArrowsHost} ArrowsHost */
/** @typedef {import("./names.js").Names} Names */

/**
 * @param {ArrowsHost} host
 * @param {Names} names
 * @param {(link: Link) => string} add gives back a fault in words, or nothing
 */
export function linkForm({ task, t, uid, signal }, names, add) {
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
