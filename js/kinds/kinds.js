// @ts-check
/** The kinds of tasks by their names. */
import * as table from "./table.js";

/** @type {Record<string, import("../base/types.js").Kind>} */
export const KINDS = { ...table };
