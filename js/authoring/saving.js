// @ts-check
/** Saving, and what it would change. */
import { h } from "../base/dom.js";
import { clock } from "../base/text.js";
import { changesContent } from "./changes.js";
import { showDialog } from "./dialog.js";

/** @typedef {import("./client.js").Reply} Reply */
/**
 * The part of the page that saving needs.
 *
 * @typedef {object} Saved
 * @property {import("../base/types.js").Translate} t
 * @property {(name: string) => string} uid
 * @property {{root: HTMLElement}} shell
 * @property {import("./client.js").Ask} ask
 * @property {import("./client.js").Edits<any>} edits
 * @property {(reply: Reply) => boolean} take
 * @property {import("../base/types.js").Say} say
 * @property {() => void} showStatus
 * @property {string} savedAt
 * @property {boolean} changed
 * @property {import("./outline.js").Chosen} chosen
 * @property {(chosen: import("./outline.js").Chosen) => Promise<void>} choose
 */

/** @param {Saved} page */
export async function showChanges(page) {
  const { t, uid, shell } = page;
  await page.edits.flush();
  const reply = await page.ask("changes");
  if (!page.take(reply)) return;
  const saving = { text: t("author.save"), primary: true, act: () => void save(page) };
  showDialog({
    root: shell.root,
    uid,
    title: t("author.changes.title"),
    content: changesContent(t, reply.files),
    buttons: [...(reply.files.length ? [saving] : []), { text: t("author.close") }],
    wide: true,
  });
}

/** @param {Saved} page */
export async function save(page) {
  const { t } = page;
  await page.edits.flush();
  const reply = await page.ask("save");
  if (!reply.ok) {
    if (reply.reload) offerReload(page, reply.text ?? "");
    else tell(page, t("author.save.refused"), reply.text ?? "");
    return;
  }
  page.take(reply);
  page.savedAt = clock(new Date().toISOString());
  page.changed = false;
  page.showStatus();
  if (reply.text) page.say(reply.text);
  if (reply.note) tell(page, t("author.saved.note"), reply.note);
  page.take(await page.ask("course"));
}

/**
 * Show something that the author has to know.
 *
 * @param {Saved} page
 * @param {string} title
 * @param {string} text
 */
function tell({ t, uid, shell }, title, text) {
  const buttons = [{ text: t("author.close"), primary: true }];
  showDialog({ root: shell.root, uid, title, content: [h("p", {}, text)], buttons });
}

/**
 * Say that nothing was saved because a file was changed elsewhere meanwhile, and ask whose changes count.
 *
 * @param {Saved} page
 * @param {string} text
 */
function offerReload(page, text) {
  const { t, uid, shell } = page;
  const reload = async (/** @type {boolean} */ keep) => {
    if (!page.take(await page.ask("reload", { keep }))) return;
    await page.choose(page.chosen);
    if (keep) await save(page);
  };
  showDialog({
    root: shell.root,
    uid,
    title: t("author.save.refused"),
    content: [h("p", {}, text)],
    buttons: [
      { text: t("author.save.keep"), primary: true, act: () => void reload(true) },
      { text: t("author.save.take"), act: () => void reload(false) },
      { text: t("author.close") },
    ],
  });
}
