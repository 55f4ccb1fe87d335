// @ts-check
/**
 * The parts of JupyterLab that the extension uses; its own types are not needed to build it.
 *
 * @typedef {{connect: (slot: (sender: any, args: any) => void) => boolean, disconnect: (slot: any, context?: any) => boolean}} Signal
 *
 * @typedef {object} CellModel
 * @property {string} type
 * @property {string} id
 * @property {boolean} [trusted] of code cells
 * @property {(name: string) => any} getMetadata
 * @property {{getSource: () => string}} sharedModel
 * @property {() => void} [clearExecution] of code cells
 *
 * @typedef {{model: CellModel, isDisposed: boolean, node: HTMLElement, addClass: (name: string) => void, setHidden: (isHidden: boolean) => void}} Cell
 *
 * @typedef {object} SessionContext
 * @property {Promise<void>} ready
 * @property {boolean} isDisposed
 * @property {Signal} statusChanged
 * @property {{kernel: {info: Promise<unknown>, status: string}|null}|null} session
 *
 * @typedef {{isReady: boolean, ready: Promise<void>, path: string, localPath: string, model: {dirty: boolean}, pathChanged: Signal}} Context
 *
 * @typedef {{widgets: readonly Cell[], node: HTMLElement, activeCellIndex: number, scrollToItem: (index: number, align: string) => Promise<void>, modelContentChanged: Signal}} NotebookView
 *
 * @typedef {object} Panel
 * @property {NotebookView} content
 * @property {Context} context
 * @property {SessionContext} sessionContext
 * @property {Promise<void>} revealed
 * @property {boolean} isDisposed
 * @property {HTMLElement} node
 * @property {{insertItem: (place: number, name: string, item: any) => boolean}} toolbar
 * @property {{addWidget: (widget: any) => void}} contentHeader the place between toolbar and notebook
 * @property {{label: string, changed: Signal}} title
 * @property {(name: string) => void} addClass
 * @property {(name: string, force?: boolean) => boolean} toggleClass
 * @property {Signal} disposed
 *
 * @typedef {{forEach: (action: (panel: Panel) => void) => void, widgetAdded: Signal}} Tracker
 *
 * @typedef {object} Commands
 * @property {(id: string, options: object) => void} addCommand
 * @property {(id: string) => void} notifyCommandChanged
 * @property {(id: string) => Promise<any>} execute
 *
 * @typedef {{commands: Commands, restored?: Promise<void>}} App
 *
 * @typedef {object} Settings what the server says, see `copydesk/lab/extension/server.py`
 * @property {string[]} notebooks paths of the course's own notebooks
 * @property {Record<string, string>} texts
 *
 * @typedef {Record<string, any>} Modules the modules of JupyterLab, by name
 */
export {};
