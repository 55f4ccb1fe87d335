/** Small tasks, keys and answers that the tests share. */

export const choice = {
  kind: "choice",
  id: "Q1",
  title: "One",
  options: ["a", "b", "c", "d"].map((id) => ({ id, text: id })),
  multiple: false,
  reasons: [],
};

export const choiceKey = (...weights) => ({
  kind: "choice",
  options: Object.fromEntries(weights.map((weight, index) => ["abcd"[index], { weight, why: "." }])),
});

export const entry = (text, at, more = {}) => ({
  response: { kind: "written", text },
  confidence: null,
  reason: "",
  at,
  attempts: 1,
  hints: 0,
  checked: false,
  ...more,
});

export const place = { course: "mariupol", lesson: "02-attribution" };

export const file = (answers, more = {}) => ({
  schema: "copydesk/answers/1",
  ...place,
  bank: `sha256:${"0".repeat(64)}`,
  learner: { alias: "Ada" },
  saved: "2026-11-22T10:00:00.000Z",
  answers,
  ...more,
});

export const content = {
  view: "tasks",
  ...place,
  release: "0.1.0",
  bank: `sha256:${"0".repeat(64)}`,
  purpose: "practice",
  title: "Quiz",
  language: "en",
  keyed_by: "one reading",
  place: "here",
  tasks: [{ id: "W", kind: "written", title: "W" }, choice],
};

/** A passage of the words w0, w1, ... and its words' places. */
export function numbered(count, labels = ["source"]) {
  const words = Array.from({ length: count }, (_, index) => `w${index}`);
  const tokens = [];
  let start = 0;
  for (const word of words) {
    tokens.push([start, start + word.length]);
    start += word.length + 1;
  }
  const passage = { id: "P", text: words.join(" "), start: null, source: null, note: "" };
  const quote = (from, to) => ({
    passage: "P",
    quote: words.slice(from, to + 1).join(" "),
    occurrence: 1,
    weight: 1,
    why: ".",
  });
  const mark = (label, from, to) => ({
    passage: "P",
    label,
    selector: [
      { type: "TextPositionSelector", start: tokens[from][0], end: tokens[to][1] },
      { type: "TextQuoteSelector", exact: words.slice(from, to + 1).join(" ") },
    ],
  });
  const task = {
    kind: "spans",
    id: "T",
    title: "T",
    passages: [passage],
    labels: labels.map((id) => ({ id, text: id, key: id[0], note: "" })),
    tokens: { P: tokens },
  };
  return { task, passage, tokens, quote, mark };
}

/** Storage as a browser has it, with a switch that makes it full. */
export class MemoryStorage {
  items = new Map();
  full = false;

  get length() {
    return this.items.size;
  }

  key(place) {
    return [...this.items.keys()][place] ?? null;
  }

  getItem(key) {
    return this.items.get(key) ?? null;
  }

  setItem(key, value) {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.items.set(key, String(value));
  }

  removeItem(key) {
    this.items.delete(key);
  }
}

/** The part of an anywidget model that the store uses. */
export class FakeModel {
  constructor(values) {
    this.values = values;
    this.listeners = new Map();
    this.sent = [];
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
    this.emit(name);
  }

  save_changes() {
    this.sent.push(structuredClone({ answers: this.values.answers, request: this.values.request }));
  }

  on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  off(event, listener) {
    this.listeners.set(
      event,
      (this.listeners.get(event) ?? []).filter((other) => other !== listener),
    );
  }

  emit(name) {
    for (const listener of this.listeners.get(`change:${name}`) ?? []) listener();
  }
}
