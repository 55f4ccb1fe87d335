// @ts-check
/** The form of a drawer: which evidence cards are in it, and how many are to be opened. */
import { cardTicks, head, more, why } from "../common.js";
import { number, tick } from "../fields.js";

/** @param {import("../form.js").Form} form */
export function draw(form) {
  const { t } = form;
  return [
    ...head(form),
    cardTicks(form),
    number(form, ["least"], { label: t("author.drawer.least"), min: 1, max: 30, step: 1, fallback: 1 }),
    tick(form, ["one_by_one"], { label: t("author.drawer.oneByOne") }),
    why(form, ["key", "why"]),
    more(form, { withCards: false }),
  ];
}
