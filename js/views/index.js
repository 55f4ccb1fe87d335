// @ts-check
/** The views that are not tasks, those that most pages have; ../more.js adds the others. */
import { uidMaker } from "../dom.js";
import { handInView } from "../handin.js";
import * as progress from "./progress.js";

/** @typedef {{render: (desk: import("../view.js").Desk) => HTMLElement}} View */

/** @type {Record<string, View>} */
export const VIEWS = {
  progress,
  "hand-in": { render: (desk) => handInView(desk, uidMaker()) },
};
