// @ts-check
/** A page of its own, for paper and for keeping: one HTML document with its style in it, and nothing to fetch. */
import { direction } from "./text.js";

/** Nothing runs in such a document and nothing is fetched, whatever someone wrote into it. */
const RULES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const FRAME = "cd-paper-frame";

/** @typedef {{title: string, language: string, style: string, body: Node[]}} Paper style: rules of CSS, the course's own; body: stays where it is */

/**
 * The whole document as text. What the nodes hold as text is text there, too: the browser itself writes it out.
 *
 * @param {Paper} paper
 * @returns {string}
 */
export function paperHtml({ title, language, style, body }) {
  const paper = document.implementation.createHTMLDocument(title);
  const { documentElement: root, head } = paper;
  root.lang = language;
  root.dir = direction(language);
  const meta = (/** @type {Record<string, string>} */ attributes) => {
    const element = paper.createElement("meta");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  head.prepend(meta({ charset: "utf-8" }), meta({ "http-equiv": "Content-Security-Policy", content: RULES }));
  head.append(meta({ name: "viewport", content: "width=device-width, initial-scale=1" }));
  paper.body.append(...body.map((node) => paper.importNode(node, true)));
  // Written into the text: as an element it would be stopped by a strict policy of the site.
  const rules = style ? `<style>${style.replaceAll("</", "<\\/")}</style>` : "";
  return `<!doctype html>\n${root.outerHTML.replace("</head>", () => `${rules}</head>`)}\n`;
}

/**
 * Print a document in an invisible frame. The page around it stays as it is.
 *
 * @param {Paper} paper
 */
export function printPaper(paper) {
  const shares = "adoptedStyleSheets" in document; // a style element could be forbidden by the policy of the site
  for (const old of document.querySelectorAll(`.${FRAME}`)) old.remove(); // some browsers never say that they are done
  const frame = document.createElement("iframe");
  frame.className = FRAME;
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  // A frame that is not displayed prints as an empty sheet in some browsers.
  Object.assign(frame.style, { blockSize: "0", border: "0", inlineSize: "0", insetBlockEnd: "0", position: "fixed" });
  frame.addEventListener("load", () => {
    const { contentWindow } = frame;
    if (!contentWindow) return;
    if (shares) adoptRules(/** @type {typeof globalThis & Window} */ (contentWindow), paper.style);
    contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
    contentWindow.focus(); // Safari prints the window that has the focus
    contentWindow.print();
  });
  frame.srcdoc = paperHtml(shares ? { ...paper, style: "" } : paper);
  document.body.append(frame);
}

/**
 * @param {typeof globalThis & Window} frame
 * @param {string} style
 */
function adoptRules(frame, style) {
  const sheet = new frame.CSSStyleSheet();
  sheet.replaceSync(style);
  frame.document.adoptedStyleSheets.push(sheet);
}
