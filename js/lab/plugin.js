// @ts-check
/** What happens to each notebook that is opened: those of the course run, and get their name and their switch. */

import { codeSwitch } from "./code.js";
import { keepFromKeys } from "./keys.js";
import { tabName } from "./name.js";
import { isTrusted, runOnce } from "./run.js";
import { startSteps } from "./steps.js";
import styles from "./style.css";

/** @typedef {import("./types.js").Panel} Panel */
/** @typedef {import("./types.js").Settings} Settings */

/** @returns {Settings} what the server says of the course */
function settings() {
  const text = document.getElementById("jupyter-config-data")?.textContent;
  const { notebooks = [], texts = {} } = JSON.parse(text || "{}").copydesk ?? {};
  return { notebooks, texts };
}

/** @param {{app: import("./types.js").App, tracker: import("./types.js").Tracker, palette: any, modules: import("./types.js").Modules}} given */
export function activate({ app, tracker, palette, modules }) {
  const { notebooks, texts } = settings();
  if (!notebooks.length) return;
  const sheet = document.createElement("style");
  sheet.textContent = styles;
  document.head.append(sheet);
  const code = codeSwitch({ app, palette, modules, texts });
  /** @type {WeakSet<object>} */
  const seen = new WeakSet();
  /** Where the notebooks are that were opened; a copy under another name is the learner's own. */
  const own = new Set(notebooks);

  /** @param {Panel} panel */
  async function take(panel) {
    await panel.context.ready;
    const path = panel.context.localPath;
    if (panel.isDisposed || !own.has(path)) return;
    panel.addClass("cdlab-notebook");
    panel.node.addEventListener("dblclick", (event) => keepText(panel, event), true);
    keepFromKeys(panel);
    code.add(panel);
    nameTab(panel, texts);
    markRunHint(panel);
    startSteps(panel, { modules, texts });
    if (seen.has(panel.context)) return; // a second view of a notebook that is open
    seen.add(panel.context);
    await prepare(panel, { modules, texts });
  }
  tracker.forEach((panel) => void take(panel));
  tracker.widgetAdded.connect((_, panel) => void take(panel));
}

/**
 * A double click on a text of the course picks out a word, and does not open the source of the text.
 *
 * @param {Panel} panel
 * @param {MouseEvent} event
 */
function keepText(panel, event) {
  const cell = event.target instanceof Element && event.target.closest(".jp-MarkdownCell");
  /** @type {any} */
  const widget = panel.content.widgets.find((/** @type {any} */ each) => each.node === cell);
  if (cell && widget?.model.getMetadata?.("editable") === false) event.stopPropagation();
}

/**
 * Mark the text that says how to run the cells: it is above the first of them, in JupyterLab only.
 *
 * @param {Panel} panel
 */
function markRunHint({ content }) {
  const first = content.widgets.findIndex(({ model }) => model.type === "code");
  for (const cell of content.widgets.slice(0, Math.max(0, first)))
    if (cell.model.getMetadata("tags")?.includes("lab-only")) cell.addClass("cdlab-run-hint");
}

/**
 * Run a notebook that may run by itself; a line above it, and a voice for those who do not see it, say how far that is.
 *
 * @param {Panel} panel
 * @param {{modules: import("./types.js").Modules, texts: Record<string, string>}} given
 */
async function prepare(panel, { modules, texts }) {
  const line = new modules["@lumino/widgets"].Widget();
  line.addClass("cdlab-line");
  panel.contentHeader.addWidget(line);
  const voice = document.createElement("div");
  voice.className = "cdlab-voice";
  voice.setAttribute("role", "status");
  panel.node.append(voice);
  const say = (/** @type {string} */ state) => {
    line.node.textContent = voice.textContent = texts[state] ?? "";
    line.node.setAttribute("aria-hidden", "true"); // the voice says it
    line.setHidden(state === "ready");
    panel.node.dataset.copydesk = state;
  };
  if (!isTrusted(panel.content)) {
    say("not_run");
    const look = () => {
      if (!isTrusted(panel.content)) return;
      panel.sessionContext.statusChanged.disconnect(look);
      say("ready"); // its learner ran it, which is what makes JupyterLab trust a cell
    };
    panel.sessionContext.statusChanged.connect(look);
    return;
  }
  say("running");
  await runOnce(panel, modules);
  say("ready");
}

/**
 * Name a tab after number and kind. In JupyterLab a new label renames the file, so what does that is taken off.
 *
 * @param {Panel} panel
 * @param {Record<string, string>} texts
 */
function nameTab(panel, texts) {
  /** @type {any} */
  const inside = panel;
  if (typeof inside._onTitleChanged !== "function") return;
  panel.title.changed.disconnect(inside._onTitleChanged, panel);
  const heading = panel.content.widgets[0]?.model;
  const name = () => {
    panel.title.label = tabName(
      panel.context.localPath,
      heading ? String(/** @type {any} */ (heading).sharedModel.getSource()) : "",
      texts,
    );
  };
  name();
  panel.context.pathChanged.connect(name);
}
