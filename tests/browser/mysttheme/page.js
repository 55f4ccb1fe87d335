/** Draws a page of MyST: a few of its nodes as elements, and widgets as MyST's own themes do. */
import { ANY_RENDERERS } from "@myst-theme/anywidget";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const TAGS = {
  root: "div",
  block: "div",
  paragraph: "p",
  emphasis: "em",
  strong: "strong",
  inlineCode: "code",
  link: "a",
};

/** @param {any} node @param {number} [key] */
function draw(node, key) {
  if (node.type === "text") return node.value;
  if (Object.hasOwn(ANY_RENDERERS, node.type)) return createElement(ANY_RENDERERS[node.type], { key, node });
  const tag = node.type === "heading" ? `h${node.depth}` : TAGS[node.type];
  return tag ? createElement(tag, { key, href: node.url }, node.value ?? node.children?.map(draw)) : null;
}

const { mdast, frontmatter } = JSON.parse(document.querySelector("#content").textContent);
const page = createElement("div", {}, createElement("h1", {}, frontmatter.title), draw(mdast));
createRoot(document.querySelector("#page")).render(page);
