// @ts-check
/** One step at a time: the sections of a lesson's page, of which one is shown. Print, search and links see all of them. */
import { h } from "../../base/dom.js";

/** @typedef {{section: HTMLElement, heading: HTMLElement, title: string}} Step a section of the page, and what it is called */

/** A page with fewer sections is read as it is. */
const LEAST_STEPS = 3;

/**
 * The steps of the page that an element is on, or nothing where the page has no sections.
 *
 * @param {Element} element
 * @returns {{article: HTMLElement, whole: HTMLElement, steps: Step[]}|null}
 */
export function stepsAround(element) {
  const article = element.closest("article");
  const whole = article?.querySelector(":scope > section");
  if (!(article instanceof HTMLElement) || !(whole instanceof HTMLElement)) return null;
  /** @type {Step[]} */
  const steps = [];
  for (const section of whole.querySelectorAll(":scope > section")) {
    const heading = section.querySelector("h2");
    if (section instanceof HTMLElement && heading) steps.push({ section, heading, title: headingText(heading) });
  }
  return steps.length < LEAST_STEPS ? null : { article, whole, steps };
}

/**
 * The words of a heading, without the link to itself that a book puts behind them.
 *
 * @param {Element} heading
 */
function headingText(heading) {
  const copy = /** @type {Element} */ (heading.cloneNode(true));
  for (const link of copy.querySelectorAll(".headerlink")) link.remove();
  return copy.textContent?.trim() ?? "";
}

/**
 * Take what is above the first section into one element, so that it can belong to the first step. The page's own
 * heading stays where it is.
 *
 * @param {HTMLElement} whole
 * @returns {HTMLElement}
 */
export function gatherLead(whole) {
  const lead = h("div", { class: "cd-way-lead" });
  for (const child of [...whole.children]) {
    if (child.localName === "section") break;
    if (!child.querySelector("h1") && child.localName !== "h1") lead.append(child);
  }
  whole.querySelector(":scope > section")?.before(lead);
  return lead;
}

/**
 * Hide a part of the page so that the browser's own search still finds its words, and opens it.
 *
 * @param {HTMLElement} element
 * @param {boolean} isHidden
 */
export function setAway(element, isHidden) {
  if (isHidden) element.setAttribute("hidden", "until-found");
  else element.removeAttribute("hidden");
}

/**
 * What an address within the page leads to, or nothing.
 *
 * @param {string} hash
 */
export const targetOf = (hash) =>
  hash.length > 1 ? document.querySelector(`#${CSS.escape(decode(hash.slice(1)))}`) : null;

/**
 * The step that an address within the page leads to, or below 0.
 *
 * @param {Step[]} steps
 * @param {string} hash
 */
export function stepOfAddress(steps, hash) {
  const target = targetOf(hash);
  return target ? stepOf(steps, target) : -1;
}

/**
 * The step that an element is in, or below 0.
 *
 * @param {Step[]} steps
 * @param {Node} element
 */
export const stepOf = (steps, element) => steps.findIndex(({ section }) => section.contains(element));

/** @param {string} name */
function decode(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
