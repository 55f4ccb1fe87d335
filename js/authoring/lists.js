// @ts-check
/** Lists in a form: things that are added, removed and moved by buttons that say what they move. */
import { h } from "../base/dom.js";
import { text } from "./fields.js";
import { nameOf } from "./form.js";
import { isUnwritten, listAt, moveIn, putAt } from "./raw.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./raw.js").Path} Path */
/** @typedef {import("./raw.js").Raw} Raw */

/** What a button's name holds of a long text. */
const LONGEST_NAME = 40;

/**
 * A text in a form that is short enough for the name of a button.
 *
 * @param {unknown} words
 */
export function brief(words) {
  const whole = typeof words === "string" && !isUnwritten(words) ? words.trim().split(/\s+/u).join(" ") : "";
  const characters = Array.from(whole);
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join("")}…` : whole;
}

/**
 * @typedef {object} ListParts
 * @property {string} legend what the things are, in the plural
 * @property {string} [hint]
 * @property {(place: number) => string} one the name of one, such as "Option 2"
 * @property {(place: number) => unknown} [words] the text by which a person knows it
 * @property {string} add
 * @property {() => void} make puts a new one at the end of the list
 * @property {(path: Path, place: number) => (Node|null)[]} draw
 * @property {(place: number) => void} [remove]
 * @property {(place: number, by: number) => void} [move]
 * @property {number} [least] so many are never removed
 * @property {boolean} [fixed] the order means nothing
 */

/**
 * @param {Form} form
 * @param {Path} path
 * @param {ListParts} parts
 */
export function list(form, path, parts) {
  const { t } = form;
  const things = /** @type {Raw[]} */ (form.get(path) ?? []);
  const { legend, hint, one, words = (place) => things[place]?.text, add, make, draw, least = 0, fixed } = parts;
  const remove = parts.remove ?? ((/** @type {number} */ place) => void listAt(form.entry, path).splice(place, 1));
  const move = parts.move ?? ((place, by) => moveIn(listAt(form.entry, path), place, by));
  const name = nameOf(path);
  const set = h("fieldset", { class: "cd-author-set", tabindex: -1 });
  const fault = form.register(path, set);

  /** @param {number} place */
  function fullName(place) {
    const known = brief(words(place));
    return known ? t("author.named", { name: one(place), text: known }) : one(place);
  }

  /**
   * @param {number} place
   * @param {"up"|"down"} way
   */
  function mover(place, way) {
    const by = way === "up" ? -1 : 1;
    const target = place + by;
    const button = h(
      "button",
      {
        type: "button",
        class: "cd-button cd-author-icon",
        "data-at": `${name}/${place}#${way}`,
        "aria-label": t(way === "up" ? "author.upOne" : "author.downOne", { name: fullName(place) }),
      },
      way === "up" ? "↑" : "↓",
    );
    button.disabled = target < 0 || target >= things.length;
    button.addEventListener("click", () => {
      const moved = fullName(place);
      const isLast = target === 0 || target === things.length - 1;
      const next = isLast ? (way === "up" ? "down" : "up") : way;
      form.restructure(() => move(place, by), `${name}/${target}#${things.length === 2 || isLast ? next : way}`);
      form.say(t("author.moved", { name: moved, place: target + 1, of: things.length }));
    });
    return button;
  }

  /** @param {number} place */
  function remover(place) {
    const button = h(
      "button",
      {
        type: "button",
        class: "cd-button cd-small",
        "data-at": `${name}/${place}#remove`,
        "aria-label": t("author.removeOne", { name: fullName(place) }),
      },
      t("author.remove"),
    );
    button.disabled = things.length <= least;
    button.addEventListener("click", () => form.remove(fullName(place), () => remove(place), `${name}#add`));
    return button;
  }

  const adding = h("button", { type: "button", class: "cd-button cd-small", "data-at": `${name}#add` }, add);
  adding.addEventListener("click", () => {
    const place = things.length;
    form.restructure(make, `${name}/${place}`);
  });
  const rows = things.map((_, place) =>
    h(
      "fieldset",
      { class: "cd-author-one", "data-at": `${name}/${place}`, tabindex: -1 },
      h("legend", { class: "cd-author-name" }, one(place)),
      ...draw([...path, place], place).filter((part) => part !== null),
      h(
        "div",
        { class: "cd-author-tools" },
        ...(fixed || things.length < 2 ? [] : [mover(place, "up"), mover(place, "down")]),
        remover(place),
      ),
    ),
  );
  set.append(
    h("legend", { class: "cd-label cd-author-legend" }, legend),
    ...(hint ? [h("p", { class: "cd-hint" }, hint)] : []),
    ...rows,
    fault,
    adding,
  );
  return set;
}

/**
 * A list of plain texts.
 *
 * @param {Form} form
 * @param {Path} path
 * @param {{legend: string, hint?: string, one: (place: number) => string, add: string, stub?: string, long?: boolean, least?: number, after?: (change: {removed?: number, moved?: [number, number]}) => void}} parts
 */
export function texts(form, path, { legend, hint, one, add, stub = "", long = true, least = 0, after }) {
  const things = /** @type {string[]} */ (form.get(path) ?? []);
  return list(form, path, {
    legend,
    hint,
    one,
    add,
    least,
    words: (place) => things[place],
    make: () => void listAt(form.entry, path).push(stub),
    draw: (at, place) => [text(form, at, { label: one(place), long, rows: 1, quiet: true })],
    remove(place) {
      const all = listAt(form.entry, path);
      all.splice(place, 1);
      after?.({ removed: place });
      if (!all.length) putAt(form.entry, path, undefined);
    },
    move(place, by) {
      moveIn(listAt(form.entry, path), place, by);
      after?.({ moved: [place, by] });
    },
  });
}
