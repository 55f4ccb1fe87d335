// @ts-check
/** The editor's bar: what can be done with the words that are picked, and the field for other words. */
import { h, setAttributes } from "../../base/dom.js";
import { around } from "../../base/text.js";

/** @typedef {"strike"|"replace"|"insert"|"back"} Action */

const MOST_CHARACTERS = 400;

/**
 * @param {import("./board.js").EditHost} host
 * @param {{act: (action: Action, words: string) => void, left: () => void}} then left: the field was left without a change
 */
export function editorsBar({ t, uid, signal }, then) {
  /** @type {"replace"|"insert"} */
  let asked = "replace";
  const said = h("p", { class: "cd-edit-bar-picked", id: uid("picked"), dir: "auto" });
  const button = (
    /** @type {string} */ text,
    /** @type {() => void} */ press,
    /** @type {string|null} */ key = null,
  ) => {
    const made = h("button", { type: "button", class: "cd-button cd-small", "aria-keyshortcuts": key }, text);
    made.addEventListener("click", press, { signal });
    return made;
  };
  const buttons = {
    strike: button(t("edit.strike"), () => then.act("strike", ""), "Delete"),
    replace: button(t("edit.replace"), () => ask("replace"), "Enter"),
    insert: button(t("edit.insert"), () => ask("insert"), "I"),
    back: button(t("edit.back"), () => then.act("back", ""), "P"),
  };
  const field = h("input", {
    type: "text",
    class: "cd-input",
    id: uid("other"),
    maxlength: MOST_CHARACTERS,
    dir: "auto",
  });
  field.autocomplete = "off";
  const label = h("label", { class: "cd-label cd-edit-bar-label", for: field.id });
  const form = h(
    "form",
    { class: "cd-edit-bar-form" },
    label,
    field,
    h(
      "div",
      { class: "cd-edit-bar-buttons" },
      h("button", { type: "submit", class: "cd-button cd-small" }, t("edit.apply")),
      button(t("edit.leave"), () => leave()),
    ),
  );
  const actions = h("div", { class: "cd-edit-bar-buttons" }, ...Object.values(buttons));
  const element = h("div", { class: "cd-edit-bar", role: "group", "aria-label": t("edit.bar") }, said, actions, form);
  element.hidden = true;
  form.hidden = true;

  let words = "";
  /** @param {"replace"|"insert"} action */
  function ask(action) {
    asked = action;
    const asks = {
      replace: () => around((slot) => t("edit.replaceWith", { words: slot }), words),
      insert: () => around((slot) => t("edit.insertAfter", { words: slot }), words),
    };
    label.replaceChildren(...asks[action]());
    field.value = action === "replace" ? words : "";
    said.hidden = true;
    actions.hidden = true;
    form.hidden = false;
    field.focus();
    field.select();
  }
  function close() {
    said.hidden = false;
    actions.hidden = false;
    form.hidden = true;
  }
  function leave() {
    close();
    then.left();
  }
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      close();
      then.act(asked, field.value);
    },
    { signal },
  );
  form.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") leave();
      else if (event.key !== "Tab") {
        event.stopPropagation(); // a host's shortcuts are for its own fields
        return;
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );

  return {
    element,
    ask,
    /**
     * Show what is picked, or hide where nothing is.
     *
     * @param {import("./marks.js").Item[]} items
     */
    show(items) {
      const isSame = element.hidden === !items.length && words === wordsIn(items);
      words = wordsIn(items);
      if (!isSame) close();
      element.hidden = !items.length;
      if (!isSame) said.replaceChildren(...around((slot) => t("edit.picked", { words: slot }), words));
      const isChanged = items.some(({ change }) => change >= 0);
      setAttributes(buttons.back, { "aria-disabled": isChanged ? null : "true" });
      setAttributes(buttons.strike, { "aria-disabled": items.every(({ mark }) => mark === "struck") ? "true" : null });
    },
  };
}

/** The picked words as they are offered to be replaced: what is struck already only where there is nothing else. @param {import("./marks.js").Item[]} items */
function wordsIn(items) {
  const standing = items.filter(({ mark }) => mark !== "struck");
  return (standing.length ? standing : items).map(({ text }) => text).join(" ");
}
