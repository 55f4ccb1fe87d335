// @ts-check
/** The table of kinds: a new kind is one module and one line here, and one line for its view in parts.js or ../more.js. */
import * as arrows from "./arrows.js";
import * as choice from "./choice.js";
import * as drawer from "./drawer.js";
import * as order from "./order.js";
import * as sort from "./sort.js";
import * as spans from "./spans.js";
import * as value from "./value.js";
import * as verdict from "./verdict.js";
import * as written from "./written.js";

/** @type {Record<string, import("../types.js").Kind>} */
export const KINDS = { arrows, choice, drawer, order, sort, spans, value, verdict, written };
