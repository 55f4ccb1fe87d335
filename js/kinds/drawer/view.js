// @ts-check
/** The view of a drawer: the search, the cards one below the other, and what opening one shows. */
import { cardBody } from "../../base/card.js";
import { h, icon, setAttributes, setText } from "../../base/dom.js";
import { chip } from "../../base/result.js";
import { blocks, clock } from "../../base/text.js";
import { isVoid, search } from "./scoring.js";
import style from "./style.css";

/** @typedef {import("../../base/shapes.js").Card} Card */
/** @typedef {import("../../base/shapes.js").DrawerTask} DrawerTask */
/** @typedef {import("../../base/shapes.js").DrawerResponse} DrawerResponse */
/** @typedef {import("../../base/types.js").Translate} Translate */

export { style };

/**
 * What a card is good for, in words.
 *
 * @param {Translate} t
 * @param {Card} card
 */
function roleChip(t, card) {
  if (card.role === "repeats") return chip("part", "either", t("drawer.repeats"));
  if (card.role === "wrong") return chip("wrong", "wrong", t("drawer.wrong"));
  return card.role === "other"
    ? chip("wrong", "warning", t("drawer.other"))
    : chip("right", "right", t("drawer.evidence"));
}

/**
 * @param {import("../../base/types.js").Host<DrawerTask, DrawerResponse>} host
 * @returns {import("../../base/types.js").Part<DrawerResponse>}
 */
export function render(host) {
  const { task, t, uid, signal, say } = host;
  const cards = task.cards ?? [];
  /** @type {Map<string, string>} card id to the time of its first opening */
  const opened = new Map();
  /** @type {Card[]|null} what a search found, best first */
  let found = null;

  const lines = cards.map((card, place) => {
    const title = h("span", { class: "cd-folder-title" }, card.title);
    const state = h("span", { class: "cd-folder-state" });
    const button = h(
      "button",
      { type: "button", class: "cd-folder", id: uid(`folder-${card.id}`), "aria-expanded": "false" },
      title,
      h("span", { class: "cd-folder-facts" }, state),
    );
    const region = h("div", {
      class: "cd-folder-content",
      id: uid(`content-${card.id}`),
      role: "group",
      "aria-labelledby": button.id,
      hidden: true,
    }); // no landmark: a drawer may hold thirty
    setAttributes(button, { "aria-controls": region.id });
    button.addEventListener("click", () => press(place), { signal });
    return { card, button, state, region, element: h("li", { class: "cd-folder-line" }, button, region) };
  });
  const list = h(
    "ul",
    { class: "cd-drawer", role: "list", "aria-labelledby": host.headingId },
    ...lines.map((line) => line.element),
  );
  const searching = searchPart(host, (query) => look(query));
  const reason = h("div", { class: "cd-drawer-reason" }, ...blocks(task.key?.why ?? ""));
  const why = h(
    "div",
    { class: "cd-drawer-why", hidden: true },
    h("p", { class: "cd-drawer-why-name" }, t("drawer.why")),
    reason,
  );
  const element = h("div", { class: "cd-drawer-part" }, searching.element, list, why);

  /** Whether a card waits for the one before it. @param {number} place */
  const isLocked = (place) =>
    task.one_by_one && place > 0 && !opened.has(cards[place].id) && !opened.has(cards[place - 1].id);
  const response = () => ({
    kind: /** @type {const} */ ("drawer"),
    opened: [...opened].map(([card, at]) => ({ card, at })),
  });
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
      setText(
        state,
        at
          ? t("drawer.openedAt", { time: clock(at) })
          : locked
            ? t("drawer.locked", { title: cards[place - 1].title })
            : t("drawer.closed"),
      );
      region.hidden = !expanded;
      if (expanded && !region.hasChildNodes()) region.append(...cardBody(t, card));
      if (region.hasChildNodes() && isDone() && !region.querySelector(".cd-chips"))
        region.prepend(h("p", { class: "cd-chips" }, roleChip(t, card))); // a card itself never judges
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
 * @param {import("../../base/types.js").Host<DrawerTask, DrawerResponse>} host
 * @param {(query: string) => void} look
 */
function searchPart({ task, t, uid, signal, say }, look) {
  const input = h("input", {
    type: "search",
    class: "cd-input",
    id: uid("query"),
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 400,
  });
  const clear = h("button", { type: "button", class: "cd-button", hidden: true }, t("drawer.clear"));
  const said = h("p", { class: "cd-search-said" });
  const note = h("p", { class: "cd-notice cd-void", hidden: true }, icon("warning"), h("span", {}, t("drawer.void")));
  const form = h(
    "form",
    { class: "cd-search", role: "search", "aria-label": t("drawer.searchIn", { title: task.title }) },
    h("label", { class: "cd-label", for: input.id }, t("drawer.search")),
    h(
      "div",
      { class: "cd-search-line" },
      input,
      h("button", { type: "submit", class: "cd-button" }, t("drawer.submit")),
      clear,
    ),
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
      setText(
        said,
        !result
          ? ""
          : result.hits
            ? t("drawer.found", { hits: result.hits, of: result.of, count: result.hits })
            : t("drawer.nothingFound"),
      );
      say(result ? (said.textContent ?? "") : t("drawer.all", { count: task.cards?.length ?? 0 }));
      if (result?.repeats) say(t("drawer.void"));
    },
  };
}
