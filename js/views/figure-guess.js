// @ts-check
/**
 * A figure that asks for a guess first: once it is shown, one sentence compares the two. Python writes question, fold
 * and sentences (src/copydesk/figures/guess.py). Nothing is kept.
 */

const GUESS = ".copydesk-guess";

/**
 * The sentence for a guess.
 *
 * @param {Record<string, string|undefined>} sentences the answer, and what is said of a guess, the same, none
 * @param {string} guess what the reader gave
 */
export function comparison(sentences, guess) {
  const { answer = "", said = "", same = "", none = "" } = sentences;
  if (!guess) return none;
  return guess === answer || Number(guess) === Number(answer) ? same : said.replace("{guess}", () => guess);
}

/**
 * What the reader gave; empty where nothing was given, or what cannot be, such as 12 of 8.
 *
 * @param {Element} question
 */
function guessOf(question) {
  const field = question.querySelector("input:checked, input[type=number]");
  return field instanceof HTMLInputElement && field.validity.valid ? field.value : "";
}

/**
 * Watch a page for figures that are shown; they may come later than this script.
 *
 * @param {Document} page
 */
export function watchGuesses(page) {
  const say = (/** @type {Event} */ event) => {
    const fold = event.target;
    const question = fold instanceof HTMLDetailsElement ? fold.closest(GUESS) : null;
    const line = question?.querySelector(`${GUESS}-said`);
    if (!(question instanceof HTMLElement) || !(fold instanceof HTMLDetailsElement) || !line) return;
    line.textContent = fold.open ? comparison(question.dataset, guessOf(question)) : "";
  };
  page.addEventListener("toggle", say, { capture: true }); // it does not bubble
  page.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || !(field instanceof HTMLInputElement)) return;
    const fold = field.closest(GUESS)?.querySelector("details");
    if (fold) fold.open = true;
  });
}
