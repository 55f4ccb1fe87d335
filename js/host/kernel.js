// @ts-check
/** The store of a notebook: answers go to Python by traits, and are saved when Python says so. */
import { changedIds, mergeEntries, readEntries, readEntry } from "../answerfile.js";
import { listenTo } from "./model.js";
import { browserStorage } from "./storage.js";
import { transferOf } from "./transfer.js";

/** @typedef {import("../types.js").Entries} Entries */
/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../types.js").SaveStatus} SaveStatus */
/** @typedef {import("./model.js").Model} Model */

/** How long the kernel may take to say that it saved. */
const PATIENCE_MILLISECONDS = 5000;

/**
 * @param {{model: Model, content: Content, t: import("../types.js").Speak, signal: AbortSignal, storage?: import("./storage.js").Keep|null, patience?: number}} given
 * @returns {import("../types.js").Store & import("../types.js").Transfer}
 */
export function kernelStore({ model, content, t, signal, storage = browserStorage(), patience = PATIENCE_MILLISECONDS }) {
  /** @type {Set<(changed: string[]) => void>} */
  const listeners = new Set();
  const tell = (/** @type {string[]} */ changed) => listeners.forEach((listener) => listener(changed));
  const drafts = draftsOf(content, storage);
  /** @type {Entries} */
  let entries = readEntries(model.get("answers")?.entries);
  const keeps = content.view === "tasks" || content.view === "own"; // the other views only show what these keep
  let late = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  /** The newest revision seen. Python may push answers under an older one; a number is never used twice. */
  let newest = 0;
  const revision = () => (newest = Math.max(newest, Number(model.get("answers")?.revision ?? 0)));
  const isSaved = () => model.get("saved")?.revision === revision() && !model.get("saved")?.problem;

  function wait() {
    late = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      late = !isSaved();
      if (late) tell([]);
    }, patience);
  }

  function push() {
    wait();
    newest = revision() + 1;
    model.set("answers", { revision: newest, entries });
    model.save_changes();
  }

  function onAnswers() {
    const theirs = readEntries(model.get("answers")?.entries);
    const merged = mergeEntries(entries, theirs);
    const changed = changedIds(entries, merged);
    const missing = changedIds(theirs, merged);
    entries = merged;
    if (missing.length && keeps) push();
    if (changed.length) tell(changed);
  }

  function onSaved() {
    if (isSaved()) {
      clearTimeout(timer);
      late = false;
      drafts.drop(entries);
      news.send(entries);
    }
    tell([]);
  }

  /** Show what was saved in another notebook of the same answers, whose kernel does not know this one. */
  const news = newsOf(content, signal, (theirs) => {
    const merged = mergeEntries(entries, theirs);
    const changed = changedIds(entries, merged);
    entries = merged;
    if (changed.length) tell(changed);
  });

  listenTo(model, "change:answers", onAnswers, signal);
  listenTo(model, "change:saved", onSaved, signal);
  signal.addEventListener("abort", () => clearTimeout(timer));

  const unsaved = mergeEntries(entries, drafts.read());
  if (keeps && changedIds(entries, unsaved).length) {
    entries = unsaved;
    push();
  }

  return {
    entries: () => entries,
    put(id, entry) {
      entries = { ...entries, [id]: entry };
      drafts.write(id, entry);
      push();
      tell([]);
    },
    status() {
      const saved = model.get("saved") ?? {};
      if (saved.problem && saved.revision === revision()) return { state: "problem", at: saved.at ?? null, problem: String(saved.problem) };
      if (isSaved()) return { state: saved.at ? "saved" : "none", at: saved.at ?? null, problem: "" };
      return late ? { state: "problem", at: null, problem: t("status.kernelSilent") } : { state: "saving", at: null, problem: "" };
    },
    listen(listener, until) {
      listeners.add(listener);
      until.addEventListener("abort", () => listeners.delete(listener));
    },
    alias: () => content.alias ?? "",
    handIn: (alias) => request(model, alias, t, patience),
    ...transferOf({
      content,
      t,
      alias: () => content.alias ?? "",
      entries: () => entries,
      takeIn(file) {
        const before = entries;
        entries = mergeEntries(entries, file.answers);
        const changed = changedIds(before, entries);
        if (changed.length) push();
        tell(changed);
        return changed;
      },
    }),
  };
}

/**
 * Ask Python for the hand-in file, and wait for the answer to this very request.
 *
 * @param {Model} model
 * @param {string} alias
 * @param {import("../types.js").Speak} t
 * @param {number} patience
 * @returns {Promise<import("../types.js").HandedIn>}
 */
function request(model, alias, t, patience) {
  const id = Math.max(Number(model.get("request")?.id ?? 0), Number(model.get("reply")?.id ?? 0)) + 1;
  const waiting = new AbortController();
  return new Promise((resolve) => {
    const finish = (/** @type {import("../types.js").HandedIn} */ result) => {
      clearTimeout(timer);
      waiting.abort();
      resolve(result);
    };
    const onReply = () => {
      const reply = model.get("reply");
      if (reply?.id === id) finish({ ok: Boolean(reply.ok), text: String(reply.text ?? ""), path: String(reply.path ?? ""), name: String(reply.path ?? "").split(/[\\/]/).at(-1) ?? "", content: String(reply.content ?? "") });
    };
    const timer = setTimeout(() => finish({ ok: false, text: t("handIn.kernelSilent"), path: "", name: "", content: "" }), 2 * patience);
    listenTo(model, "change:reply", onReply, waiting.signal);
    model.set("request", { id, action: "hand_in", alias });
    model.save_changes();
  });
}

/**
 * What the views of one answer file tell each other, in whichever notebook they are: the answers that were saved.
 *
 * @param {Content} content
 * @param {AbortSignal} signal
 * @param {(theirs: Entries) => void} take called with those of the tasks that this view shows or lists
 */
function newsOf(content, signal, take) {
  if (!content.place || typeof BroadcastChannel === "undefined") return { send() {} };
  const rows = [...content.tasks.map(({ id }) => ({ id, forms: [[id]] })), ...(content.required ?? [])];
  const mine = new Set(rows.flatMap(({ id, forms = [[id]] }) => forms.flat()));
  const channel = new BroadcastChannel(["copydesk", content.place, content.course, content.lesson].join("/"));
  channel.onmessage = ({ data }) => take(Object.fromEntries(Object.entries(readEntries(data)).filter(([id]) => mine.has(id))));
  signal.addEventListener("abort", () => channel.close());
  return { send: (/** @type {Entries} */ entries) => channel.postMessage(entries) };
}

/**
 * Answers that Python has not called saved yet, kept in this browser, one key a task.
 *
 * @param {Content} content
 * @param {import("./storage.js").Keep|null} storage
 */
function draftsOf(content, storage) {
  const key = (/** @type {string} */ id) => `copydesk/draft/${content.place ?? ""}/${content.course}/${content.lesson}/${id}`;
  const attempt = (/** @type {() => void} */ action) => {
    try {
      action();
    } catch {
      // A draft is a second net: where the browser refuses it, the kernel still saves.
    }
  };
  const read = (/** @type {string} */ id) => {
    try {
      return readEntry(JSON.parse(storage?.getItem(key(id)) ?? "null"));
    } catch {
      return null;
    }
  };
  return {
    read: () => Object.fromEntries(content.tasks.flatMap(({ id, kind }) => {
      const entry = read(id);
      return entry && entry.response.kind === kind ? [[id, entry]] : [];
    })),
    write: (/** @type {string} */ id, /** @type {import("../types.js").Entry} */ entry) => attempt(() => storage?.setItem(key(id), JSON.stringify(entry))),
    drop: (/** @type {Entries} */ saved) => attempt(() => {
      for (const [id, entry] of Object.entries(saved)) {
        const draft = read(id);
        if (!draft || Date.parse(draft.at) <= Date.parse(entry.at)) storage?.removeItem(key(id));
      }
    }),
  };
}
