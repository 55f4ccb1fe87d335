/** The two stores: the kernel's answer file, and the browser's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { translator } from "../../js/base/text.js";
import { kernelStore } from "../../js/store/kernel.js";
import { pageStore, storageKey } from "../../js/store/page.js";
import { content, entry, FakeModel, file, MemoryStorage } from "./samples.mjs";

const t = translator("en");
const early = "2026-11-22T09:00:00.000Z";
const late = "2026-11-22T10:00:00.000Z";
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function notebook(values = {}, storage = new MemoryStorage()) {
  const model = new FakeModel({
    content,
    answers: { revision: 0, entries: {} },
    saved: { revision: 0, at: null, problem: null },
    request: {},
    reply: {},
    ...values,
  });
  const control = new AbortController();
  const store = kernelStore({ model, content, t, signal: control.signal, storage, patience: 20 });
  return { model, store, storage, control };
}

test("an answer is called saved only when Python confirms this very revision", () => {
  const { model, store, control } = notebook();
  store.put("W", entry("one", early));
  store.put("W", entry("two", late));
  assert.equal(store.status().state, "saving");
  model.set("saved", { revision: 1, at: late, problem: null });
  assert.equal(store.status().state, "saving");
  model.set("saved", { revision: 2, at: late, problem: null });
  assert.deepEqual(store.status(), { state: "saved", at: late, problem: "" });
  control.abort();
});

test("Python's problem is shown in its own words", () => {
  const { model, store, control } = notebook();
  store.put("W", entry("one", early));
  model.set("saved", { revision: 1, at: null, problem: "The folder is read-only." });
  assert.deepEqual(store.status(), { state: "problem", at: null, problem: "The folder is read-only." });
  control.abort();
});

test("a silent kernel is named after a while, and the answer is found again afterwards", async () => {
  const first = notebook();
  first.store.put("W", entry("kept", late));
  await pause(40);
  assert.equal(first.store.status().state, "problem");
  assert.match(first.store.status().problem, /kernel isn’t responding/);
  first.control.abort();

  const second = notebook({ answers: { revision: 0, entries: { W: entry("old", early) } } }, first.storage);
  assert.equal(second.store.entries().W.response.text, "kept");
  assert.equal(second.model.get("answers").revision, 1);
  second.model.set("saved", { revision: 1, at: late, problem: null });
  assert.equal(second.storage.items.size, 0);
  second.control.abort();
});

test("a draft that is older than the answer file does not come back", () => {
  const storage = new MemoryStorage();
  storage.setItem("copydesk/draft/here/mariupol/02-attribution/W", JSON.stringify(entry("draft", early)));
  const { model, store, control } = notebook(
    { answers: { revision: 0, entries: { W: entry("file", late) } } },
    storage,
  );
  assert.equal(store.entries().W.response.text, "file");
  assert.equal(model.sent.length, 0);
  control.abort();
});

test("answers that Python pushes are merged by time, and a revision is never used twice", () => {
  const { model, store, control } = notebook();
  const seen = [];
  store.listen((changed) => seen.push(...changed), control.signal);
  store.put("W", entry("mine", late));
  model.set("answers", {
    revision: 0,
    entries: { W: entry("theirs", early), Q1: { ...entry("", late), response: { kind: "choice", chosen: ["a"] } } },
  });
  assert.equal(store.entries().W.response.text, "mine");
  assert.deepEqual(seen, ["Q1"]);
  assert.equal(model.get("answers").revision, 2);
  assert.equal(model.get("answers").entries.W.response.text, "mine");
  control.abort();
});

test("the submission takes only the reply to its own request", async () => {
  const { model, store, control } = notebook({ reply: { id: 3, ok: false, text: "old", path: "" } });
  const waiting = store.submit("Ada");
  assert.deepEqual(model.get("request"), { id: 4, action: "submit", alias: "Ada" });
  model.set("reply", { id: 2, ok: false, text: "stray", path: "" });
  model.set("reply", { id: 4, ok: true, text: "Ready.", path: "C:\\course\\submission\\x.json", content: "{}" });
  assert.deepEqual(await waiting, {
    ok: true,
    text: "Ready.",
    path: "C:\\course\\submission\\x.json",
    name: "x.json",
    content: "{}",
  });
  control.abort();
});

function page(storage = new MemoryStorage(), events = new EventTarget()) {
  const saved = [];
  const store = pageStore({ content, t, storage, events, save: (name, text) => saved.push([name, JSON.parse(text)]) });
  return { store, storage, events, saved };
}

test("an import in a notebook goes to Python, a refused one does not, and the download holds the answers", () => {
  const { model, store, control } = notebook({ answers: { revision: 0, entries: { W: entry("here", early) } } });
  assert.match(
    store.read(JSON.stringify(file({ W: entry("x", late) }, { lesson: "03-sources" }))).text,
    /Nothing was changed/,
  );
  assert.equal(store.read("{").ok, false);
  assert.equal(model.get("answers").revision, 0);
  assert.equal(store.read(JSON.stringify(file({ W: entry("newer", late) }))).ok, true);
  assert.deepEqual(model.get("answers").entries.W, entry("newer", late));
  assert.equal(model.get("answers").revision, 1);
  const { name, text } = store.file();
  assert.equal(name, "02-attribution.json");
  assert.equal(JSON.parse(text).answers.W.response.text, "newer");
  control.abort();
});

test("a page keeps the answer file in the browser and finds it again", () => {
  const { store, storage } = page();
  store.put("W", entry("text", early));
  assert.equal(store.status().state, "saved");
  assert.equal(storageKey(content), "copydesk/mariupol/0.1.0/02-attribution");
  assert.equal(page(storage).store.entries().W.response.text, "text");
});

test("two tabs lose nothing of each other", () => {
  const storage = new MemoryStorage();
  const events = new EventTarget();
  const [one, two] = [page(storage, events).store, page(storage, events).store];
  one.put("W", entry("from one", early));
  two.put("Q1", { ...entry("", early), response: { kind: "choice", chosen: ["b"] } });
  events.dispatchEvent(Object.assign(new Event("storage"), { key: storageKey(content) }));
  for (const store of [one, two, page(storage).store])
    assert.deepEqual(Object.keys(store.entries()).sort(), ["Q1", "W"]);
});

test("a full storage is said and not called saved, and the download still holds the answer", () => {
  const { store, storage } = page();
  storage.full = true;
  store.put("W", entry("text", early));
  assert.equal(store.status().state, "problem");
  assert.match(store.status().problem, /full/);
  assert.equal(JSON.parse(store.file().text).answers.W.response.text, "text");
  storage.full = false;
  store.put("W", entry("more", late));
  assert.equal(store.status().state, "saved");
});

test("a forbidden storage is said, and the download still holds the answer", () => {
  const { store } = page(null);
  store.put("W", entry("text", early));
  assert.equal(store.status().state, "problem");
  assert.equal(JSON.parse(store.file().text).answers.W.response.text, "text");
});

test("damaged answers in the browser are set aside and not overwritten", () => {
  const storage = new MemoryStorage();
  storage.setItem(storageKey(content), "{broken");
  const { store } = page(storage);
  assert.equal(store.status().state, "problem");
  store.put("W", entry("text", early));
  assert.ok([...storage.items].some(([key, text]) => key.includes("/set-aside/") && text === "{broken"));
});

test("an import brings in what is newer, and a refused one changes nothing", () => {
  const { store, storage } = page();
  store.put("W", entry("here", early));
  const before = storage.getItem(storageKey(content));
  assert.equal(store.read(JSON.stringify(file({ W: entry("x", late) }, { lesson: "03-sources" }))).ok, false);
  assert.equal(storage.getItem(storageKey(content)), before);
  assert.equal(store.read(JSON.stringify(file({ W: entry("newer", late) }))).ok, true);
  assert.equal(store.entries().W.response.text, "newer");
});

test("the newest answers of an earlier release are taken over and left where they are, and what changed is said", () => {
  const storage = new MemoryStorage();
  const older = (release, saved, bank) =>
    storage.setItem(
      `copydesk/mariupol/${release}/02-attribution`,
      JSON.stringify({ ...file({ W: entry(release, saved) }), saved, bank }),
    );
  older("0.0.1", early, content.bank);
  older("0.0.2", late, `sha256:${"f".repeat(64)}`);
  storage.setItem("copydesk/mariupol/0.0.3/02-attribution", "{broken");
  storage.setItem(
    "copydesk/mariupol/0.0.4/03-sources",
    JSON.stringify(file({ W: entry("x", late) }, { lesson: "03-sources" })),
  );
  const { store } = page(storage);
  assert.equal(store.entries().W.response.text, "0.0.2");
  assert.match(store.moved(), /release 0\.0\.2 .*have changed/);
  store.put("W", entry("new", "2026-11-22T11:00:00.000Z"));
  assert.equal(JSON.parse(storage.getItem(storageKey(content))).answers.W.response.text, "new");
  assert.equal(JSON.parse(storage.getItem("copydesk/mariupol/0.0.2/02-attribution")).answers.W.response.text, "0.0.2");
  assert.equal(page(storage).store.moved(), "");
});

test("the submission of a page is the answer file with alias, time and release", async () => {
  const { store, saved } = page();
  store.put("W", entry("text", early));
  const { ok, content: text } = await store.submit("  Ada L. ");
  const [[name, made]] = saved;
  assert.ok(ok);
  assert.equal(name, "02-attribution-Ada-L.json");
  assert.deepEqual(JSON.parse(text), made);
  assert.equal(made.learner.alias, "Ada L.");
  assert.equal(made.release, content.release);
  assert.ok(Date.parse(made.handed_in) > 0);
  assert.equal(made.answers.W.response.text, "text");
});

test("a view that fails keeps no other from an answer, and its error is still heard", () => {
  const heard = [];
  globalThis.reportError = (error) => heard.push(error.message);
  const { store } = page();
  const told = [];
  const { signal } = new AbortController();
  store.listen(() => {
    throw new Error("a broken picture");
  }, signal);
  store.listen(() => told.push("told"), signal);
  store.put("W", entry("text", early));
  delete globalThis.reportError;
  assert.deepEqual([told, heard], [["told"], ["a broken picture"]]);
});
