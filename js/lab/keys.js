// @ts-check
/**
 * Keeps a notebook of the course whole while its reader types beside a field. Outside a field JupyterLab takes a letter
 * for a command: a word would add cells, cut them and change what they are.
 */

/** @typedef {import("./types.js").Panel} Panel */

const VIEW = ".copydesk, .copydesk-marking, [data-lm-suppress-shortcuts]";
const FIELD = "input, textarea, select, [contenteditable='true'], .cm-editor, .jp-Toolbar";

/**
 * Let no single key change a notebook, and Enter open no text of the course as source. Keys that move stay, and so do
 * all that are pressed together with Ctrl, Alt or Meta.
 *
 * @param {Panel} panel
 */
export function keepFromKeys(panel) {
  /** @param {KeyboardEvent} event */
  const listen = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [target] = event.composedPath();
    if (!(target instanceof Element) || !panel.content.node.contains(/** @type {Node} */ (event.target))) return;
    if (target.closest(FIELD) || isOurs(event)) return;
    if (event.key.length === 1 && event.key !== " ") event.stopImmediatePropagation();
    if (event.key === "Enter" && !event.shiftKey && isFixedText(panel)) event.stopImmediatePropagation();
  };
  addEventListener("keydown", listen, true); // before JupyterLab, which listens on the document
  panel.disposed.connect(() => removeEventListener("keydown", listen, true));
}

/**
 * Whether a key goes to a view of ours, which has its own uses for letters and Enter, and lets none go further.
 *
 * @param {KeyboardEvent} event
 */
const isOurs = (event) => event.composedPath().some((node) => node instanceof Element && node.matches(VIEW));

/** @param {Panel} panel */
function isFixedText({ content }) {
  const cell = content.widgets[content.activeCellIndex];
  return cell?.model.type === "markdown" && cell.model.getMetadata("editable") === false;
}
