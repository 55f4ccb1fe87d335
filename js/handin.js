// @ts-check
/** The hand-in: an alias, what is answered and what is not, and the button that makes the file. */
import { cleanAlias } from "./answerfile.js";
import { h, icon, setAttributes, setText } from "./dom.js";
import { KINDS } from "./kinds/index.js";

const LONGEST_ALIAS = 80;

/**
 * @param {import("./view.js").Desk} desk
 * @param {(name: string) => string} uid
 */
export function handInView({ content, store, t, signal, say }, uid) {
  const required = content.required ?? content.tasks.map(({ id, title }) => ({ id, title }));
  const lines = required.map(({ id, title }) => {
    const mark = h("span", { class: "cd-chip" });
    return { id, mark, element: h("li", {}, h("span", { class: "cd-todo-title" }, h("strong", {}, id), " ", title), mark) };
  });
  const count = h("p", { class: "cd-progress" });
  const input = h("input", { class: "cd-input", id: uid("alias"), type: "text", maxlength: LONGEST_ALIAS, autocomplete: "off", "aria-describedby": `${uid("alias-hint")} ${uid("alias-fault")}`, value: store.alias() });
  const fault = h("p", { class: "cd-fault", id: uid("alias-fault") });
  const button = h("button", { type: "button", class: "cd-button cd-primary" }, t("handIn.button"));
  const result = h("div", { class: "cd-receipt" });
  const form = h(
    "form",
    { class: "cd-handin-form", novalidate: true },
    h("label", { class: "cd-label", for: input.id }, t("handIn.alias")),
    h("p", { class: "cd-hint", id: uid("alias-hint") }, t("handIn.aliasHint")),
    h("div", { class: "cd-handin-line" }, input, button),
    fault,
  );
  button.type = "submit";
  const element = h(
    "div",
    { class: "cd-desk cd-desk-one", role: "group", "aria-labelledby": uid("title") },
    h("div", { class: "cd-head" }, h("div", { class: "cd-head-line" }, h("p", { class: "cd-kicker" }, t("handIn.kicker")), count)),
    h("div", { class: "cd-item" }, h("h3", { class: "cd-heading", id: uid("title") }, content.title), h("ul", { class: "cd-todo" }, ...lines.map((line) => line.element)), form, result),
  );

  function update() {
    const entries = store.entries();
    let done = 0;
    for (const { id, mark } of lines) {
      const entry = Object.hasOwn(entries, id) ? entries[id] : null;
      const answered = entry !== null && !KINDS[entry.response.kind].isEmpty(entry.response);
      if (answered) done += 1;
      if (mark.dataset.answered === String(answered)) continue;
      mark.dataset.answered = String(answered);
      mark.className = `cd-chip ${answered ? "cd-right" : "cd-plain"}`;
      mark.replaceChildren(icon(answered ? "right" : "left"), h("span", {}, answered ? t("handIn.answered") : t("handIn.open")));
    }
    setText(count, t("head.count", { done, of: lines.length, count: lines.length }));
  }

  /** @param {string} text */
  function complain(text) {
    setText(fault, text);
    setAttributes(input, { "aria-invalid": text ? "true" : null });
    if (!text) return;
    say(text);
    input.focus();
  }

  let busy = false;
  form.addEventListener(
    "submit",
    async (event) => {
      event.preventDefault();
      const alias = cleanAlias(input.value);
      complain(alias ? "" : t("handIn.aliasMissing"));
      if (!alias || busy) return;
      busy = true;
      setAttributes(button, { "aria-disabled": "true" });
      result.replaceChildren(h("p", {}, t("handIn.working")));
      const reply = await store.handIn(alias);
      busy = false;
      if (signal.aborted) return;
      setAttributes(button, { "aria-disabled": null });
      result.dataset.ok = String(reply.ok);
      result.replaceChildren(...reply.text.split("\n").filter(Boolean).map((line) => h("p", {}, line)), ...(reply.path && !reply.text.includes(reply.path) ? [h("p", {}, h("code", {}, reply.path))] : []));
      say(reply.text);
    },
    { signal },
  );
  store.listen(update, signal);
  update();
  return element;
}
