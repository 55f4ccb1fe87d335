// @ts-check
/** The model that a host gives a widget: what differs between hosts is known here alone. */

/**
 * The part of an anywidget model that is used. A host without a kernel (a MyST page) has `get`, `set` and `on`; the
 * other calls are not there, or throw.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 */

/**
 * Whether someone keeps what is set: Python says from the beginning what is saved, and its host can send changes.
 * Nothing has changed yet, so nothing is sent.
 *
 * @param {Model} model
 */
export const hasKernel = (model) => Boolean(model.get("saved")) && succeeds(() => model.save_changes());

/**
 * Listen to a model until the signal is aborted. A host that cannot take a listener away calls one that does nothing.
 *
 * @param {Model} model
 * @param {string} event
 * @param {() => void} listener
 * @param {AbortSignal} signal
 */
export function listenTo(model, event, listener, signal) {
  const heard = () => void (signal.aborted || listener());
  model.on(event, heard);
  signal.addEventListener("abort", () => succeeds(() => model.off(event, heard)), { once: true });
}

/** @param {() => void} action */
function succeeds(action) {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
