// @ts-check
/** The module for pages of someone else's site: all kinds of tasks, and none of the other views. */
import { KIND_SCORINGS, KIND_VIEWS } from "kind-views/second-script";
import en from "../src/copydesk/text/en.json" with { type: "json" };
import { addTexts } from "./base/text.js";
import { render } from "./main.js";
import { register } from "./task/registry.js";

addTexts(en.widget);
register({ kinds: KIND_VIEWS, scorings: KIND_SCORINGS, views: {} });
export default { render };
