// @ts-check
/** A form over a raw entry: which field stands for which part of it, its faults, and drawing it again. */
import { h, setAttributes, setText, uidMaker } from "../base/dom.js";
import { inFileOrder, putAt, valueAt } from "./raw.js";

/** @typedef {import("./raw.js").Path} Path */
/** @typedef {import("./raw.js").Raw} Raw */
/** @typedef {{path: Path, text: string, remedy?: string, line?: number}} Fault */
/** @typedef {{id: string, text: string, start?: number, kind?: string, paragraph?: number}} Sentence */
/** @typedef {{sentences: Sentence[], cards: {id: string, title: string}[], sources: {id: string, title: string}[]}} Material what tasks are made of */
/** @typedef {{target: HTMLElement, fault: HTMLElement, describedBy: string[]}} Place of a field: what takes the focus, where its fault is said */
/** @typedef {(form: Form) => (Node|string|null)[]} Draw */

/** How long an author must pause in typing before what a text changes elsewhere is drawn. */
const REDRAW_MILLISECONDS = 900;

export const nameOf = (/** @type {Path} */ path) => path.join("/");

export class Form {
  /**
   * @param {{entry: Raw, draw: Draw, t: import("../base/types.js").Translate, say: import("../base/types.js").Say, signal: AbortSignal, material: Material, isGraded?: boolean, changed: (entry: Raw) => void}} given
   */
  constructor({ entry, draw, t, say, signal, material, isGraded = false, changed }) {
    /** @type {Raw} a copy, which the fields change in place */
    this.entry = structuredClone(entry);
    this.order = Object.keys(entry);
    this.drawing = draw;
    this.t = t;
    this.say = say;
    this.signal = signal;
    this.material = material;
    this.isGraded = isGraded;
    this.changed = changed;
    this.uid = uidMaker();
    /** @type {Map<string, Place>} */
    this.places = new Map();
    /** @type {Fault[]} */
    this.faults = [];
    /** @type {{entry: Raw, name: string}|null} what was removed last, and how it was before */
    this.removed = null;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    this.summary = h("div", { class: "cd-author-faults" });
    this.body = h("div", { class: "cd-author-fields" });
    this.element = h("div", {}, this.summary, this.body);
    this.draw();
  }

  /** @param {Path} path */
  get(path) {
    return valueAt(this.entry, path);
  }

  /**
   * @param {Path} path
   * @param {unknown} value
   */
  set(path, value) {
    putAt(this.entry, path, value);
    this.touch();
  }

  /** Say that the entry was changed in place. */
  touch() {
    this.changed(inFileOrder(structuredClone(this.entry), this.order));
  }

  /**
   * Change what the form has fields for, and draw it again.
   *
   * @param {() => void} change
   * @param {string} [focus] the name of what gets the focus
   */
  restructure(change, focus = "") {
    change();
    this.touch();
    this.draw(focus);
  }

  /**
   * Remove something in a way that can be undone.
   *
   * @param {string} name
   * @param {() => void} change
   * @param {string} [focus]
   */
  remove(name, change, focus = "") {
    const entry = structuredClone(this.entry);
    this.removed = { entry, name };
    this.restructure(change, focus);
    this.say(this.t("author.removed", { name }));
  }

  /** Draw the form again when typing stops, and stay where the author is. */
  redrawSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const root = /** @type {Document|ShadowRoot} */ (this.element.getRootNode());
      const active = root.activeElement;
      const at = active && this.body.contains(active) ? active.getAttribute("data-at") : "";
      if (at === null || this.signal.aborted) return;
      const isText = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement;
      const caret = isText ? active.selectionStart : null;
      this.draw();
      const again = at && this.places.get(at)?.target;
      if (!again) return;
      again.focus({ preventScroll: true });
      if (caret !== null) /** @type {HTMLInputElement} */ (again).setSelectionRange(caret, caret);
    }, REDRAW_MILLISECONDS);
  }

  /** @param {string} [focus] */
  draw(focus = "") {
    clearTimeout(this.timer);
    const open = new Set();
    for (const details of this.body.querySelectorAll("details[open]")) open.add(details.getAttribute("data-at"));
    this.places.clear();
    this.body.replaceChildren(...this.undoLine(), ...this.drawing(this).filter((part) => part !== null));
    for (const details of this.body.querySelectorAll("details")) {
      if (open.has(details.getAttribute("data-at"))) details.open = true;
    }
    this.showFaults(this.faults);
    if (focus) this.focusOn(focus);
  }

  undoLine() {
    if (!this.removed) return [];
    const { entry, name } = this.removed;
    const undo = h("button", { type: "button", class: "cd-button cd-small" }, this.t("author.undo"));
    undo.addEventListener("click", () => {
      this.removed = null;
      this.entry = entry;
      this.restructure(() => {}, "");
      this.say(this.t("author.undone", { name }));
    });
    return [h("div", { class: "cd-author-undo" }, h("span", {}, this.t("author.removed", { name })), undo)];
  }

  /** @param {string} name of a field or button */
  focusOn(name) {
    const named = /** @type {HTMLElement|null} */ (this.element.querySelector(`[data-at="${CSS.escape(name)}"]`));
    if (!named) return;
    for (let around = named.parentElement; around && around !== this.element; around = around.parentElement) {
      if (around instanceof HTMLDetailsElement) around.open = true;
    }
    const target = named.matches("fieldset, div") ? (named.querySelector("input, textarea, select") ?? named) : named;
    /** @type {HTMLElement} */ (target).focus();
  }

  /**
   * Have a field stand for a part of the entry.
   *
   * @param {Path} path
   * @param {HTMLElement} target
   * @param {string[]} [describedBy] ids of its hints
   */
  register(path, target, describedBy = []) {
    const fault = h("p", { class: "cd-fault", id: this.uid(`fault-${nameOf(path)}`) });
    this.places.set(nameOf(path), { target, fault, describedBy });
    setAttributes(target, { "data-at": nameOf(path), "aria-describedby": describedBy.join(" ") || null });
    return fault;
  }

  /**
   * The field at a path, or the nearest one around it.
   *
   * @param {Path} path
   */
  placeOf(path) {
    for (let length = path.length; length > 0; length -= 1) {
      const place = this.places.get(nameOf(path.slice(0, length)));
      if (place) return place;
    }
    return undefined;
  }

  /**
   * What is wrong and what to do; of an empty field that is plain.
   *
   * @param {Fault} fault
   * @param {Place|undefined} place
   */
  faultText({ text, remedy, path }, place) {
    const target = place?.target;
    const isInput = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!isInput || this.get(path) !== "") return [text, remedy].filter(Boolean).join(" ");
    return this.t("author.empty", { field: (target.labels?.[0]?.textContent ?? "").trim() });
  }

  /** @param {Fault[]} faults */
  showFaults(faults) {
    this.faults = faults;
    for (const [name, { target }] of this.places) if (!this.body.contains(target)) this.places.delete(name);
    /** @type {Map<Place, string[]>} */
    const said = new Map();
    const rows = faults.map((fault) => {
      const place = this.placeOf(fault.path ?? []);
      const text = this.faultText(fault, place);
      if (place) said.set(place, [...(said.get(place) ?? []), text]);
      if (!place) return h("li", {}, text);
      const link = h("button", { type: "button", class: "cd-author-link" }, text);
      link.addEventListener("click", () => this.focusOn(place.target.getAttribute("data-at") ?? ""));
      return h("li", {}, link);
    });
    for (const place of this.places.values()) {
      const texts = said.get(place) ?? [];
      setText(place.fault, texts.join(" "));
      const ids = [...place.describedBy, ...(texts.length ? [place.fault.id] : [])];
      const isInput = place.target.matches("input, textarea, select");
      setAttributes(place.target, {
        "aria-describedby": ids.join(" ") || null,
        "aria-invalid": isInput && texts.length ? "true" : null,
      });
    }
    this.summary.replaceChildren(
      ...(rows.length ? [h("h4", {}, this.t("author.faults", { count: rows.length })), h("ul", {}, ...rows)] : []),
    );
  }
}
