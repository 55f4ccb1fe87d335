// @ts-check
/**
 * A page in a SCORM package: the package's frame (js/scorm/shell.js) gives it a name, by which the page knows where it
 * is and whose answers it keeps, and the page tells the frame how far the learner is.
 */

/** @typedef {{done: number, of: number}|{score: number}} Report tasks that are complete, of all; or the practice score, from 0 to 1 */

const NAME = /^copydesk-package-(\w*)$/;
const SUBJECT = "copydesk.progress";

/**
 * The name for the frame of a learner's pages: several learners may use one browser.
 *
 * @param {string} learner a fingerprint; empty where the platform does not say who it is
 */
export const frameName = (learner) => `copydesk-package-${learner}`;

/**
 * Whose answers a page in a package keeps; null for a page that is in none.
 *
 * @param {string} [name] of the page's window
 * @returns {string|null}
 */
export const packageLearner = (name = globalThis.window?.name ?? "") => NAME.exec(name)?.[1] ?? null;

/**
 * Tell the frame how far the learner is. A page outside of a package tells no one.
 *
 * @param {Report} report
 */
export function tellPackage(report) {
  // Opened from a disk, a page has no origin that could be named; there are no answers in a report.
  if (packageLearner() !== null) window.parent.postMessage({ subject: SUBJECT, ...report }, "*");
}

/**
 * A report, if this is what a message holds.
 *
 * @param {unknown} data
 * @returns {Partial<{done: number, of: number, score: number}>|null}
 */
export function readReport(data) {
  const { subject, ...report } = /** @type {Record<string, unknown>} */ (Object(data));
  if (subject !== SUBJECT) return null;
  return Object.fromEntries(Object.entries(report).filter(([, value]) => Number.isFinite(value)));
}
