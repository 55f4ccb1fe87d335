// @ts-check
/** The views that are not tasks: the one that most pages have; ../more.js adds the others. */
import * as progress from "./progress.js";

/** @typedef {{render: (desk: import("../view.js").Desk) => HTMLElement}} View */

/** @type {Record<string, View>} */
export const VIEWS = { progress };
