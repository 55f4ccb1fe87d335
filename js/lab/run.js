// @ts-check
/** Runs a notebook when it is opened, without moving the reader, the focus or the place in it. */

/** @typedef {import("./types.js").Panel} Panel */
/** @typedef {import("./types.js").Cell} Cell */

/** By this tag Python knows that no one pressed anything: `src/copydesk/opening.py`. */
const OPENING = "copydesk-opening";

/** @param {{widgets: readonly Cell[]}} notebook */
const codeCells = ({ widgets }) => widgets.filter(({ model }) => model.type === "code");

/**
 * Whether nothing in a notebook came from someone else: Jupyter trusts what it saved itself, and what the server
 * that `copydesk lab` started found as it was copied.
 *
 * @param {{widgets: readonly Cell[]}} notebook
 */
export const isTrusted = (notebook) => codeCells(notebook).every(({ model }) => model.trusted);

/**
 * Clear all outputs and run all cells. A cell that fails does not keep the next one from running: a learner's
 * unfinished code must not hide the tasks below it. Jupyter has a tag for that; here it goes along with the request only.
 *
 * @param {Panel} panel
 * @param {import("./types.js").Modules} modules
 */
export async function runOnce(panel, modules) {
  const { content, context, sessionContext } = panel;
  const wasDirty = context.model.dirty;
  const cells = codeCells(content);
  for (const { model } of cells) model.clearExecution?.();
  await sessionContext.ready;
  await sessionContext.session?.kernel?.info;
  const metadata = { tags: ["raises-exception", OPENING] };
  const { CodeCell } = modules["@jupyterlab/cells"];
  await Promise.allSettled(
    cells.filter((cell) => !cell.isDisposed).map((cell) => CodeCell.execute(cell, sessionContext, metadata)),
  );
  if (!wasDirty && !panel.isDisposed) context.model.dirty = false; // all of this is made again when it is opened again
}
