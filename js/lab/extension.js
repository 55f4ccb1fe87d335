// @ts-check
/**
 * The extension for JupyterLab and Notebook 7, as the container that their module federation expects: it takes the
 * page's own modules and brings none.
 */
import { activate } from "./plugin.js";

/** The name in the extension's package.json, by which the page asks for it. */
const NAME = "copydesk-lab";
const MODULES = [
  "@jupyterlab/notebook",
  "@jupyterlab/cells",
  "@jupyterlab/apputils",
  "@jupyterlab/ui-components",
  "@lumino/widgets",
];

/** @type {Record<string, Record<string, {get: () => Promise<() => any>}>>} modules of the page, by name and version */
let shared = {};

/** @param {string} name */
async function take(name) {
  const [provider] = Object.values(shared[name] ?? {});
  return provider ? (await provider.get())() : {};
}

async function plugins() {
  const modules = Object.fromEntries(await Promise.all(MODULES.map(async (name) => [name, await take(name)])));
  return [
    {
      id: `${NAME}:notebooks`,
      description: "Notebooks of the course run by themselves, and show their code only to those who want it.",
      autoStart: true,
      requires: [modules["@jupyterlab/notebook"].INotebookTracker],
      optional: [modules["@jupyterlab/apputils"].ICommandPalette],
      activate: (/** @type {any} */ app, /** @type {any} */ tracker, /** @type {any} */ palette) =>
        activate({ app, tracker, palette, modules }),
    },
  ];
}

/** @type {any} */
const page = window;
page._JUPYTERLAB ??= {};
page._JUPYTERLAB[NAME] = {
  init: (/** @type {typeof shared} */ scope) => {
    shared = scope;
  },
  get: async () => {
    const found = await plugins();
    return () => ({ __esModule: true, default: found });
  },
};
