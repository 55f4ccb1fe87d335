/** A page as MyST makes it: its theme's renderer draws each widget that the page names, in a shadow root, by React. */
import { ANY_RENDERERS } from "@myst-theme/anywidget";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const root = createRoot(document.querySelector("#widgets"));

/** Show the widgets of a page, as a site does that goes to another page without loading it. */
globalThis.showWidgets = (nodes) =>
  root.render(nodes.map((node) => createElement(ANY_RENDERERS.anywidget, { key: node.key, node })));
showWidgets(JSON.parse(document.querySelector("#nodes").textContent));
