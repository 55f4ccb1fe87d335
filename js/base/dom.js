// @ts-check
/** Making elements: text only ever as text, never as markup. */

/** @typedef {Node|string|null|undefined|false} Child */

/**
 * Make an element. Properties are attributes; `true` sets an empty one, `false`, null and undefined none.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string|number|boolean|null|undefined>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, ...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an SVG element.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string|number|boolean|null|undefined>} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  setAttributes(element, attributes);
  append(element, ...children);
  return /** @type {SVGElementTagNameMap[Tag]} */ (element);
}

/**
 * @param {Element} element
 * @param {Record<string, string|number|boolean|null|undefined>} attributes
 */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * @param {Element} parent
 * @param {...Child} children
 */
export function append(parent, ...children) {
  for (const child of children) if (child !== null && child !== undefined && child !== false) parent.append(child);
}

/**
 * Set the text of an element only where it differs, so that a screen reader is not told twice.
 *
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Whether the focus is on this element, also within a shadow root.
 *
 * @param {Element} element
 */
export function hasFocus(element) {
  const root = /** @type {Document|ShadowRoot} */ (element.getRootNode());
  return root.activeElement === element;
}

const ICONS = {
  right: "M4 10.5 8 14.5 16 5.5",
  wrong: "M5 5 15 15M15 5 5 15",
  either: "M3.5 8c2.2-2.4 4.3-2.4 6.5 0s4.3 2.4 6.5 0M3.5 13c2.2-2.4 4.3-2.4 6.5 0s4.3 2.4 6.5 0",
  missed: "M10 4.5v7M10 15v.6",
  left: "M4.5 10h11",
  empty: "M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13Z",
  begun: "M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13ZM10 3.5v13M7.6 4.3v11.4M5.2 6v8",
  warning: "M10 3.2 17.5 16.5h-15ZM10 8v4M10 14v.4",
  saved: "M4 10.5 8 14.5 16 5.5",
  down: "M10 3.5v9M6 9l4 4 4-4M4 16.5h12",
  up: "M10 13V4M6 7.5l4-4 4 4M4 16.5h12",
};

/**
 * A small line drawing that carries no meaning of its own: words are beside it.
 *
 * @param {keyof typeof ICONS} name
 */
export function icon(name) {
  const path = svg("path", { d: ICONS[name] });
  return svg("svg", { class: "cd-icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" }, path);
}

let views = 0;
/** Tells this copy of the script from others on the same page, for element ids. */
const COPY = Math.random().toString(36).slice(2, 7);

/**
 * Return a function that makes element ids which no other view or task on the page has.
 *
 * @returns {(name: string) => string}
 */
export function uidMaker() {
  views += 1;
  const prefix = `cd-${COPY}-${views}`;
  return (name) => `${prefix}-${name.replace(/[^\w-]/g, "_")}`;
}
