// @ts-check
/** The marking desk: shows what Python sends as text, never as markup, and sends back what the marker does. */

/**
 * @typedef {import("../../../../js/base/schema-types.d.ts").MarkingView} View
 * @typedef {{
 *   get(name: "view"): View, set(name: "act", value: object): void, save_changes(): void,
 *   on(name: string, callback: () => void): void, off(name: string, callback: () => void): void,
 * }} Model
 */

const KERNEL_SILENT_MILLISECONDS = 5000;

/**
 * Make an element; text in it is only ever text.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node|string)} children
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} text
 * @param {() => void} act
 * @param {Record<string, string>} [attributes]
 */
function button(text, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

/** @param {{model: Model, el: HTMLElement}} context */
function render({ model, el }) {
  const root = make("section", { class: "copydesk-marking", tabindex: "-1" });
  const said = make("p", { class: "said", role: "status" });
  const body = make("div");
  root.append(body, said);
  el.append(root);
  const stop = new AbortController();
  let waiting = 0;
  let drawn = -1;

  /** @param {Record<string, unknown>} act */
  function send(act) {
    if (waiting) return; // the answer to the last one is on its way
    const { revision, labels } = model.get("view");
    root.setAttribute("aria-busy", "true");
    waiting = window.setTimeout(() => {
      said.textContent = labels.silent;
      said.classList.add("problem");
    }, KERNEL_SILENT_MILLISECONDS);
    model.set("act", { ...act, revision });
    model.save_changes();
  }

  /** @param {string} part */
  const ticked = (part) => [...body.querySelectorAll(`.${part} input:checked`)].map((box) => /** @type {HTMLInputElement} */ (box).value);
  const chosen = () => ({ comments: ticked("comments"), facts: ticked("facts") });
  /** @param {number} level */
  const mark = (level) => send({ action: "mark", level, ...chosen() });

  root.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      event.stopPropagation(); // in JupyterLab the digits would turn the cell into a heading
      const isTyping = event.target instanceof HTMLInputElement && event.target.type === "text";
      const view = model.get("view");
      if (isTyping || event.repeat) return;
      if (view.phase === "mark" && view.levels.some(({ level }) => String(level) === event.key)) mark(Number(event.key));
      else if (event.key === "u" && view.canUndo) send({ action: "undo" });
      else return;
      event.preventDefault();
    },
    { signal: stop.signal },
  );

  function draw() {
    const view = model.get("view");
    if (view.revision === drawn) return;
    window.clearTimeout(waiting);
    waiting = 0;
    root.removeAttribute("aria-busy");
    root.setAttribute("lang", view.language);
    root.setAttribute("aria-label", view.labels.desk);
    const heading = make("h2", { tabindex: "-1" }, view.heading);
    body.replaceChildren(head(view, () => send({ action: "undo" })), heading, ...content(view, heading));
    said.textContent = view.problem || view.said;
    said.classList.toggle("problem", view.problem !== "");
    if (drawn >= 0) heading.focus();
    drawn = view.revision;
  }

  /**
   * @param {View} view
   * @param {HTMLElement} heading
   */
  function content(view, heading) {
    const notes = view.notes.map((note) => make("p", {}, note));
    if (view.phase !== "mark") return [...notes, ...(view.go ? [button(view.go, () => send({ action: "begin" }), { class: "go" })] : [])];
    const columns = make("div", { class: "columns" });
    columns.append(
      make("div", {}, make("div", { class: "essay", dir: "auto" }, view.text), asked(view)),
      make("div", {}, ...notes, ...facts(view), levels(view, mark), comments(view, heading)),
    );
    return [columns];
  }

  /**
   * @param {View} view
   * @param {HTMLElement} heading
   */
  function comments(view, heading) {
    const input = /** @type {HTMLInputElement} */ (make("input", { type: "text", maxlength: "300", dir: "auto" }));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") heading.focus();
      if (event.key === "Enter" && !event.isComposing && input.value.trim()) {
        send({ action: "comment", comment: input.value, ...chosen() });
      }
    });
    const boxes = view.comments.map((comment) => {
      const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", value: comment.text }));
      box.checked = comment.ticked;
      return make("label", { class: "comment", dir: "auto" }, box, make("span", {}, comment.text));
    });
    const field = make("label", { class: "new" }, view.labels.newComment, input);
    return make("fieldset", { class: "comments" }, make("legend", {}, view.labels.comments), ...boxes, field, make("p", { class: "aside" }, view.labels.keys));
  }

  model.on("change:view", draw);
  draw();
  return () => {
    model.off("change:view", draw);
    stop.abort();
    window.clearTimeout(waiting);
    root.remove();
  };
}

/**
 * @param {View} view
 * @param {() => void} undo
 */
function head(view, undo) {
  const bar = make("progress", { max: String(view.total), value: String(view.done), "aria-label": view.progress });
  const back = button(view.labels.undo, undo, { "aria-keyshortcuts": "u" });
  if (!view.canUndo) back.setAttribute("disabled", "");
  return make("div", { class: "head" }, make("p", { class: "place" }, view.place), make("p", {}, bar, " ", view.progress), back);
}

/** @param {View} view */
function asked(view) {
  return make("details", {}, make("summary", {}, view.labels.asked), make("div", { class: "lines" }, view.asked));
}

/**
 * The facts to tick, those that must be there and those that must not, with how many are ticked of each.
 *
 * @param {View} view
 */
function facts(view) {
  return [false, true].flatMap((isFault) => {
    const own = view.facts.filter((fact) => fact.isFault === isFault);
    return own.length ? [factList(own, isFault ? view.labels.faults : view.labels.facts)] : [];
  });
}

/**
 * @param {View["facts"]} own
 * @param {string} label
 */
function factList(own, label) {
  const count = make("output", { class: "count" });
  const boxes = own.map((fact) => {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", value: fact.id }));
    box.checked = fact.ticked;
    return box;
  });
  const recount = () => {
    count.textContent = `${boxes.filter((box) => box.checked).length} / ${boxes.length}`;
  };
  const rows = own.map((fact, place) => make("label", { class: "fact" }, boxes[place], make("span", {}, fact.text)));
  const list = make("fieldset", { class: "facts" }, make("legend", {}, label, " ", count), ...rows);
  list.addEventListener("change", recount);
  recount();
  return list;
}

/**
 * @param {View} view
 * @param {(level: number) => void} mark
 */
function levels(view, mark) {
  const rows = view.levels.map(({ level, name, text, summary, exemplars }) => {
    const give = make("button", { type: "button", class: "level", "aria-keyshortcuts": String(level) });
    give.append(make("kbd", {}, String(level)), make("span", {}, text));
    give.setAttribute("aria-label", `${name}: ${text}`);
    give.addEventListener("click", () => mark(level));
    const shown = exemplars.map((exemplar) =>
      make("blockquote", {}, make("div", { class: "lines", dir: "auto" }, exemplar.text), make("p", { class: "aside" }, exemplar.why)),
    );
    return make("div", { class: "row" }, give, ...(shown.length ? [make("details", {}, make("summary", {}, summary), ...shown)] : []));
  });
  return make("div", { role: "group", "aria-label": view.labels.levels }, ...(view.before ? [make("p", { class: "aside" }, view.before)] : []), ...rows);
}

export default { render };
