// @ts-check
/** Brings a lesson's page into steps: one is shown, and the address, the bar, keys and links turn to others. */

import { shortName } from "../../base/lesson.js";
import { storageKey } from "../../store/page.js";
import { recall, remember } from "../../store/storage.js";
import { rowCompletion } from "../../task/completion.js";
import { goToAddressed, registerOpener, tasksWithin } from "../../task/navigation.js";
import { makeBar, stepEnd } from "./bar.js";
import { openFolds } from "./folds.js";
import { listenToHands } from "./hands.js";
import { gatherLead, setAway, stepOf, stepOfAddress, stepsAround, targetOf } from "./page.js";

/** @typedef {import("../../base/types.js").Desk<import("../../base/contents.js").ProgressContent>} Desk */

/** Where a reader's choice of the whole page is kept. */
const KEY = "copydesk/whole-page";

/**
 * Show a page one step at a time, if it has steps. The view of the progress moves into the bar.
 *
 * @param {Desk} desk
 * @param {HTMLElement} view the element of the progress
 */
export function startSteps(desk, view) {
  const page = stepsAround(view);
  const found = /** @type {HTMLElement|null} */ (view.closest("[data-copydesk]"));
  if (!page || !found) return;
  const root = found;
  const { content, store, t, signal } = desk;
  const { article, whole } = page;
  const steps = page.steps.map((step) => ({ ...step, title: stepTitle(content, step.title) }));
  const lead = gatherLead(whole);
  const number = shortName(content.lesson);
  const seen = `${storageKey(content)}/step`;
  let current = 0;
  /** The last step that was shown in this browser: those before it were gone through. */
  let furthest = Number(recall(seen)) || 0;
  let isWhole = recall(KEY) === "yes";
  const bar = makeBar({ t, signal, number, steps, goTo, setWhole, more: root });
  [bar.element.lang, bar.element.dir] = [root.lang, root.dir];
  const ends = steps.map((step, index) => {
    step.heading.tabIndex = -1;
    const end = stepEnd({ t, signal, steps, index, goTo });
    step.section.append(end);
    step.section.addEventListener("beforematch", () => show(index), { signal });
    return end;
  });
  lead.addEventListener("beforematch", () => show(0), { signal });
  whole.before(bar.element);
  article.dataset.steps = "on";
  keepClearOf(bar.element, article, signal);

  /** @param {number} index */
  function show(index) {
    current = index;
    furthest = Math.max(furthest, index);
    remember(seen, String(furthest));
    setAway(lead, !isWhole && index > 0);
    steps.forEach(({ section }, each) => setAway(section, !isWhole && each !== index));
    for (const end of ends) end.hidden = isWhole;
    // Answers go in and out by the bar; on the whole page they are where the first task is.
    for (const { element, home } of transfers) {
      if (isWhole) home.after(element);
      else root.prepend(element);
    }
    article.dataset.step = isWhole ? "whole" : index === steps.length - 1 ? "last" : index ? "later" : "first";
    bar.show(index, isWhole);
    count();
    dispatchEvent(new Event("copydesk-step")); // for what a page does with what has just come to be seen
  }

  /** @param {number} index */
  function goTo(index) {
    if (!steps[index]) return;
    const { section, heading } = steps[index];
    history.replaceState({ copydeskTop: scrollY }, ""); // where Back leads to
    history.pushState(null, "", `#${section.id}`);
    show(index);
    if (isWhole) heading.scrollIntoView();
    else scrollTo(0, index ? article.getBoundingClientRect().top + scrollY : 0);
    heading.focus({ preventScroll: true });
  }

  /** An address of a step leads to its top, one of something in it to that. @param {import("./page.js").Step} step */
  function goToTarget({ section }) {
    const target = targetOf(location.hash);
    if (isWhole || target !== section) target?.scrollIntoView();
    else scrollTo(0, current ? article.getBoundingClientRect().top + scrollY : 0);
  }

  /** @param {boolean} chosen */
  function setWhole(chosen) {
    isWhole = chosen;
    remember(KEY, isWhole ? "yes" : "no");
    show(current);
    steps[current].heading.scrollIntoView();
    steps[current].heading.focus({ preventScroll: true });
  }

  function followAddress() {
    const index = stepOfAddress(steps, location.hash);
    if (index >= 0 || !location.hash) show(Math.max(0, index));
    const top = history.state?.copydeskTop;
    if (typeof top === "number") scrollTo(0, top);
    else if (index >= 0) goToTarget(steps[index]);
  }

  function count() {
    const entries = store.entries();
    const rows = new Map(content.required.map((row) => [row.id, row]));
    bar.count(
      steps.map(({ section }) => {
        const here = tasksWithin(desk, section).flatMap((id) => rows.get(id) ?? []);
        const done = here.filter((row) => rowCompletion(entries, row).state === "complete").length;
        return { done, of: here.length };
      }),
      furthest,
    );
  }

  const transfers = [...article.querySelectorAll("[data-copydesk] > .cd-bar")].map((element) => {
    const home = document.createComment("");
    element.before(home);
    return { element, home };
  });
  openFolds(article, store, signal);
  listenToHands(article, (by) => !isWhole && goTo(current + by), signal);
  addEventListener("popstate", followAddress, { signal });
  addEventListener("hashchange", followAddress, { signal });
  registerOpener(
    {
      holds: (element) => stepOf(steps, element) >= 0,
      open: (element) => show(stepOf(steps, element)),
    },
    { signal, watch: count },
  );
  store.listen(count, signal);
  show(0);
  followAddress();
  goToAddressed(); // a task that comes later opens its own step
  count();
}

/**
 * What a step is called: by its heading, and where that is no more than the id of a task, by the task's name as well.
 *
 * @param {Desk["content"]} content
 * @param {string} heading
 */
function stepTitle({ required }, heading) {
  const row = required.find(({ id }) => id === heading);
  return row ? `${heading} · ${row.title}` : heading;
}

/**
 * Tell everything on the page that stays at the top how high the bar above it is.
 *
 * @param {HTMLElement} bar
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 */
function keepClearOf(bar, article, signal) {
  const line = /** @type {HTMLElement} */ (bar.querySelector(".cd-way-line"));
  const observer = new ResizeObserver(() => {
    article.style.setProperty("--pst-header-height", `${Math.ceil(line.getBoundingClientRect().height) + 4}px`);
  });
  observer.observe(line);
  signal.addEventListener("abort", () => observer.disconnect());
}
