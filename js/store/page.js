// @ts-check
/** The store of a page without a kernel: the answer file lives in this browser, and goes in and out as a file. */
import { packageLearner } from "../base/package-frame.js";
import {
  changedIds,
  cleanAlias,
  fileName,
  inOrder,
  makeAnswerFile,
  nextTimestamp,
  readAnswerFile,
  readEntries,
  serialize,
} from "./answer-file.js";
import { Answers } from "./answers.js";
import { saveAsFile } from "./download.js";
import { browserStorage, storedItems } from "./storage.js";
import { fileTransfer } from "./transfer.js";

/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {import("../base/contents.js").Common} Common */
/** @typedef {import("../base/shapes.js").AnswerFile} AnswerFile */
/** @typedef {import("../base/types.js").SaveStatus} SaveStatus */
/** @typedef {import("../base/types.js").Store & import("../base/types.js").Transfer} PageStore */

/**
 * The beginning of every key of a course. On a learning platform each learner has their own: several may use one browser.
 *
 * @param {Pick<Common, "course">} content
 */
export function courseKey({ course }) {
  const learner = packageLearner();
  return `copydesk/${course}${learner ? `@${learner}` : ""}/`;
}

/**
 * The key of a lesson's answers; the release is in it because an origin may hold several books.
 *
 * @param {Common} content
 */
export const storageKey = ({ course, release, lesson }) => `${courseKey({ course })}${release}/${lesson}`;

/**
 * A lesson's answer file in this browser: that of this release of the book, or else the newest of an earlier one,
 * which stays where it is.
 *
 * @param {import("./storage.js").KeyValueStorage} storage
 * @param {Common} content
 * @returns {{text: string, release: string}|null}
 */
export function storedFile(storage, content) {
  const here = storage.getItem(storageKey(content));
  if (here !== null) return { text: here, release: content.release };
  const older = storedItems(storage, courseKey(content)).flatMap(({ key, text }) => {
    const [, , release, lesson, ...rest] = key.split("/");
    const read = lesson === content.lesson && !rest.length ? readAnswerFile(text, content) : null;
    return read && "file" in read ? [{ text, release, saved: Date.parse(read.file.saved) }] : [];
  });
  return older.sort((one, two) => two.saved - one.saved)[0] ?? null;
}

/**
 * The answers to a lesson: in a notebook Python sends them, in a page this browser keeps them. There are none where
 * there is no file, or one that its own lesson would refuse.
 *
 * @param {Common} content of the view that asks
 * @param {{lesson: string, entries?: Entries}} lesson
 * @param {import("./storage.js").KeyValueStorage|null} storage
 * @returns {Entries}
 */
export function answersTo(content, { lesson, entries }, storage) {
  if (entries) return readEntries(entries);
  const place = { ...content, lesson };
  const read = readAnswerFile((storage && storedFile(storage, place)?.text) ?? "", place);
  return "file" in read ? read.file.answers : {};
}

/**
 * @param {{content: Common, t: import("../base/types.js").Translate, storage?: import("./storage.js").KeyValueStorage|null, events?: Pick<EventTarget, "addEventListener">, save?: (name: string, text: string) => void}} given
 * @returns {PageStore}
 */
export function pageStore({ content, t, storage = browserStorage(), events = globalThis, save = saveAsFile }) {
  const key = storageKey(content);
  const answers = new Answers();
  let alias = "";
  let moved = "";
  /** @type {Record<string, string[]>} the order of tasks that was drawn for a learner; the first that was kept stays */
  let orders = {};
  /** @type {SaveStatus} */
  let status = { state: "none", at: null, problem: "" };
  let mayWrite = storage !== null;
  if (!storage) status = { state: "problem", at: null, problem: t("status.storageForbidden") };

  /** Whether a learner has answered anything: which version of a task was drawn is kept, too, with no time of its own. */
  const isAnswered = () => Object.values(answers.entries).some(({ at }) => Date.parse(at) > 0);

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
    answers.merge(read.file.answers);
    orders = { ...orders, ...read.file.orders };
    alias ||= read.file.learner.alias;
    if (status.state === "none" && isAnswered()) status = { state: "saved", at: read.file.saved, problem: "" };
  }

  /**
   * What to tell someone whose answers come from an earlier release.
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
      const text = JSON.stringify(makeAnswerFile(content, alias, answers.entries, saved, orders));
      storage.setItem(key, text);
      if (storage.getItem(key) !== text) throw new Error("not kept");
      if (isAnswered()) status = { state: "saved", at: saved, problem: "" };
    } catch {
      status = { state: "problem", at: null, problem: t("status.storageFull") };
    }
  }

  function refresh() {
    const before = answers.entries;
    attempt(take);
    const changed = changedIds(before, answers.entries);
    if (changed.length) answers.tell(changed);
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
    entries: () => answers.entries,
    put(id, entry) {
      answers.put(id, entry);
      const before = answers.entries;
      write();
      answers.tell(changedIds(before, answers.entries));
    },
    status: () => status,
    listen: (listener, until) => answers.listen(listener, until),
    alias: () => alias,
    moved: () => moved,
    order(name, ids) {
      if (!orders[name]) {
        orders = { ...orders, [name]: shuffled(ids) };
        write();
      }
      return inOrder(orders[name], ids);
    },
    ...fileTransfer({
      content,
      t,
      alias: () => alias,
      entries: () => answers.entries,
      orders: () => orders,
      mergeFile(file) {
        attempt(take);
        orders = { ...file.orders, ...orders };
        alias ||= file.learner.alias;
        const changed = answers.merge(file.answers);
        write();
        answers.tell(changed);
        return changed;
      },
    }),
    async submit(given) {
      alias = cleanAlias(given);
      write();
      const now = nextTimestamp();
      const name = fileName(content.lesson, alias);
      const text = serialize({ ...makeAnswerFile(content, alias, answers.entries, now, orders), handed_in: now });
      save(name, text);
      return { ok: true, text: t("receipt.file", { name }), path: "", name, content: text };
    },
  };
}

/**
 * The same in an order drawn by chance, in which every order is as likely.
 *
 * @param {string[]} ids
 */
function shuffled(ids) {
  const drawn = [...ids];
  for (let last = drawn.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [drawn[last], drawn[other]] = [drawn[other], drawn[last]];
  }
  return drawn;
}
