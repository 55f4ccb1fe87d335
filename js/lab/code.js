// @ts-check
/** The switch that shows the code of the course's notebooks: off at first, and remembered by this browser. */

import { recall, remember } from "../store/storage.js";

/** @typedef {import("./types.js").Panel} Panel */

const KEY = "copydesk/lab/code";
const COMMAND = "copydesk:show-code";

/**
 * @param {{app: import("./types.js").App, palette: any, modules: import("./types.js").Modules, texts: Record<string, string>}} given
 * @returns {{add: (panel: Panel) => void}}
 */
export function codeSwitch({ app, palette, modules, texts }) {
  let isShown = recall(KEY) === "shown";
  /** @type {Set<Panel>} */
  const panels = new Set();
  /** @type {Set<any>} */
  const buttons = new Set();

  const show = () => {
    for (const panel of panels) panel.toggleClass("cdlab-without-code", !isShown);
    for (const button of buttons) button.pressed = isShown;
  };
  const change = () => {
    isShown = !isShown;
    remember(KEY, isShown ? "shown" : "hidden");
    show();
    app.commands.notifyCommandChanged(COMMAND);
  };
  app.commands.addCommand(COMMAND, {
    label: texts.show_code,
    caption: texts.show_code_hint,
    isToggled: () => isShown,
    execute: change,
  });
  palette?.addItem({ command: COMMAND, category: "Copy Desk" });

  return {
    add(panel) {
      const button = new modules["@jupyterlab/ui-components"].ToolbarButton({
        className: "cdlab-code",
        label: texts.show_code,
        tooltip: texts.show_code_hint,
        pressed: isShown,
        onClick: change,
      });
      panel.toolbar.insertItem(0, "cdlab-code", button);
      panels.add(panel);
      buttons.add(button);
      panel.disposed.connect(() => {
        panels.delete(panel);
        buttons.delete(button);
      });
      const mark = () => markCells(panel);
      mark();
      panel.content.modelContentChanged.connect(mark);
      show();
    },
  };
}

/**
 * Mark the code cells of the course, which cannot be deleted: those that only show something have a tag, and what the
 * others print belongs to their code. A cell that the learner added is never folded away.
 *
 * @param {Panel} panel
 */
function markCells(panel) {
  for (const cell of panel.content.widgets) {
    if (cell.model.type !== "code" || cell.model.getMetadata("deletable") !== false) continue;
    const tags = cell.model.getMetadata("tags") ?? [];
    cell.addClass(tags.length ? "cdlab-shows" : "cdlab-works");
  }
}
