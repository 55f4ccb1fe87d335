// @ts-check
/** A page of its own, for paper and for keeping: one HTML document with its style in it, and nothing to fetch. */
import { direction } from "./text.js";

/** Nothing runs in such a document and nothing is fetched, whatever someone wrote into it. */
const RULES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const FRAME = "cd-paper-frame";

/**
 * The whole document as text. What the nodes hold as text is text there, too: the browser itself writes it out.
 *
 * @param {{title: string, language: string, style: string, body: Node[]}} paper style: rules of CSS, the course's own; body: stays where it is
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
  const rules = paper.createElement("style");
  rules.textContent = style.replaceAll("</", "<\\/");
  head.prepend(meta({ charset: "utf-8" }), meta({ "http-equiv": "Content-Security-Policy", content: RULES }));
  head.append(meta({ name: "viewport", content: "width=device-width, initial-scale=1" }), rules);
  paper.body.append(...body.map((node) => paper.importNode(node, true)));
  return `<!doctype html>\n${root.outerHTML}\n`;
}

/**
 * Print a document in an invisible frame. The page around it stays as it is.
 *
 * @param {string} html as paperHtml makes it
 */
export function printPaper(html) {
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
    contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
    contentWindow.focus(); // Safari prints the window that has the focus
    contentWindow.print();
  });
  frame.srcdoc = html;
  document.body.append(frame);
}
