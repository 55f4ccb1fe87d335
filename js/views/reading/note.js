// @ts-check
/** The note of a mark: its words, what is to be said of it, and its sources. */
import { h, setText } from "../../base/dom.js";
import { asWritten } from "../../base/text.js";
import { groupOf, sample } from "./marks.js";

/** @typedef {import("../../base/contents.js").Mark} Mark */
/** @typedef {import("../../base/contents.js").Layer} Layer */
/** @typedef {import("../../base/contents.js").Source} Source */
/** @typedef {import("../../base/contents.js").ReadingContent} ReadingContent */
/** @typedef {import("./marks.js").Run} Run */

/**
 * An address that may be in a link: of a web page, and nothing else.
 *
 * @param {string} url
 */
export const isWebAddress = (url) => /^https?:\/\//i.test(url);

/**
 * The note of a mark. There is one, and it moves to where it is read.
 *
 * @param {import("../../base/types.js").Desk<import("../../base/contents.js").ReadingContent>} desk
 * @param {ReadingContent} content
 * @param {(name: string) => string} uid
 */
export function notePanel({ t, signal }, content, uid) {
  const place = h("p", { class: "cd-reading-place", id: uid("note-title"), tabindex: -1 });
  const body = h("div", { class: "cd-reading-entries" });
  const control = (/** @type {string} */ text) => h("button", { type: "button", class: "cd-button cd-small" }, text);
  const previous = control(t("reading.previous"));
  const next = control(t("reading.next"));
  const closing = control(t("reading.close"));
  const element = h(
    "div",
    { class: "cd-reading-panel", id: uid("note"), role: "region", "aria-labelledby": place.id },
    place,
    h("div", { class: "cd-reading-controls" }, previous, next, closing),
    body,
  );

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
 * @param {import("../../base/types.js").Translate} t
 * @param {ReadingContent} content
 * @param {Layer} layer
 * @param {Mark} mark
 */
function entry(t, content, layer, mark) {
  const group = groupOf(layer, mark);
  return h(
    "div",
    { class: "cd-reading-entry" },
    h(
      "p",
      { class: "cd-reading-quote", dir: "auto", translate: "no" },
      asWritten(mark.quote, "q"),
      " ",
      h("span", { class: "cd-reading-id" }, mark.sentence),
    ),
    h("p", { class: "cd-reading-tag" }, group ? sample(group) : null, h("strong", {}, mark.title)),
    mark.facts.length
      ? h(
          "dl",
          { class: "cd-reading-facts" },
          ...mark.facts.map(({ name, text }) => h("div", {}, h("dt", {}, name), h("dd", {}, text))),
        )
      : null,
    mark.note ? h("p", { class: "cd-why" }, mark.note) : null,
    mark.sources.length ? h("p", { class: "cd-reading-sources-title" }, t("reading.sources")) : null,
    mark.sources.length
      ? h(
          "ul",
          { class: "cd-reading-sources" },
          ...mark.sources
            .filter((key) => Object.hasOwn(content.sources, key))
            .map((key) => source(t, content.sources[key])),
        )
      : null,
  );
}

/**
 * @param {import("../../base/types.js").Translate} t
 * @param {Source} given
 */
function source(t, { publisher, title, date, read, via, note, url }) {
  const link = isWebAddress(url)
    ? h("a", { class: "cd-reading-link", href: url, rel: "noreferrer noopener", target: "_blank" }, url)
    : h("span", { class: "cd-reading-link" }, url);
  return h(
    "li",
    {},
    h("span", {}, publisher, ": ", h("cite", {}, title)),
    h(
      "span",
      { class: "cd-reading-read" },
      t("reading.read", { read: [read, via].filter(Boolean).join(", "), date }),
      note ? ` ${note}` : "",
    ),
    link,
  );
}
