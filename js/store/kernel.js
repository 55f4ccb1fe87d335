// @ts-check
/** The store of a notebook: answers go to Python by traits, and are saved when Python says so. */
import { changedIds, inOrder, readEntries, readEntry } from "./answer-file.js";
import { Answers } from "./answers.js";
import { browserStorage } from "./storage.js";
import { fileTransfer } from "./transfer.js";
import { listenTo } from "./widget-model.js";

/** @typedef {import("../base/shapes.js").Entries} Entries */
/** @typedef {import("../base/contents.js").Content} Content */
/** @typedef {import("../base/types.js").SaveStatus} SaveStatus */
/** @typedef {import("./widget-model.js").Model} Model */

/** How long the kernel may take to say that it saved. */
const PATIENCE_MILLISECONDS = 5000;

/**
 * @param {{model: Model, content: Content, t: import("../base/types.js").Translate, signal: AbortSignal, storage?: import("./storage.js").KeyValueStorage|null, patience?: number}} given
 * @returns {import("../base/types.js").Store & import("../base/types.js").Transfer}
 */
export function kernelStore({
  model,
  content,
  t,
  signal,
  storage = browserStorage(),
  patience = PATIENCE_MILLISECONDS,
}) {
  const drafts = draftsOf(content, storage);
  const answers = new Answers(readEntries(model.get("answers")?.entries));
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
      if (late) answers.tell([]);
    }, patience);
  }

  function push() {
    wait();
    newest = revision() + 1;
    model.set("answers", { revision: newest, entries: answers.entries });
    model.save_changes();
  }

  function onAnswers() {
    const theirs = readEntries(model.get("answers")?.entries);
    const changed = answers.merge(theirs);
    const missing = changedIds(theirs, answers.entries);
    if (missing.length && keeps) push();
    if (changed.length) answers.tell(changed);
  }

  function onSaved() {
    if (isSaved()) {
      clearTimeout(timer);
      late = false;
      drafts.drop(answers.entries);
      news.send(answers.entries);
    }
    answers.tell([]);
  }

  /** Show what was saved in another notebook of the same answers, whose kernel does not know this one. */
  const news = otherNotebooks(content, signal, (theirs) => {
    const changed = answers.merge(theirs);
    if (changed.length) answers.tell(changed);
  });

  listenTo(model, "change:answers", onAnswers, signal);
  listenTo(model, "change:saved", onSaved, signal);
  signal.addEventListener("abort", () => clearTimeout(timer));

  if (keeps && answers.merge(drafts.read()).length) push();

  return {
    entries: () => answers.entries,
    put(id, entry) {
      answers.put(id, entry);
      drafts.write(id, entry);
      push();
      answers.tell([]);
    },
    status() {
      /** @type {Partial<import("../base/schema-types.d.ts").SaveState>} */
      const saved = model.get("saved") ?? {};
      if (saved.problem && saved.revision === revision())
        return { state: "problem", at: saved.at ?? null, problem: String(saved.problem) };
      if (isSaved()) return { state: saved.at ? "saved" : "none", at: saved.at ?? null, problem: "" };
      return late
        ? { state: "problem", at: null, problem: t("status.kernelSilent") }
        : { state: "saving", at: null, problem: "" };
    },
    listen: (listener, until) => answers.listen(listener, until),
    alias: () => content.alias ?? "",
    order: (name, ids) => inOrder(content.orders?.[name] ?? [], ids),
    submit: (alias) => request(model, alias, t, patience),
    ...fileTransfer({
      content,
      t,
      alias: () => content.alias ?? "",
      entries: () => answers.entries,
      orders: () => content.orders ?? {},
      mergeFile(file) {
        const changed = answers.merge(file.answers);
        if (changed.length) push();
        answers.tell(changed);
        return changed;
      },
    }),
  };
}

/**
 * Ask Python for the submission's file, and wait for the answer to this very request.
 *
 * @param {Model} model
 * @param {string} alias
 * @param {import("../base/types.js").Translate} t
 * @param {number} patience
 * @returns {Promise<import("../base/types.js").SubmissionReply>}
 */
function request(model, alias, t, patience) {
  const id = Math.max(Number(model.get("request")?.id ?? 0), Number(model.get("reply")?.id ?? 0)) + 1;
  const waiting = new AbortController();
  return new Promise((resolve) => {
    const finish = (/** @type {import("../base/types.js").SubmissionReply} */ result) => {
      clearTimeout(timer);
      waiting.abort();
      resolve(result);
    };
    const onReply = () => {
      /** @type {Partial<import("../base/schema-types.d.ts").WidgetReply>|undefined} */
      const reply = model.get("reply");
      if (reply?.id === id)
        finish({
          ok: Boolean(reply.ok),
          text: String(reply.text ?? ""),
          path: String(reply.path ?? ""),
          name:
            String(reply.path ?? "")
              .split(/[\\/]/)
              .at(-1) ?? "",
          content: String(reply.content ?? ""),
        });
    };
    const timer = setTimeout(
      () => finish({ ok: false, text: t("submission.kernelSilent"), path: "", name: "", content: "" }),
      2 * patience,
    );
    listenTo(model, "change:reply", onReply, waiting.signal);
    model.set("request", { id, action: "submit", alias });
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
function otherNotebooks(content, signal, take) {
  if (!content.place || typeof BroadcastChannel === "undefined") return { send() {} };
  /** @type {{id: string, forms?: string[][]}[]} */
  const required = "required" in content ? content.required : [];
  const rows = [...content.tasks.map(({ id }) => ({ id, forms: [[id]] })), ...required];
  const mine = new Set(rows.flatMap(({ id, forms = [[id]] }) => forms.flat()));
  const channel = new BroadcastChannel(["copydesk", content.place, content.course, content.lesson].join("/"));
  channel.onmessage = ({ data }) =>
    take(Object.fromEntries(Object.entries(readEntries(data)).filter(([id]) => mine.has(id))));
  signal.addEventListener("abort", () => channel.close());
  return { send: (/** @type {Entries} */ entries) => channel.postMessage(entries) };
}

/**
 * Answers that Python has not called saved yet, kept in this browser, one key a task.
 *
 * @param {Content} content
 * @param {import("./storage.js").KeyValueStorage|null} storage
 */
function draftsOf(content, storage) {
  const key = (/** @type {string} */ id) =>
    `copydesk/draft/${content.place ?? ""}/${content.course}/${content.lesson}/${id}`;
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
    read: () =>
      Object.fromEntries(
        content.tasks.flatMap(({ id, kind }) => {
          const entry = read(id);
          return entry && entry.response.kind === kind ? [[id, entry]] : [];
        }),
      ),
    write: (/** @type {string} */ id, /** @type {import("../base/shapes.js").Entry} */ entry) =>
      attempt(() => storage?.setItem(key(id), JSON.stringify(entry))),
    drop: (/** @type {Entries} */ saved) =>
      attempt(() => {
        for (const [id, entry] of Object.entries(saved)) {
          const draft = read(id);
          if (!draft || Date.parse(draft.at) <= Date.parse(entry.at)) storage?.removeItem(key(id));
        }
      }),
  };
}
