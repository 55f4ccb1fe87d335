// @ts-check
/** The store of a page without a kernel: the answer file lives in this browser, and goes in and out as a file. */
import { changedIds, cleanAlias, fileName, later, makeAnswerFile, mergeEntries, readAnswerFile, serialize } from "../answerfile.js";
import { browserStorage, kept } from "./storage.js";
import { transferOf } from "./transfer.js";

/** @typedef {import("../types.js").Entries} Entries */
/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../types.js").AnswerFile} AnswerFile */
/** @typedef {import("../types.js").SaveStatus} SaveStatus */
/** @typedef {import("../types.js").Store & import("../types.js").Transfer} PageStore */

/**
 * The key of a lesson's answers; the release is in it because an origin may hold several books.
 *
 * @param {Content} content
 */
export const storageKey = ({ course, release, lesson }) => `copydesk/${course}/${release}/${lesson}`;

/**
 * A lesson's answer file in this browser: that of this release of the book, or else the newest of an earlier one,
 * which stays where it is.
 *
 * @param {import("./storage.js").Keep} storage
 * @param {Content} content
 * @returns {{text: string, release: string}|null}
 */
export function storedFile(storage, content) {
  const here = storage.getItem(storageKey(content));
  if (here !== null) return { text: here, release: content.release };
  const older = kept(storage, `copydesk/${content.course}/`).flatMap(({ key, text }) => {
    const [, , release, lesson, ...rest] = key.split("/");
    const read = lesson === content.lesson && !rest.length ? readAnswerFile(text, content) : null;
    return read && "file" in read ? [{ text, release, saved: Date.parse(read.file.saved) }] : [];
  });
  return older.sort((one, two) => two.saved - one.saved)[0] ?? null;
}

/**
 * @param {{content: Content, t: import("../types.js").Speak, storage?: import("./storage.js").Keep|null, events?: Pick<EventTarget, "addEventListener">, save?: (name: string, text: string) => void}} given
 * @returns {PageStore}
 */
export function pageStore({ content, t, storage = browserStorage(), events = globalThis, save = saveAsFile }) {
  const key = storageKey(content);
  /** @type {Set<(changed: string[]) => void>} */
  const listeners = new Set();
  const tell = (/** @type {string[]} */ changed) => listeners.forEach((listener) => listener(changed));
  /** @type {Entries} */
  let entries = {};
  let alias = "";
  let moved = "";
  /** @type {SaveStatus} */
  let status = { state: "none", at: null, problem: "" };
  let mayWrite = storage !== null;
  if (!storage) status = { state: "problem", at: null, problem: t("status.storageForbidden") };

  /** Take in what another tab or an earlier visit stored; a damaged file is set aside, never overwritten. */
  function take() {
    if (!storage || !mayWrite) return;
    const found = storedFile(storage, content);
    if (!found) return;
    const read = readAnswerFile(found.text, content);
    if ("refusal" in read) {
      setAside(found.text);
      return;
    }
    if (found.release !== content.release) moved = movedText(found.release, read.file.bank);
    entries = mergeEntries(entries, read.file.answers);
    alias ||= read.file.learner.alias;
    if (status.state === "none") status = { state: "saved", at: read.file.saved, problem: "" };
  }

  /**
   * What to tell somebody whose answers come from an earlier release.
   *
   * @param {string} release
   * @param {string} bank the fingerprint of its tasks
   */
  function movedText(release, bank) {
    const said = t("release.kept", { theirs: release, ours: content.release });
    return `${said} ${t(bank === content.bank ? "release.same" : "release.changed")}`;
  }

  /** @param {string} text */
  function setAside(text) {
    try {
      storage?.setItem(`${key}/set-aside/${new Date().toISOString()}`, text);
      storage?.removeItem(key);
      status = { state: "problem", at: null, problem: t("status.setAside") };
    } catch {
      mayWrite = false;
      status = { state: "problem", at: null, problem: t("status.cannotSetAside") };
    }
  }

  function write() {
    if (!storage || !mayWrite) return;
    try {
      take();
      const saved = new Date().toISOString();
      const text = JSON.stringify(makeAnswerFile(content, alias, entries, saved));
      storage.setItem(key, text);
      if (storage.getItem(key) !== text) throw new Error("not kept");
      status = { state: "saved", at: saved, problem: "" };
    } catch {
      status = { state: "problem", at: null, problem: t("status.storageFull") };
    }
  }

  function refresh() {
    const before = entries;
    attempt(take);
    const changed = changedIds(before, entries);
    if (changed.length) tell(changed);
  }

  attempt(take);
  events.addEventListener("storage", (event) => {
    const changed = /** @type {StorageEvent} */ (event).key;
    if (changed === key || changed === null) refresh();
  });

  /** @param {() => void} action */
  function attempt(action) {
    try {
      action();
    } catch {
      mayWrite = false;
      status = { state: "problem", at: null, problem: t("status.storageForbidden") };
    }
  }

  return {
    entries: () => entries,
    put(id, entry) {
      const before = entries;
      entries = { ...entries, [id]: entry };
      write();
      const changed = changedIds({ ...before, [id]: entry }, entries);
      tell(changed);
    },
    status: () => status,
    listen(listener, until) {
      listeners.add(listener);
      until.addEventListener("abort", () => listeners.delete(listener));
    },
    alias: () => alias,
    moved: () => moved,
    ...transferOf({
      content,
      t,
      alias: () => alias,
      entries: () => entries,
      takeIn(file) {
        attempt(take);
        const before = entries;
        entries = mergeEntries(entries, file.answers);
        alias ||= file.learner.alias;
        const changed = changedIds(before, entries);
        write();
        tell(changed);
        return changed;
      },
    }),
    async handIn(given) {
      alias = cleanAlias(given);
      write();
      const now = later();
      const name = fileName(content.lesson, alias);
      const text = serialize({ ...makeAnswerFile(content, alias, entries, now), handed_in: now });
      save(name, text);
      return { ok: true, text: t("receipt.file", { name }), path: "", name, content: text };
    },
  };
}

/**
 * Hand a text to the browser as a download.
 *
 * @param {string} name
 * @param {string} text
 * @param {string} [type]
 */
export function saveAsFile(name, text, type = "application/json") {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
