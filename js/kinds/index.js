// @ts-check
/** The table of kinds: a new kind is one module and one line here. */
import * as choice from "./choice.js";
import * as sort from "./sort.js";
import * as spans from "./spans.js";
import * as value from "./value.js";
import * as written from "./written.js";

/** @type {Record<string, import("../types.js").Kind>} */
export const KINDS = { choice, sort, spans, value, written };
