// @ts-check
/** The bar above a lesson's steps: which one this is, what is done, and the way to all others. */
import { h, setAttributes, setText, uidMaker } from "../../base/dom.js";

/** @typedef {import("../../base/types.js").Translate} Translate */
/** @typedef {import("./page.js").Step} Step */
/** @typedef {{done: number, of: number}} Count how many tasks of a step are done */
/** @typedef {{show: (index: number, isWhole: boolean) => void, count: (counts: Count[], furthest: number) => void, element: HTMLElement, close: () => void}} Bar */

/**
 * @param {{t: Translate, signal: AbortSignal, number: string, steps: Step[], goTo: (index: number) => void, setWhole: (isWhole: boolean) => void, more: HTMLElement}} given
 *   number: of the lesson; more: what else unfolds with the list of steps
 * @returns {Bar}
 */
export function makeBar({ t, signal, number, steps, goTo, setWhole, more }) {
  const uid = uidMaker();
  let current = 0;
  let isWhole = false;
  const place = h("span", { class: "cd-way-place" });
  const title = h("span", { class: "cd-way-title" });
  const done = h("span", { class: "cd-way-done" });
  const opener = h(
    "button",
    { type: "button", class: "cd-way-opener", "aria-expanded": "false", "aria-controls": uid("all") },
    h("span", { class: "cd-way-words" }, place, title),
    done,
  );
  const back = turner("cd-way-back", t("steps.back"), "‹", () => goTo(current - 1));
  const next = turner("cd-way-next", t("steps.next"), "›", () => goTo(current + 1));
  const marks = steps.map(() => h("span", { class: "cd-way-mark" }));
  const lines = steps.map((step, index) => {
    const state = h("span", { class: "cd-way-state" });
    const button = h("button", { type: "button", class: "cd-link" }, step.title);
    button.addEventListener("click", () => choose(index), { signal });
    return { element: h("li", {}, button, state), button, state };
  });
  const whole = h("button", { type: "button", class: "cd-button cd-small" });
  whole.addEventListener(
    "click",
    () => {
      close();
      setWhole(!isWhole);
    },
    { signal },
  );
  const all = h(
    "div",
    { class: "cd-way-all", id: uid("all"), hidden: true },
    h("ol", { class: "cd-way-list" }, ...lines.map(({ element }) => element)),
    whole,
    more,
  );
  const element = h(
    "nav",
    { class: "copydesk cd-way", "aria-label": t("steps.name") },
    h("div", { class: "cd-way-line" }, back, opener, next),
    h("div", { class: "cd-way-marks", "aria-hidden": "true" }, ...marks),
    all,
  );

  opener.addEventListener("click", () => setOpen(Boolean(all.hidden)), { signal });
  element.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || all.hidden) return;
      close();
      opener.focus();
    },
    { signal },
  );
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (target instanceof Node && !element.contains(target)) close();
    },
    { signal },
  );

  /**
   * @param {string} name
   * @param {string} words
   * @param {string} sign
   * @param {() => void} act
   */
  function turner(name, words, sign, act) {
    const button = h(
      "button",
      { type: "button", class: `cd-way-turn ${name}`, "aria-label": words, title: words },
      h("span", { "aria-hidden": "true" }, sign),
    );
    button.addEventListener("click", act, { signal });
    return button;
  }

  /** @param {boolean} isOpen */
  function setOpen(isOpen) {
    all.hidden = !isOpen;
    setAttributes(opener, { "aria-expanded": String(isOpen) });
  }

  function close() {
    setOpen(false);
  }

  /** @param {number} index */
  function choose(index) {
    close();
    goTo(index);
  }

  return {
    element,
    close,
    show(index, showsWhole) {
      [current, isWhole] = [index, showsWhole];
      const of = steps.length;
      setText(place, isWhole ? t("steps.whole", { number }) : t("steps.place", { number, step: index + 1, of }));
      setText(title, isWhole ? "" : steps[index].title);
      setText(whole, isWhole ? t("steps.chooseSteps") : t("steps.chooseWhole"));
      back.hidden = isWhole || index === 0;
      next.hidden = isWhole || index === of - 1;
      marks.forEach((mark, each) => {
        mark.dataset.now = String(!isWhole && each === index);
      });
      lines.forEach(({ button }, each) => {
        setAttributes(button, { "aria-current": !isWhole && each === index ? "step" : null });
      });
    },
    count(counts, furthest) {
      counts.forEach(({ done: ready, of }, index) => {
        marks[index].dataset.state = !of
          ? index < furthest
            ? "read"
            : "none"
          : ready === of
            ? "complete"
            : ready
              ? "begun"
              : "empty";
        setText(lines[index].state, of ? t("steps.tasks", { done: ready, of }) : "");
        lines[index].state.dataset.complete = String(of > 0 && ready === of);
      });
      const of = counts.reduce((sum, each) => sum + each.of, 0);
      const ready = counts.reduce((sum, each) => sum + each.done, 0);
      setText(done, of ? t("steps.done", { done: ready, of }) : "");
    },
  };
}

/**
 * The end of a step: a way on, and one back.
 *
 * @param {{t: Translate, signal: AbortSignal, steps: Step[], index: number, goTo: (index: number) => void}} given
 */
export function stepEnd({ t, signal, steps, index, goTo }) {
  const parts = [];
  if (index + 1 < steps.length) {
    const on = h(
      "button",
      { type: "button", class: "cd-button cd-primary cd-way-on" },
      h("span", {}, t("steps.continue")),
      h("span", { class: "cd-way-coming" }, steps[index + 1].title),
    );
    on.addEventListener("click", () => goTo(index + 1), { signal });
    parts.push(on);
  }
  if (index > 0) {
    const back = h("button", { type: "button", class: "cd-link" }, t("steps.back"));
    back.addEventListener("click", () => goTo(index - 1), { signal });
    parts.push(back);
  }
  return h("div", { class: "copydesk cd-way-end" }, ...parts);
}
