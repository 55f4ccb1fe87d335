// @ts-check
/** The reading pane: the article with one layer of marks at a time; a mark opens its note with its sources. */
import { h, setAttributes, setText, uidMaker } from "../../base/dom.js";
import { answersFor, lockNote, stillToDo } from "./locks.js";
import { markButton, paragraphsOf, runsOf, sample, textOf } from "./marks.js";
import { notePanel } from "./note.js";
import style from "./style.css";

export { style };

/** @typedef {import("../../base/contents.js").Group} Group */
/** @typedef {import("../../base/contents.js").Layer} Layer */
/** @typedef {import("./marks.js").Run} Run */

/** @param {import("../../base/types.js").Desk<import("../../base/contents.js").ReadingContent>} desk */
export function render(desk) {
  const { store, t, signal, say } = desk;
  const { content } = desk;
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
  const lockedBy = (/** @type {Layer} */ layer) =>
    stillToDo(layer, content.required, answersFor(content, store.entries()));
  /** @type {Set<string>} layers that were locked when last looked at */
  let locked = new Set();

  /** @param {string} id */
  function choose(id) {
    shown = id;
    draw();
    const layer = layerOf(id);
    if (!layer) say(t("reading.saidNone"));
    else
      say(
        locked.has(id) ? lockWords(layer) : t("reading.saidLayer", { layer: layer.title, count: layer.marks.length }),
      );
  }

  /** @param {Layer} layer */
  const lockWords = (layer) =>
    `${t("reading.first", { count: lockedBy(layer).length })} ${lockedBy(layer)
      .map(({ title }) => title)
      .join("; ")}`;

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
        const paragraph = h("p", {
          class: "cd-reading-paragraph",
          dir: "auto",
          translate: "no",
          "data-kind": sentences[0].kind,
        });
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
      say(
        t("reading.saidNote", {
          number: index + 1,
          of: places.length,
          quote: textOf(run),
          title: run.marks.map(({ title }) => title).join("; "),
        }),
        { asWritten: true },
      );
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
    else if (layer && now.has(shown) && about.querySelectorAll("li").length !== lockedBy(layer).length)
      about.replaceChildren(lockNote(desk, lockedBy(layer)));
  }

  store.listen(update, signal);
  if (content.required.some(({ lesson }) => lesson)) globalThis.addEventListener?.("storage", update, { signal });
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
      h(
        "fieldset",
        { class: "cd-plain-fieldset cd-reading-layers" },
        h("legend", { class: "cd-legend" }, t("reading.layer")),
        h("div", { class: "cd-pills" }, ...choices.map(({ element }) => element)),
      ),
      about,
      article,
      h("p", { class: "cd-keyed" }, t("keyedBy", { who: content.keyed_by })),
    ),
  );
}

/**
 * What a layer shows, and how its groups of marks look.
 *
 * @param {import("../../base/types.js").Translate} t
 * @param {Layer} layer
 */
function legend(t, { note, groups, marks }) {
  const line = (/** @type {Group} */ group) =>
    h(
      "li",
      {},
      sample(group),
      t("reading.group", { text: group.text, count: marks.filter((mark) => mark.group === group.id).length }),
    );
  return [
    h("p", { class: "cd-reading-note" }, note),
    groups.length ? h("ul", { class: "cd-reading-groups" }, ...groups.map(line)) : null,
    h("p", { class: "cd-hint" }, `${t("reading.count", { count: marks.length })} ${t("reading.howTo")}`),
  ].filter((part) => part !== null);
}
