// @ts-check
/** Two buttons for a statement: true, not true. */
import { h } from "../../base/dom.js";

/**
 * @param {import("../../base/types.js").Host<any, any>} host
 * @returns {import("../../base/types.js").Part<import("./scoring.js").TrueOrNotResponse>}
 */
export function render({ t, headingId, signal, change }) {
  const buttons = [true, false].map((answer) => {
    const name = answer ? t("true_or_not.true") : t("true_or_not.not_true");
    const button = h("button", { type: "button", class: "cd-button" }, name);
    button.addEventListener("click", () => change({ kind: "true_or_not", answer }), { signal });
    return { answer, button };
  });
  return {
    element: h("div", { role: "group", "aria-labelledby": headingId }, ...buttons.map(({ button }) => button)),
    show(response, checked) {
      for (const { answer, button } of buttons) {
        button.setAttribute("aria-pressed", String(response?.answer === answer));
        button.disabled = checked;
      }
    },
  };
}
