// @ts-check
/** What a lesson is called for short. */

/**
 * @param {string} lesson its slug
 * @returns {string} its number; of a lesson without a number its name, as `First steps`
 */
export function shortName(lesson) {
  const number = /^\d\d(?=-)/.exec(lesson)?.[0];
  const words = lesson.replaceAll("-", " ");
  return number ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * @param {import("./types.js").Translate} t
 * @param {string} lesson its slug
 * @returns {string} the same, with the word for a lesson before a number
 */
export const lessonName = (t, lesson) =>
  /^\d/.test(lesson) ? t("copy.lesson", { number: shortName(lesson) }) : shortName(lesson);
