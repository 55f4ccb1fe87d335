// @ts-check
/** Drawer: evidence cards to search and to open; what was opened, and when, is the answer. */
import { cardBody } from "../card.js";
import { h, icon, setAttributes, setText } from "../dom.js";
import { isRecord, scored, unanswered } from "../scoring.js";
import style from "../styles/drawer.css";
import { blocks, clock, words } from "../text.js";
import { chip } from "../verdict.js";

/** @typedef {import("../types.js").Card} Card */
/** @typedef {import("../types.js").DrawerTask} DrawerTask */
/** @typedef {import("../types.js").DrawerKey} DrawerKey */
/** @typedef {import("../types.js").DrawerResponse} DrawerResponse */
/** @typedef {import("../types.js").Speak} Speak */
/** @typedef {{card: Card, quoted: number, found: number}} Hit quoted, found: share of the query's words in the quotation, in the whole card */

/** A card with fewer of the query's words than this is no hit. */
const LEAST_SHARE = 0.5;

export { style };
export const ownsCards = true;
export const neverChecked = true;

/** @param {any} value @returns {value is DrawerResponse} */
export const isResponse = (value) => Array.isArray(value.opened) && value.opened.every((/** @type {unknown} */ each) => isRecord(each) && typeof each.card === "string" && typeof each.at === "string" && !Number.isNaN(Date.parse(each.at)));

/** @param {DrawerResponse} response */
export const isEmpty = (response) => response.opened.length === 0;

/** @param {DrawerResponse|null} response */
const openedIds = (response) => new Set(response?.opened.map(({ card }) => card));

/**
 * @param {DrawerTask} task
 * @param {DrawerResponse|null} response
 */
export const complete = (task, response) => ({ done: Math.min(task.least, openedIds(response).size), of: task.least });

/**
 * The share of the least number of cards that was opened.
 *
 * @param {DrawerTask} task
 * @param {DrawerKey} _key
 * @param {DrawerResponse|null} response
 */
export function score(task, _key, response) {
  if (!response || isEmpty(response)) return unanswered();
  const { done, of } = complete(task, response);
  return scored(done / of, [{ part: "drawer", credit: done / of }]);
}

/**
 * @param {Speak} t
 * @param {import("../types.js").Progress} progress
 */
export const left = (t, progress) => t("drawer.left", { done: progress.done, of: progress.of, count: progress.of });

/**
 * @param {Speak} t
 * @param {DrawerTask} task
 * @param {DrawerKey} _key
 * @param {DrawerResponse} response
 */
export const summary = (t, task, _key, response) => left(t, complete(task, response));

/** @param {string} text */
const wordSet = (text) => new Set(words(text.normalize("NFC").replaceAll("’", "'").toLowerCase()));

/**
 * The cards that hold at least half of the query's words: first those whose quotation holds most of them, so that
 * a sentence of the article finds its copies first.
 *
 * @param {Card[]} cards
 * @param {string} query
 * @returns {Hit[]}
 */
export function search(cards, query) {
  const asked = [...wordSet(query)];
  const share = (/** @type {Set<string>} */ held) => asked.filter((word) => held.has(word)).length / asked.length;
  if (!asked.length) return [];
  return cards
    .map((card) => ({ card, quoted: share(wordSet(card.quote)), found: share(wordSet(`${card.title} ${card.quote} ${card.says}`)) }))
    .filter(({ found }) => found >= LEAST_SHARE)
    .sort((first, second) => second.quoted - first.quoted || second.found - first.found);
}

/**
 * Whether the first hits, those that quote the query best, only repeat the text.
 *
 * @param {Hit[]} hits
 */
export function isVoid(hits) {
  return hits.length > 0 && hits[0].quoted > 0 && hits.filter(({ quoted }) => quoted === hits[0].quoted).every(({ card }) => card.role === "repeats");
}

/**
 * What a card is good for, in words.
 *
 * @param {Speak} t
 * @param {Card} card
 */
function roleChip(t, card) {
  if (card.role === "repeats") return chip("part", "either", t("drawer.repeats"));
  if (card.role === "wrong") return chip("wrong", "wrong", t("drawer.wrong"));
  return card.role === "invented" ? chip("wrong", "warning", t("drawer.invented")) : chip("right", "right", t("drawer.evidence"));
}

/**
 * @param {import("../types.js").Host<DrawerTask, DrawerResponse>} host
 * @returns {import("../types.js").Part<DrawerResponse>}
 */
export function render(host) {
  const { task, t, uid, language, signal, say } = host;
  const cards = task.cards ?? [];
  /** @type {Map<string, string>} card id to the time of its first opening */
  const opened = new Map();
  /** @type {Card[]|null} what a search found, best first */
  let found = null;

  const lines = cards.map((card, place) => {
    const title = h("span", { class: "cd-folder-title" }, card.title);
    const date = h("span", { class: "cd-folder-date" }, card.date);
    const state = h("span", { class: "cd-folder-state" });
    const button = h("button", { type: "button", class: "cd-folder", id: uid(`folder-${card.id}`), "aria-expanded": "false" }, title, h("span", { class: "cd-folder-facts" }, date, h("span", { class: "cd-sr" }, ", "), state));
    const region = h("div", { class: "cd-folder-content", id: uid(`content-${card.id}`), role: "group", "aria-labelledby": button.id, hidden: true }); // no landmark: a drawer may hold thirty
    setAttributes(button, { "aria-controls": region.id });
    button.addEventListener("click", () => press(place), { signal });
    return { card, button, state, region, element: h("li", { class: "cd-folder-line" }, button, region) };
  });
  const list = h("ul", { class: "cd-drawer", role: "list", "aria-labelledby": host.headingId }, ...lines.map((line) => line.element));
  const searching = searchPart(host, (query) => look(query));
  const reason = h("div", { class: "cd-drawer-reason" }, ...blocks(task.key?.why ?? ""));
  const why = h("div", { class: "cd-drawer-why", hidden: true }, h("p", { class: "cd-drawer-why-name" }, t("drawer.why")), reason);
  const element = h("div", { class: "cd-drawer-part" }, searching.element, list, why);

  /** Whether a card waits for the one before it. @param {number} place */
  const isLocked = (place) => task.one_by_one && place > 0 && !opened.has(cards[place].id) && !opened.has(cards[place - 1].id);
  const response = () => ({ kind: /** @type {const} */ ("drawer"), opened: [...opened].map(([card, at]) => ({ card, at })) });
  const isDone = () => opened.size >= task.least;

  /** @param {number} place */
  function press(place) {
    const { card, button } = lines[place];
    if (isLocked(place)) {
      say(t("drawer.lockedSaid", { title: cards[place - 1].title }));
      return;
    }
    const expanded = button.getAttribute("aria-expanded") !== "true";
    setAttributes(button, { "aria-expanded": String(expanded) });
    if (opened.has(card.id)) {
      draw();
      return;
    }
    const wasDone = isDone();
    opened.set(card.id, new Date().toISOString());
    draw();
    host.change(response());
    const next = cards[place + 1];
    if (task.one_by_one && next && !opened.has(next.id)) say(t("drawer.released", { title: next.title }));
    if (isDone() && !wasDone) say(task.key ? t("drawer.doneWhy", { why: reason.textContent ?? "" }) : t("drawer.done"));
  }

  /** @param {string} query */
  function look(query) {
    const hits = search(cards, query);
    found = query ? hits.map(({ card }) => card) : null;
    const shown = found ?? cards;
    for (const line of lines) line.element.hidden = !shown.includes(line.card);
    for (const card of shown) list.append(lines[cards.indexOf(card)].element);
    list.hidden = shown.length === 0;
    searching.tell(query ? { hits: hits.length, of: cards.length, repeats: isVoid(hits) } : null);
  }

  function draw() {
    lines.forEach(({ card, button, state, region, element: line }, place) => {
      const at = opened.get(card.id);
      const locked = isLocked(place);
      const expanded = at !== undefined && button.getAttribute("aria-expanded") === "true";
      line.dataset.opened = String(at !== undefined);
      setAttributes(button, { "aria-disabled": locked ? "true" : null, "aria-expanded": String(expanded) });
      setText(state, at ? t("drawer.openedAt", { time: clock(at, language) }) : locked ? t("drawer.locked", { title: cards[place - 1].title }) : t("drawer.closed"));
      region.hidden = !expanded;
      if (expanded && !region.hasChildNodes()) region.append(h("p", { class: "cd-chips" }, roleChip(t, card)), ...cardBody(t, card));
    });
    why.hidden = !(task.key && isDone());
  }

  return {
    element,
    show(given) {
      for (const { card, at } of given?.opened ?? []) if (!opened.has(card)) opened.set(card, at);
      draw();
    },
  };
}

/**
 * The search in the drawer, and what it says.
 *
 * @param {import("../types.js").Host<DrawerTask, DrawerResponse>} host
 * @param {(query: string) => void} look
 */
function searchPart({ task, t, uid, signal, say }, look) {
  const input = h("input", { type: "search", class: "cd-input", id: uid("query"), autocomplete: "off", spellcheck: "false", maxlength: 400 });
  const clear = h("button", { type: "button", class: "cd-button", hidden: true }, t("drawer.clear"));
  const said = h("p", { class: "cd-search-said" });
  const note = h("p", { class: "cd-notice cd-void", hidden: true }, icon("warning"), h("span", {}, t("drawer.void")));
  const form = h(
    "form",
    { class: "cd-search", role: "search", "aria-label": t("drawer.searchIn", { title: task.title }) },
    h("label", { class: "cd-label", for: input.id }, t("drawer.search")),
    h("div", { class: "cd-search-line" }, input, h("button", { type: "submit", class: "cd-button" }, t("drawer.submit")), clear),
  );
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      look(input.value.trim());
    },
    { signal },
  );
  clear.addEventListener(
    "click",
    () => {
      input.value = "";
      input.focus();
      look("");
    },
    { signal },
  );
  return {
    element: h("div", { class: "cd-search-part" }, form, said, note),
    /** @param {{hits: number, of: number, repeats: boolean}|null} result null: all cards are shown again */
    tell(result) {
      clear.hidden = !result;
      note.hidden = !result?.repeats;
      setText(said, !result ? "" : result.hits ? t("drawer.found", { hits: result.hits, of: result.of, count: result.hits }) : t("drawer.nothingFound"));
      say(result ? said.textContent ?? "" : t("drawer.all", { count: task.cards?.length ?? 0 }));
      if (result?.repeats) say(t("drawer.void"));
    },
  };
}
