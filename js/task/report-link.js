// @ts-check
/** The link with which a learner reports a task; `copydesk book` writes into a page where it leads. */

import { h } from "../base/dom.js";

const PLACE = 'meta[name="copydesk-report"]';

/**
 * A link that begins a report with its title filled in; nothing is sent by itself. None if the publisher takes none.
 *
 * @param {import("../base/types.js").Translate} t
 * @param {string} lesson
 * @param {import("../base/shapes.js").Task} task
 */
export function reportLink(t, lesson, task) {
  const place = document.querySelector(PLACE)?.getAttribute("content");
  if (!place) return null;
  const href = place.replace("{task}", encodeURIComponent(`${lesson} ${task.id}`));
  const isForm = href.startsWith("http");
  const where = isForm ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return h("p", { class: "cd-report-task" }, h("a", { href, ...where }, t("task.report")));
}
