// @ts-check
/** The module of the authoring page: its forms, and all kinds of tasks as a learner sees them. */
import { KIND_SCORINGS, KIND_VIEWS } from "kind-views/second-script";
import en from "../src/copydesk/text/en.json" with { type: "json" };
import { AuthoringPage } from "./authoring/page.js";
import style from "./authoring/style.css";
import { addTexts } from "./base/text.js";
import "./main.js";
import { register } from "./task/registry.js";

addTexts(en.widget);
addTexts(en.author);
register({ kinds: KIND_VIEWS, scorings: KIND_SCORINGS, views: {}, styles: [style] });

/**
 * Show the page as a widget.
 *
 * @param {{model: import("./authoring/client.js").Model, el: HTMLElement}} given
 * @returns {() => void} clean-up
 */
function render({ model, el }) {
  const whole = new AbortController();
  new AuthoringPage({ model, el, signal: whole.signal });
  return () => whole.abort();
}

export default { render };
