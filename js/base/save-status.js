// @ts-check
/** The line that says whether the answers are saved. */
import { h, setText } from "./dom.js";
import { clock } from "./text.js";

/** @typedef {import("./types.js").Desk} Desk */

/**
 * The line that says whether the answers are saved. A problem is announced once.
 *
 * @param {Desk} desk
 * @returns {{element: HTMLElement, update: (waiting?: boolean) => void}} waiting: something is typed and not sent yet
 */
export function statusLine({ store, t, say }) {
  const words = h("span", {});
  const element = h("p", { class: "cd-status" }, h("span", { class: "cd-status-dot", "aria-hidden": "true" }), words);
  let announced = "";
  return {
    element,
    update(waiting = false) {
      const { state: stored, at, problem } = store.status();
      const state = waiting && stored !== "problem" ? "saving" : stored;
      element.dataset.state = state;
      const isAnswered = Object.values(store.entries()).some(({ at }) => Date.parse(at)); // 0: a version is drawn, no more
      const none = isAnswered ? t("status.opened") : t("status.none");
      setText(
        words,
        { none, saving: t("status.saving"), saved: t("status.saved", { time: clock(at ?? "") }), problem }[state],
      );
      if (state === "problem" && problem !== announced) say(problem);
      announced = state === "problem" ? problem : "";
    },
  };
}
