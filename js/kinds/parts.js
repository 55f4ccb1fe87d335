// @ts-check
/** How the kinds that most pages have are drawn; ../more.js adds the others. */
import * as choice from "./choice.js";
import * as sort from "./sort.js";
import * as spans from "./spans-view.js";
import * as value from "./value.js";
import * as written from "./written.js";

/** @type {Record<string, {render: (host: any) => import("../types.js").Part<any>}>} */
export const PARTS = { choice, sort, spans, value, written };
