// @ts-check
/** The reading pane: the article with one layer of marks at a time; a mark opens its note with its sources. */
import { h, icon, setAttributes, setText, uidMaker } from "../dom.js";
import { browserStorage } from "../host/storage.js";
import { taskName } from "../places.js";
import { standing } from "../standing.js";
import style from "../styles/reading.css";
import { stored } from "./reliability.js";

export { style };

/**
 * What Python gives, see src/copydesk/views/reading_pane.py. Offsets are code points of the article.
 *
 * @typedef {{id: string, start: number, end: number, text: string, paragraph: number, kind: "title"|"body"|"boilerplate"}} Sentence
 * @typedef {{id: string, sentence: string, start: number, end: number, quote: string, tag: string, title: string, facts: {name: string, text: string}[], note: string, sources: string[], group: string}} Mark
 * @typedef {{id: string, text: string, sign: string, look: number}} Group look: which of the six looks of a label it has
 * @typedef {{id: string, title: string, note: string, groups: Group[], marks: Mark[], after: string[], hidden_note: string}} Layer
 * @typedef {{publisher: string, title: string, date: string, read: string, via: string|null, note: string|null, url: string}} Source
 * @typedef {import("../types.js").Required & {check?: boolean, lesson?: string, task?: string, page?: string}} Required lesson, task, page: on the page of the article, where tasks of all lessons lock layers
 * @typedef {import("../types.js").Content & {sentences: Sentence[], layers: Layer[], sources: Record<string, Source>, required: Required[]}} ReadingContent
 * @typedef {{text: string, marks: Mark[]}} Segment
 * @typedef {{marks: Mark[], segments: Segment[]}} Run marks that overlap, with the words they cover; no marks: plain text
 * @typedef {import("../types.js").Entries} Entries
 */

/**
 * The paragraphs of the article, each with its sentences.
 *
 * @param {Sentence[]} sentences
 * @returns {Sentence[][]}
 */
export function paragraphsOf(sentences) {
  /** @type {Map<number, Sentence[]>} */
  const found = new Map();
  for (const sentence of sentences) found.set(sentence.paragraph, [...(found.get(sentence.paragraph) ?? []), sentence]);
  return [...found.values()];
}

/**
 * A sentence cut where marks begin and end; marks that overlap stand in one run, which opens one note.
 *
 * @param {Sentence} sentence
 * @param {Mark[]} marks of the layer
 * @returns {Run[]}
 */
export function runsOf(sentence, marks) {
  const characters = Array.from(sentence.text);
  const inside = marks.filter(({ start, end }) => start < sentence.end && end > sentence.start).sort((first, second) => first.start - second.start || second.end - first.end);
  const cut = (/** @type {number} */ from, /** @type {number} */ to) => characters.slice(from - sentence.start, to - sentence.start).join("");
  /** @type {{marks: Mark[], start: number, end: number}[]} */
  const clusters = [];
  for (const mark of inside) {
    const last = clusters[clusters.length - 1];
    const [start, end] = [Math.max(mark.start, sentence.start), Math.min(mark.end, sentence.end)];
    if (last && start < last.end) Object.assign(last, { marks: [...last.marks, mark], end: Math.max(last.end, end) });
    else clusters.push({ marks: [mark], start, end });
  }
  /** @type {Run[]} */
  const runs = [];
  let here = sentence.start;
  for (const { marks: together, start, end } of clusters) {
    if (start > here) runs.push({ marks: [], segments: [{ text: cut(here, start), marks: [] }] });
    const edges = [...new Set(together.flatMap((mark) => [Math.max(mark.start, start), Math.min(mark.end, end)]))].sort((first, second) => first - second);
    const segments = edges.slice(1).map((to, place) => ({ text: cut(edges[place], to), marks: together.filter((mark) => mark.start < to && mark.end > edges[place]) }));
    runs.push({ marks: together, segments });
    here = end;
  }
  if (here < sentence.end) runs.push({ marks: [], segments: [{ text: cut(here, sentence.end), marks: [] }] });
  return runs;
}

/**
 * The mark that decides how a segment looks: the shortest one over it.
 *
 * @param {Mark[]} marks
 */
export const innermost = (marks) => marks.reduce((best, mark) => (mark.end - mark.start < best.end - best.start ? mark : best));

/**
 * The tasks that still lock a layer. A practice task is done once it was checked, others once they are complete.
 *
 * @param {Pick<Layer, "after">} layer
 * @param {Required[]} required
 * @param {Entries} entries
 * @returns {Required[]}
 */
export function stillToDo({ after }, required, entries) {
  return after
    .map((id) => required.find((task) => task.id === id) ?? /** @type {Required} */ ({ id, title: "" }))
    .filter((task) => !task.outline || standing(entries, task).state !== "complete" || (task.check === true && !entries[task.id].attempts));
}

/**
 * The answers that can open layers: those of this lesson, and what this browser keeps of the lessons that are named.
 *
 * @param {Pick<ReadingContent, "course"|"required">} content
 * @param {Entries} entries
 * @param {import("../host/storage.js").Keep|null} [storage]
 * @returns {Entries}
 */
export function answersFor(content, entries, storage = browserStorage()) {
  const found = { ...entries };
  for (const { id, lesson, task } of content.required ?? []) {
    if (!lesson || !task) continue;
    const kept = stored(/** @type {ReadingContent} */ ({ ...content, lesson }), storage);
    if (Object.hasOwn(kept, task)) found[id] = kept[task];
  }
  return found;
}

/**
 * An address that may stand in a link: of a web page, and nothing else.
 *
 * @param {string} url
 */
export const isWebAddress = (url) => /^https?:\/\//i.test(url);

/** @param {import("../view.js").Desk} desk */
export function render(desk) {
  const { store, t, signal, say } = desk;
  const content = /** @type {ReadingContent} */ (desk.content);
  const uid = uidMaker();
  const article = h("div", { class: "cd-reading-article", role: "group", "aria-label": t("reading.article") });
  const about = h("div", { class: "cd-reading-about" });
  const note = notePanel(desk, content, uid);
  /** @type {string} empty: the article alone */
  let shown = "";
  /** @type {{run: Run, button: HTMLElement, paragraph: HTMLElement, row: number}[]} */
  let places = [];
  let current = -1;

  const choices = [{ id: "", title: t("reading.none") }, ...content.layers].map((layer) => {
    const input = h("input", { type: "radio", class: "cd-tick", name: uid("layer"), value: layer.id });
    input.checked = layer.id === "";
    const lock = h("span", { class: "cd-reading-lock" });
    input.addEventListener("change", () => choose(layer.id), { signal });
    return { id: layer.id, lock, element: h("label", { class: "cd-pill" }, input, h("span", {}, layer.title, lock)) };
  });
  const layerOf = (/** @type {string} */ id) => content.layers.find((layer) => layer.id === id);
  const lockedBy = (/** @type {Layer} */ layer) => stillToDo(layer, content.required ?? [], answersFor(content, store.entries()));
  /** @type {Set<string>} layers that were locked when last looked at */
  let locked = new Set();

  /** @param {string} id */
  function choose(id) {
    shown = id;
    draw();
    const layer = layerOf(id);
    if (!layer) say(t("reading.saidNone"));
    else say(locked.has(id) ? lockWords(layer) : t("reading.saidLayer", { layer: layer.title, count: layer.marks.length }));
  }

  /** @param {Layer} layer */
  const lockWords = (layer) => `${t("reading.first", { count: lockedBy(layer).length })} ${lockedBy(layer).map(({ title }) => title).join("; ")}`;

  function draw() {
    close(false);
    const layer = layerOf(shown);
    const open = layer && !locked.has(layer.id) ? layer : undefined;
    about.replaceChildren(...(layer ? (open ? legend(t, open) : [lockNote(desk, lockedBy(layer))]) : []));
    places = [];
    const paragraphs = paragraphsOf(content.sentences);
    article.dataset.layer = open?.id ?? "";
    article.style.setProperty("--cd-rows", String(paragraphs.length));
    article.replaceChildren(
      ...paragraphs.map((sentences, row) => {
        const paragraph = h("p", { class: "cd-reading-paragraph", dir: "auto", "data-kind": sentences[0].kind });
        sentences.forEach((sentence, index) => {
          if (index) paragraph.append(" ");
          paragraph.append(h("span", { class: "cd-reading-id" }, sentence.id), " ");
          for (const run of runsOf(sentence, open?.marks ?? [])) {
            if (!run.marks.length || !open) paragraph.append(run.segments[0].text);
            else paragraph.append(place(run, open, paragraph, row));
          }
        });
        return paragraph;
      }),
    );
  }

  /**
   * @param {Run} run
   * @param {Layer} layer
   * @param {HTMLElement} paragraph
   * @param {number} row
   */
  function place(run, layer, paragraph, row) {
    const button = markButton(run, layer, note.element.id);
    const index = places.length;
    button.addEventListener("click", () => (current === index ? close(true) : open(index, "title")), { signal });
    button.addEventListener("keydown", (event) => onKey(event, button), { signal });
    places.push({ run, button, paragraph, row });
    return button;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLElement} button
   */
  function onKey(event, button) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (!event.repeat) button.click();
    } else if (event.key === "Escape" && current >= 0) {
      event.preventDefault();
      close(true);
    }
  }

  /**
   * Open the note of a mark. The focus goes to its title, or stays on the button that moved to it.
   *
   * @param {number} index
   * @param {"title"|"previous"|"next"} focus
   */
  function open(index, focus) {
    const layer = layerOf(shown);
    if (!layer) return;
    close(false);
    current = index;
    const { run, button, paragraph, row } = places[index];
    setAttributes(button, { "aria-expanded": "true" });
    note.show(layer, run, index + 1, places.length);
    note.element.style.setProperty("--cd-row", String(row + 1));
    paragraph.after(note.element);
    note.focus(focus);
    if (focus !== "title") {
      say(t("reading.saidNote", { number: index + 1, of: places.length, quote: textOf(run), title: run.marks.map(({ title }) => title).join("; ") }));
      button.scrollIntoView({ block: "nearest" });
    }
    note.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} back whether the focus goes back to the mark */
  function close(back) {
    const before = places[current];
    current = -1;
    if (!before) return;
    setAttributes(before.button, { "aria-expanded": "false" });
    note.element.remove();
    if (back) before.button.focus();
  }

  note.element.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close(true);
    },
    { signal },
  );
  note.onClose(() => close(true));
  note.onMove((step) => open((current + step + places.length) % places.length, step < 0 ? "previous" : "next"));

  /** Look which layers are locked; what opens is said once, and shown where it was waited for. */
  function update() {
    const now = new Set(content.layers.filter((layer) => lockedBy(layer).length).map(({ id }) => id));
    const before = locked;
    locked = now;
    for (const { id, lock } of choices) setText(lock, now.has(id) ? ` (${t("reading.locked")})` : "");
    const opened = content.layers.filter(({ id }) => before.has(id) && !now.has(id));
    for (const layer of opened) say(t("reading.saidOpen", { layer: layer.title }));
    const layer = layerOf(shown);
    if (layer && before.has(shown) !== now.has(shown)) draw();
    else if (layer && now.has(shown) && about.querySelectorAll("li").length !== lockedBy(layer).length) about.replaceChildren(lockNote(desk, lockedBy(layer)));
  }

  store.listen(update, signal);
  if (/** @type {Required[]} */ (content.required ?? []).some(({ lesson }) => lesson)) globalThis.addEventListener?.("storage", update, { signal });
  update();
  draw();
  return h(
    "div",
    { class: "cd-desk cd-desk-one cd-reading", role: "group", "aria-labelledby": uid("title") },
    h("div", { class: "cd-head" }, h("p", { class: "cd-kicker" }, t("reading.kicker"))),
    h(
      "div",
      { class: "cd-item" },
      h("h3", { class: "cd-heading", id: uid("title") }, content.title),
      h("fieldset", { class: "cd-plain-fieldset cd-reading-layers" }, h("legend", { class: "cd-legend" }, t("reading.layer")), h("div", { class: "cd-pills" }, ...choices.map(({ element }) => element))),
      about,
      article,
      h("p", { class: "cd-keyed" }, t("keyedBy", { who: content.keyed_by })),
    ),
  );
}

/** @param {Run} run */
const textOf = (run) => run.segments.map(({ text }) => text).join("");

/**
 * @param {Layer} layer
 * @param {Mark} mark
 */
const groupOf = (layer, mark) => layer.groups.find(({ id }) => id === mark.group);

/**
 * How the marks of a group look.
 *
 * @param {Group} group
 */
const sample = ({ sign, look }) => h("span", { class: "cd-reading-sample", "data-label": look, "aria-hidden": "true" }, sign);

/**
 * What a layer shows, and how its groups of marks look.
 *
 * @param {import("../types.js").Speak} t
 * @param {Layer} layer
 */
function legend(t, { note, groups, marks }) {
  const line = (/** @type {Group} */ group) =>
    h("li", {}, sample(group), t("reading.group", { text: group.text, count: marks.filter((mark) => mark.group === group.id).length }));
  return [
    h("p", { class: "cd-reading-note" }, note),
    groups.length ? h("ul", { class: "cd-reading-groups" }, ...groups.map(line)) : null,
    h("p", { class: "cd-hint" }, `${t("reading.count", { count: marks.length })} ${t("reading.howTo")}`),
  ].filter((part) => part !== null);
}

/**
 * Why a layer is locked: what is to be done first, each task with the way to it.
 *
 * @param {import("../view.js").Desk} desk
 * @param {Required[]} first
 */
function lockNote(desk, first) {
  const tasks = first.map((row) => h("li", {}, taskName(desk, row, row.title)));
  return h("div", { class: "cd-notice cd-reading-locked" }, icon("warning"), h("div", {}, h("p", {}, desk.t("reading.first", { count: first.length })), h("ul", {}, ...tasks)));
}

/**
 * The words of a run as a button. It is a span, because a button cannot break across lines.
 *
 * @param {Run} run
 * @param {Layer} layer
 * @param {string} panel
 */
function markButton(run, layer, panel) {
  const signs = [...new Set(run.marks.map((mark) => groupOf(layer, mark)?.sign ?? ""))].filter(Boolean);
  const count = run.marks.length > 1 && signs.length < 2 ? `${signs.join("")}${run.marks.length}` : signs.join("");
  const tags = [...new Set(run.marks.map(({ tag }) => tag))].join("; ");
  return h(
    "span",
    { class: "cd-reading-mark", role: "button", tabindex: 0, "aria-expanded": "false", "aria-controls": panel },
    ...run.segments.map(({ text, marks }) => h("span", { class: "cd-reading-words", "data-label": groupOf(layer, innermost(marks))?.look ?? 1, "data-deep": marks.length > 1 }, text)),
    count ? h("span", { class: "cd-reading-sign", "aria-hidden": "true" }, count) : null,
    h("span", { class: "cd-sr" }, ` (${tags})`),
  );
}

/**
 * The note of a mark. There is one, and it moves to where it is read.
 *
 * @param {import("../view.js").Desk} desk
 * @param {ReadingContent} content
 * @param {(name: string) => string} uid
 */
function notePanel({ t, signal }, content, uid) {
  const place = h("p", { class: "cd-reading-place", id: uid("note-title"), tabindex: -1 });
  const body = h("div", { class: "cd-reading-entries" });
  const control = (/** @type {string} */ text) => h("button", { type: "button", class: "cd-button cd-small" }, text);
  const previous = control(t("reading.previous"));
  const next = control(t("reading.next"));
  const closing = control(t("reading.close"));
  const element = h("div", { class: "cd-reading-panel", id: uid("note"), role: "region", "aria-labelledby": place.id }, place, h("div", { class: "cd-reading-controls" }, previous, next, closing), body);

  return {
    element,
    /**
     * @param {Layer} layer
     * @param {Run} run
     * @param {number} number
     * @param {number} of
     */
    show(layer, run, number, of) {
      setText(place, t("reading.place", { number, of }));
      for (const button of [previous, next]) button.disabled = of < 2;
      body.replaceChildren(...run.marks.map((mark) => entry(t, content, layer, mark)));
    },
    /** @param {"title"|"previous"|"next"} where */
    focus: (where) => ({ title: place, previous, next })[where].focus({ preventScroll: true }),
    onClose: (/** @type {() => void} */ action) => closing.addEventListener("click", action, { signal }),
    onMove(/** @type {(step: number) => void} */ action) {
      previous.addEventListener("click", () => action(-1), { signal });
      next.addEventListener("click", () => action(1), { signal });
    },
  };
}

/**
 * One mark's entry in a note: its words, what it is, what is to be said of it, and its sources.
 *
 * @param {import("../types.js").Speak} t
 * @param {ReadingContent} content
 * @param {Layer} layer
 * @param {Mark} mark
 */
function entry(t, content, layer, mark) {
  const group = groupOf(layer, mark);
  return h(
    "div",
    { class: "cd-reading-entry" },
    h("p", { class: "cd-reading-quote", dir: "auto" }, h("q", {}, mark.quote), " ", h("span", { class: "cd-reading-id" }, mark.sentence)),
    h("p", { class: "cd-reading-tag" }, group ? sample(group) : null, h("strong", {}, mark.title)),
    mark.facts.length ? h("dl", { class: "cd-reading-facts" }, ...mark.facts.map(({ name, text }) => h("div", {}, h("dt", {}, name), h("dd", {}, text)))) : null,
    mark.note ? h("p", { class: "cd-why" }, mark.note) : null,
    mark.sources.length ? h("p", { class: "cd-reading-sources-title" }, t("reading.sources")) : null,
    mark.sources.length ? h("ul", { class: "cd-reading-sources" }, ...mark.sources.filter((key) => Object.hasOwn(content.sources, key)).map((key) => source(t, content.sources[key]))) : null,
  );
}

/**
 * @param {import("../types.js").Speak} t
 * @param {Source} given
 */
function source(t, { publisher, title, date, read, via, note, url }) {
  const link = isWebAddress(url) ? h("a", { class: "cd-reading-link", href: url, rel: "noreferrer noopener", target: "_blank" }, url) : h("span", { class: "cd-reading-link" }, url);
  return h("li", {}, h("span", {}, publisher, ": ", h("cite", {}, title)), h("span", { class: "cd-reading-read" }, t("reading.read", { read: [read, via].filter(Boolean).join(", "), date }), note ? ` ${note}` : ""), link);
}
