// @ts-check
/** The hand-in: an alias, what is answered and what is not, and the button that makes the file. */
import { cleanAlias } from "./answerfile.js";
import { h, icon, setAttributes, setText } from "./dom.js";
import { standing } from "./views/progress.js";

const LONGEST_ALIAS = 80;

/**
 * @param {import("./view.js").Desk} desk
 * @param {(name: string) => string} uid
 */
export function handInView({ content, store, t, signal, say }, uid) {
  const required = content.required ?? content.tasks.map(({ id, title }) => ({ id, title }));
  const lines = required.map((row) => {
    const mark = h("span", { class: "cd-chip" });
    return { row, mark, element: h("li", {}, h("span", { class: "cd-todo-title" }, h("strong", {}, row.id), " ", row.title), mark) };
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
    let whole = 0;
    for (const { row, mark } of lines) {
      const { at, done, of } = standing(entries, row);
      if (at) whole += 1;
      if (mark.dataset.done === String(done)) continue;
      mark.dataset.done = String(done);
      mark.className = `cd-chip ${at ? "cd-right" : "cd-plain"}`;
      const left = done ? t("progress.groupCount", { done, of }) : t("handIn.open");
      mark.replaceChildren(icon(at ? "right" : "left"), h("span", {}, at ? t("handIn.answered") : left));
    }
    setText(count, t("head.count", { done: whole, of: lines.length, count: lines.length }));
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
