// @ts-check
/** The table of views that are not tasks: a new view is one module and one line here. */
import { uidMaker } from "../dom.js";
import { handInView } from "../handin.js";
import * as progress from "./progress.js";
import * as reading from "./reading.js";
import * as reliability from "./reliability.js";

/** @typedef {{render: (desk: import("../view.js").Desk) => HTMLElement, style?: string}} View */

/** @type {Record<string, View>} */
export const VIEWS = {
  progress,
  reading,
  reliability,
  "hand-in": { render: (desk) => handInView(desk, uidMaker()) },
};
