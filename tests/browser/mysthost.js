/** A page as MyST makes it: the renderer of its theme draws every widget that the page's data name. */
import { ANY_RENDERERS } from "@myst-theme/anywidget";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const main = document.querySelector("main");
const root = createRoot(main);
const draw = (nodes) => root.render(nodes.map((node) => createElement(ANY_RENDERERS.anywidget, { key: node.key, node })));

globalThis.turnTo = draw; // as a site does that goes to another page without loading it
draw(JSON.parse(document.querySelector("#nodes").textContent));
