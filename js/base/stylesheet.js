// @ts-check
/** One style sheet for all views of a page: it is read once, however many views there are. */
import { h } from "./dom.js";
import cards from "./styles/cards.css";
import controls from "./styles/controls.css";
import look from "./styles/look.css";
import options from "./styles/options.css";
import results from "./styles/results.css";
import tables from "./styles/tables.css";
import touch from "./styles/touch.css";
import transferBar from "./styles/transfer-bar.css";

/** Of browsers that have no style sheet to share (Safari 15): whom a style element was given. @type {Set<Document|ShadowRoot>} */
const places = new Set();
const ELEMENT = "cd-styles";

let text = [look, controls, results, cards, options, tables, touch, transferBar].join("\n");
/** @type {CSSStyleSheet|undefined} */
let sheet;

/**
 * Add the rules of kinds and views. All rules are read again: call it once a script.
 *
 * @param {string[]} styles
 */
export function addStyles(styles) {
  text = [text, ...styles].join("\n");
  sheet?.replaceSync(text);
  for (const place of places) putElement(place);
}

/**
 * Give the document, or the shadow root, that an element is in, the style sheet. One that is nowhere yet gets
 * it of its document, and again where its host puts it.
 *
 * @param {HTMLElement} element
 * @param {AbortSignal} signal
 */
export function adoptStyles(element, signal) {
  adopt(element);
  if (element.isConnected || typeof ResizeObserver !== "function") return;
  const observer = new ResizeObserver(() => {
    if (!element.isConnected) return;
    adopt(element);
    observer.disconnect();
  });
  observer.observe(element); // it tells of the first size, before anything is painted
  signal.addEventListener("abort", () => observer.disconnect());
}

/** @param {HTMLElement} element */
function adopt(element) {
  const root = element.getRootNode();
  const place = root instanceof ShadowRoot ? root : element.ownerDocument;
  if (!("adoptedStyleSheets" in place)) {
    places.add(place);
    putElement(place);
    return;
  }
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
  }
  if (!place.adoptedStyleSheets.includes(sheet)) place.adoptedStyleSheets.push(sheet);
}

/**
 * Give a place a style element; where the policy of the site forbids these, rules in a style sheet of the page.
 *
 * @param {Document|ShadowRoot} place
 */
function putElement(place) {
  const parent = place instanceof Document ? place.head : place;
  const element = parent.querySelector(`.${ELEMENT}`) ?? parent.appendChild(h("style", { class: ELEMENT }));
  if (element.textContent !== text) element.textContent = text;
  if (/** @type {HTMLStyleElement} */ (element).sheet || !element.isConnected) return;
  const insert = () => place.styleSheets[0]?.insertRule(`@media all{${text}}`, place.styleSheets[0].cssRules.length);
  if (document.readyState === "complete") insert();
  else addEventListener("load", insert, { once: true });
}
