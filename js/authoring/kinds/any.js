// @ts-check
/** Fields for whatever an entry holds, where no form knows it: every text, number and tick, and lists with their parts. */
import { h } from "../../base/dom.js";
import { longText, number, tick } from "../fields.js";

/** @typedef {import("../form.js").Form} Form */
/** @typedef {import("../raw.js").Path} Path */

/** A name of the file as words. @param {string|number} name */
const words = (name) => (typeof name === "number" ? String(name + 1) : name.replaceAll("_", " "));

/**
 * @param {Form} form
 * @param {Path} path
 * @param {string[]} [leave] names that are not shown
 * @returns {HTMLElement}
 */
export function anything(form, path, leave = []) {
  const rows = Object.keys(form.get(path) ?? {})
    .filter((name) => !leave.includes(name))
    .map((name) => {
      const inner = [...path, Array.isArray(form.get(path)) ? Number(name) : name];
      const value = form.get(inner);
      const label = words(inner[inner.length - 1]);
      if (typeof value === "string") return longText(form, inner, { label, rows: 1 });
      if (typeof value === "number") return number(form, inner, { label });
      if (typeof value === "boolean") return tick(form, inner, { label });
      if (value === null || typeof value !== "object") return null;
      return h(
        "fieldset",
        { class: "cd-author-one" },
        h("legend", { class: "cd-author-name" }, label),
        anything(form, inner, ["id"]),
      );
    });
  return h("div", { class: "cd-author-any" }, ...rows);
}
