// @ts-check
/** The form of each kind of task. A kind that has none gets fields for whatever its entry holds. */
import { head, more } from "../common.js";
import { anything } from "./any.js";
import * as arrows from "./arrows.js";
import * as choice from "./choice.js";
import * as drawer from "./drawer.js";
import * as edit from "./edit.js";
import { drawCard, drawSource, drawText } from "./evidence.js";
import * as order from "./order.js";
import * as sort from "./sort.js";
import * as spans from "./spans.js";
import * as value from "./value.js";
import * as verdict from "./verdict.js";
import * as written from "./written.js";

/** @type {Record<string, {draw: import("../form.js").Draw}>} */
const FORMS = {
  arrows,
  choice,
  drawer,
  edit,
  order,
  sort,
  spans,
  value,
  verdict,
  written,
  card: { draw: drawCard },
  source: { draw: drawSource },
  text: { draw: drawText },
};
const IN_COMMON = ["id", "kind", "group", "title", "prompt", "context", "points", "twin", "key"];
const FOLDED = ["hints", "reasons", "confidence", "cards", "pins", "free", "concept_only", "concept", "bloom"];

/** @param {string} kind @returns {import("../form.js").Draw} */
export const formOf = (kind) =>
  Object.hasOwn(FORMS, kind)
    ? FORMS[kind].draw
    : (form) => [
        ...head(form),
        anything(form, [], [...IN_COMMON, ...FOLDED]),
        anything(form, ["key"], ["kind", "replies"]),
        more(form),
      ];
