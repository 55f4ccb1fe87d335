// @ts-check
/** The table of kinds: a new kind is a folder with `scoring.js` and `view.js`, and one line here. A kind
 * with an `answer.js` scores in the second script: the first has only that. */
export * as arrows from "./arrows/scoring.js";
export * as choice from "./choice/scoring.js";
export * as drawer from "./drawer/scoring.js";
export * as edit from "./edit/scoring.js";
export * as order from "./order/scoring.js";
export * as sort from "./sort/scoring.js";
export * as spans from "./spans/scoring.js";
export * as value from "./value/scoring.js";
export * as verdict from "./verdict/scoring.js";
export * as written from "./written/scoring.js";
