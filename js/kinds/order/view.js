// @ts-check
/** The list of an order task: buttons first, dragging as an extra, and after the check the reference beside it. */
import { h, setAttributes, setText, svg } from "../../base/dom.js";
import { shuffle } from "../../base/formulas.js";
import { inputGroup } from "../../base/panel.js";
import { chip, foldedParts, mineChip, resultPart, resultParts } from "../../base/result.js";
import { withLine } from "../../base/text.js";
import { completeRanks, dropItem, isTied, lines as linesOf, moveItem, shift, toggleTie } from "./ranks.js";
import style from "./style.css";

export { style };

/** @typedef {import("../../base/shapes.js").OrderTask} OrderTask */
/** @typedef {import("../../base/shapes.js").OrderResponse} OrderResponse */
/** @typedef {import("../../base/shapes.js").Ranks} Ranks */
/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {import("../../base/types.js").Host<OrderTask, OrderResponse>} OrderHost */
/** @typedef {ReturnType<typeof makeRow>} Row */

const GLIDE_MILLISECONDS = 180;

/**
 * @param {OrderHost} host
 * @returns {import("../../base/types.js").Part<OrderResponse>}
 */
export function render(host) {
  const { task, t, uid, signal } = host;
  const shown = shuffle(task.items, host.seed);
  /** @type {Ranks} */
  let ranks = [];
  let answered = false;
  const rows = new Map(shown.map((item) => [item.id, makeRow(host, item)]));
  const list = h("ol", { class: "cd-order-list", role: "list", "aria-labelledby": uid("mine") });
  const title = h("p", { class: "cd-report-title", id: uid("mine") }, t("order.yours"));
  const accept = h("button", { type: "button", class: "cd-button cd-small cd-order-accept" }, t("order.accept"));
  const reference = h("div", { class: "cd-order-reference", hidden: true });
  const legend = h("legend", { class: "cd-legend" }, t("order.instruction", { first: task.first, last: task.last }));
  const own = h("div", { class: "cd-order-own" }, title, end(task.first), list, end(task.last), accept);
  const element = inputGroup(legend, h("div", { class: "cd-order-sides" }, own, reference));
  element.classList.add("cd-order");

  /** @param {boolean} glide */
  function draw(glide) {
    const before = new Map([...rows].map(([id, row]) => [id, row.element.getBoundingClientRect().top]));
    const places = linesOf(ranks);
    const ids = ranks.flat();
    arrange(
      list,
      ids.map((id) => /** @type {Row} */ (rows.get(id)).element),
    );
    for (const [at, group] of ranks.entries()) {
      for (const id of group) {
        const { element: line, number, up, down, tie } = /** @type {Row} */ (rows.get(id));
        setText(number, placeNumber(t, places.get(id) ?? [0, 0]));
        setAttributes(up, { "aria-disabled": at === 0 && group.length === 1 ? "true" : null });
        setAttributes(down, { "aria-disabled": at === ranks.length - 1 && group.length === 1 ? "true" : null });
        tie.hidden = !task.ties;
        tie.dataset.off = String(ids[0] === id);
        setAttributes(tie, { "aria-pressed": String(isTied(ranks, id)) });
        line.dataset.tied = String(isTied(ranks, id));
      }
    }
    setAttributes(accept, { "aria-disabled": answered ? "true" : null });
    if (glide)
      for (const [id, row] of rows) slide(row.element, (before.get(id) ?? 0) - row.element.getBoundingClientRect().top);
  }

  /** @param {Ranks} next */
  function take(next) {
    ranks = next;
    answered = true;
    draw(true);
    host.change({ kind: "order", ranks });
  }

  /** @param {string} id */
  const tell = (id) =>
    host.say(
      t("order.said", {
        place: placeWords(t, linesOf(ranks).get(id) ?? [0, 0]),
        of: task.items.length,
      }),
    );

  for (const [id, { element: line, up, down, tie, grip }] of rows) {
    for (const [button, step] of /** @type {[HTMLElement, -1|1][]} */ ([
      [up, -1],
      [down, 1],
    ])) {
      button.addEventListener(
        "click",
        () => {
          const next = moveItem(ranks, id, step);
          if (next === ranks) {
            host.say(t(step < 0 ? "order.atFirst" : "order.atLast"));
            return;
          }
          take(next);
          line.scrollIntoView({ block: "nearest" });
          tell(id);
        },
        { signal },
      );
    }
    tie.addEventListener(
      "click",
      () => {
        take(toggleTie(ranks, id));
        tell(id);
      },
      { signal },
    );
    grip.addEventListener("pointerdown", (event) => event.button === 0 && !element.disabled && drag(event, id), {
      signal,
    });
  }
  accept.addEventListener(
    "click",
    () => {
      if (!answered) take(ranks);
      host.say(t("order.accepted"));
    },
    { signal },
  );

  /**
   * The list holds the pointer, because the line itself changes its place in it.
   *
   * @param {PointerEvent} start
   * @param {string} id
   */
  function drag(start, id) {
    const { element: line } = /** @type {Row} */ (rows.get(id));
    const before = ranks;
    const over = new AbortController();
    const listen = { signal: AbortSignal.any ? AbortSignal.any([signal, over.signal]) : over.signal };
    start.preventDefault();
    list.setPointerCapture(start.pointerId);
    line.dataset.dragged = "true";
    const finish = (/** @type {boolean} */ kept) => {
      over.abort();
      delete line.dataset.dragged;
      if (!kept || ranks === before) {
        ranks = before;
        draw(true);
        return;
      }
      take(ranks);
      tell(id);
    };
    list.addEventListener(
      "pointermove",
      (event) => {
        const others = ranks.flat().filter((other) => other !== id);
        const middle = (/** @type {string} */ other) => {
          const box = /** @type {Row} */ (rows.get(other)).element.getBoundingClientRect();
          return box.top + box.height / 2;
        };
        const at = others.filter((other) => middle(other) < event.clientY).length;
        if (at === ranks.flat().indexOf(id)) return;
        ranks = dropItem(before, id, at);
        draw(false);
      },
      listen,
    );
    list.addEventListener("pointerup", () => finish(true), listen);
    list.addEventListener("pointercancel", () => finish(false), listen);
  }

  const report = h("div", { class: "cd-report" });
  return {
    element,
    report,
    show(response, checked) {
      answered = response !== null && response.ranks.flat().length >= task.items.length;
      ranks = completeRanks(
        shown.map(({ id }) => id),
        response?.ranks ?? null,
        task.ties,
      );
      element.disabled = checked;
      element.dataset.checked = String(checked);
      draw(false);
      const key = checked ? task.key : undefined;
      title.hidden = !key;
      legend.hidden = checked;
      accept.hidden = checked;
      reference.hidden = !key;
      reference.replaceChildren(
        ...(key
          ? [
              h("p", { class: "cd-report-title", id: uid("reference") }, t("order.reference")),
              end(task.first),
              referenceList(host, key.ranks),
              end(task.last),
            ]
          : []),
      );
      /** @type {HTMLElement[]} */
      const now = [];
      /** @type {HTMLElement[]} */
      const later = [];
      const mine = linesOf(ranks);
      const theirs = linesOf(key?.ranks ?? []);
      for (const [id, row] of rows) {
        row.buttons.hidden = checked;
        row.grip.hidden = checked;
        row.note?.remove();
        row.note = null;
        delete row.element.dataset.tone;
        const [place, wanted] = [mine.get(id), theirs.get(id)];
        if (!key || !place || !wanted) continue;
        const result = comparison(t, place, wanted);
        // Its place is in the row itself; an element can be in one place only, so the report has its own chips.
        row.note = h("p", { class: "cd-chips" }, ...comparison(t, place, wanted).chips.slice(1));
        row.element.append(row.note);
        row.element.dataset.tone = result.tone;
        const name = /** @type {HTMLElement} */ (row.text.cloneNode(true));
        name.removeAttribute("id");
        (result.tone === "right" ? later : now).push(resultPart(name, result.chips, key.why[id]));
      }
      const rest = foldedParts(t("result.agreed", { count: later.length }), later);
      report.replaceChildren(...[resultParts(now), rest].filter((part) => part !== null));
    },
  };
}

/**
 * @param {OrderHost} host
 * @param {import("../../base/shapes.js").Option} item
 */
function makeRow({ t, uid, lines }, item) {
  const text = h("span", { class: "cd-order-text", id: uid(`item-${item.id}`) }, ...withLine(item, lines));
  const named = (/** @type {string} */ words) => ({
    type: "button",
    class: "cd-button cd-small",
    "aria-label": t("order.of", { what: words, item: item.text }),
  });
  const up = h("button", named(t("order.up")), t("order.up"));
  const down = h("button", named(t("order.down")), t("order.down"));
  const tie = h(
    "button",
    { ...named(t("order.same")), class: "cd-button cd-small cd-order-tie", "aria-pressed": "false" },
    t("order.same"),
  );
  const dots = [4, 10, 16].flatMap((y) => [
    svg("circle", { cx: 7, cy: y, r: 1.6 }),
    svg("circle", { cx: 13, cy: y, r: 1.6 }),
  ]);
  const grip = h(
    "span",
    { class: "cd-order-grip", "aria-hidden": "true" },
    svg("svg", { viewBox: "0 0 20 20", focusable: "false" }, ...dots),
  );
  const number = h("bdi", { dir: "ltr" }); // a range runs from left to right in every script
  const buttons = h("div", { class: "cd-order-buttons" }, up, down, tie);
  const element = h(
    "li",
    { class: "cd-order-row" },
    grip,
    h("span", { class: "cd-order-number" }, number),
    text,
    buttons,
  );
  return { element, grip, number, text, buttons, up, down, tie, note: /** @type {HTMLElement|null} */ (null) };
}

/** @param {string} name */
const end = (name) => h("p", { class: "cd-order-end" }, name);

/**
 * @param {OrderHost} host
 * @param {Ranks} ranks
 */
function referenceList({ task, t, uid, lines: contexts }, ranks) {
  const places = linesOf(ranks);
  const items = new Map(task.items.map((item) => [item.id, item]));
  const lines = ranks.flatMap((group) =>
    group.map((id, index) => {
      const place = placeNumber(t, places.get(id) ?? [0, 0]);
      return h(
        "li",
        { class: "cd-order-row", "data-tied": String(index > 0) },
        h("span", { class: "cd-order-number" }, h("bdi", { dir: "ltr" }, place)),
        h("span", { class: "cd-order-text" }, ...withLine(items.get(id) ?? { id, text: "" }, contexts)),
      );
    }),
  );
  return h("ol", { class: "cd-order-list", role: "list", "aria-labelledby": uid("reference") }, ...lines);
}

/**
 * @param {Translate} t
 * @param {[number, number]} place
 */
const placeNumber = (t, [from, to]) => (from === to ? String(from) : t("order.range", { from, to }));

/**
 * @param {Translate} t
 * @param {[number, number]} place
 */
const placeWords = (t, [from, to]) =>
  from === to ? t("order.place", { place: from }) : t("order.places", { from, to });

/**
 * What is said of one item after the check.
 *
 * @param {Translate} t
 * @param {[number, number]} mine
 * @param {[number, number]} wanted
 * @returns {{chips: HTMLElement[], tone: import("../../base/result.js").Tone}}
 */
function comparison(t, mine, wanted) {
  const by = shift(mine, wanted);
  const own = mineChip(t("yours", { what: placeWords(t, mine) }));
  if (by === 0) return { chips: [own, chip("right", "right", t("order.inPlace"))], tone: "right" };
  const said =
    by === null
      ? chip("part", "either", t("order.shared"))
      : chip("wrong", "wrong", by < 0 ? t("order.tooHigh", { count: -by }) : t("order.tooLow", { count: by }));
  return {
    chips: [own, said, chip("plain", "left", t("reference", { what: placeWords(t, wanted) }))],
    tone: by === null ? "part" : "wrong",
  };
}

/**
 * Bring the lines into an order without moving the one that holds the focus: a line that is moved would lose it.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement[]} elements
 */
function arrange(list, elements) {
  if (elements.every((element, index) => list.children[index] === element)) return;
  const { activeElement } = /** @type {Document|ShadowRoot} */ (list.getRootNode());
  const kept = elements.findIndex((element) => element.parentNode === list && element.contains(activeElement));
  elements.forEach((element, index) => {
    if (index < kept) list.insertBefore(element, elements[kept]);
    else if (index > kept) list.append(element);
  });
}

/**
 * Let a line glide from where it was.
 *
 * @param {HTMLElement} element
 * @param {number} from in pixels
 */
function slide(element, from) {
  if (!from || !element.animate || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  element.animate([{ transform: `translateY(${from}px)` }, { transform: "none" }], {
    duration: GLIDE_MILLISECONDS,
    easing: "ease-out",
  });
}
