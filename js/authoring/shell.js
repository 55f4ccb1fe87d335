// @ts-check
/** What stands still on the authoring page: the line at the top, what is open, and the three panes. */
import { h } from "../base/dom.js";
import { direction } from "../base/text.js";

/**
 * @param {{t: import("../base/types.js").Translate, uid: (name: string) => string, language: string, preview: import("./preview.js").Preview}} given
 */
export function makeShell({ t, uid, language, preview }) {
  const live = h("div", { class: "cd-sr", role: "status", "aria-live": "polite" });
  const status = h("p", { class: "cd-author-status", role: "status" });
  const problem = h("p", { class: "cd-notice", role: "alert", hidden: true });
  const heading = h("h2", { class: "cd-author-course", dir: "auto" });
  const changes = h("button", { type: "button", class: "cd-button" }, t("author.changes"));
  const save = h(
    "button",
    { type: "button", class: "cd-button cd-primary", "aria-keyshortcuts": "Control+S" },
    t("author.save"),
  );
  const top = h(
    "div",
    { class: "cd-author-top" },
    heading,
    status,
    h("div", { class: "cd-author-buttons" }, changes, save),
  );
  const openSummary = h("summary", {});
  const openBody = h("div", {});
  const open = h("details", { class: "cd-details cd-author-open" }, openSummary, openBody);
  const list = h("nav", { class: "cd-author-pane cd-author-list", "aria-label": t("author.tasks") });
  const middle = h("div", { class: "cd-author-pane cd-author-form", role: "region", "aria-label": t("author.form") });
  const guesses = h("section", { class: "cd-author-below" });
  const right = h(
    "div",
    { class: "cd-author-pane cd-author-see", role: "region", "aria-labelledby": uid("see") },
    h("h3", { class: "cd-author-heading", id: uid("see") }, t("author.preview")),
    h("p", { class: "cd-hint" }, t("author.preview.hint")),
    preview.element,
    guesses,
  );
  const root = h(
    "div",
    { class: "copydesk cd-author", lang: language, dir: direction(language) },
    top,
    open,
    problem,
    h("div", { class: "cd-author-panes" }, list, middle, right),
    live,
  );
  return { root, heading, status, changes, save, open, openSummary, openBody, problem, list, middle, guesses, live };
}
