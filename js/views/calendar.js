// @ts-check
/** The dates of the two boosters from a chosen day on, and the calendar file (RFC 5545) that holds them. */
import { savedText } from "../base/copy-box.js";
import { h, setText, uidMaker } from "../base/dom.js";
import { panel } from "../base/panel.js";
import { freshName } from "../base/uuid.js";
import { saveAsFile } from "../store/download.js";
import style from "./calendar.css";

export { style };

/** How many days after the last lesson the boosters come (curriculum: spaced retrieval). */
export const DAYS = [7, 28];
const MOST_OCTETS = 75;
const DAY_MILLISECONDS = 86_400_000;

/** @param {import("../base/types.js").Desk<import("../base/contents.js").CalendarContent>} desk */
export function render({ content, t, signal, say }) {
  const uid = uidMaker();
  const format = new Intl.DateTimeFormat(content.language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const start = h("input", {
    class: "cd-input cd-date",
    id: uid("start"),
    type: "date",
    value: today(),
    max: "9990-01-01",
  });
  const lines = DAYS.map(() => h("li", {}));
  const said = h("p", { class: "cd-bar-said" });
  const button = h("button", { type: "button", class: "cd-button cd-primary" }, t("calendar.save"));
  const tell = () =>
    DAYS.forEach((day, place) =>
      setText(
        lines[place],
        start.value
          ? t("calendar.line", { day, date: format.format(dayAfter(start.value, day)) })
          : t("calendar.noStart"),
      ),
    );
  start.addEventListener("input", tell, { signal });
  button.addEventListener(
    "click",
    () => {
      const name = "copy-desk-boosters.ics";
      const ok = Boolean(start.value);
      const event = (/** @type {number} */ day) => ({ title: t("calendar.event", { day }), note: t("calendar.note") });
      const words = ok
        ? savedText(t, name, saveAsFile(name, calendarFile(start.value, event), "text/calendar"))
        : t("calendar.noStart");
      setText(said, words);
      said.dataset.ok = String(ok);
      say(words);
    },
    { signal },
  );
  tell();
  return panel(
    uid,
    { title: content.title, name: "cd-calendar" },
    h(
      "div",
      { class: "cd-item" },
      h("p", { class: "cd-prompt" }, t("calendar.why")),
      h("label", { class: "cd-label", for: start.id }, t("calendar.start")),
      start,
      h("ul", { role: "list" }, ...lines),
      h("div", { class: "cd-actions" }, button),
      said,
    ),
  );
}

/** The present day on the learner's clock, as 2026-11-22. */
function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/**
 * Some days after a day, at midnight UTC: no change of the clocks moves it.
 *
 * @param {string} start as 2026-11-22
 * @param {number} days
 */
const dayAfter = (start, days) => new Date(Date.parse(`${start}T00:00:00Z`) + days * DAY_MILLISECONDS);

/**
 * A calendar with an all-day event, and a reminder at nine, for each booster. Nothing in it tells whose it is.
 *
 * @param {string} start the day from which is counted, as 2026-11-22
 * @param {(day: number) => {title: string, note: string}} describe
 * @param {{stamp?: Date, name?: () => string}} [given]
 */
export function calendarFile(start, describe, { stamp = new Date(), name = freshName } = {}) {
  const date = (/** @type {Date} */ moment) => moment.toISOString().slice(0, 10).replaceAll("-", "");
  const events = DAYS.flatMap((day) => {
    const { title, note } = describe(day);
    return [
      "BEGIN:VEVENT",
      `UID:${name().replace("urn:uuid:", "")}`,
      `DTSTAMP:${stamp.toISOString().replace(/[-:]|\.\d+/gu, "")}`,
      `DTSTART;VALUE=DATE:${date(dayAfter(start, day))}`,
      `DTEND;VALUE=DATE:${date(dayAfter(start, day + 1))}`,
      `SUMMARY:${escapeText(title)}`,
      `DESCRIPTION:${escapeText(note)}`,
      "TRANSP:TRANSPARENT",
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escapeText(title)}`,
      "TRIGGER:PT9H",
      "END:VALARM",
      "END:VEVENT",
    ];
  });
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Copy Desk//Boosters//EN", ...events, "END:VCALENDAR"]
    .map((line) => `${foldLine(line)}\r\n`)
    .join("");
}

/**
 * A text as a value (RFC 5545, 3.3.11).
 *
 * @param {string} text
 */
const escapeText = (text) => text.replace(/[\\;,]/gu, "\\$&").replace(/\n/gu, "\\n");

/**
 * A line cut into pieces of at most 75 octets, each but the first after a space (RFC 5545, 3.1).
 *
 * @param {string} line
 */
function foldLine(line) {
  const size = (/** @type {string} */ text) => new TextEncoder().encode(text).length;
  const pieces = [""];
  for (const character of line) {
    const last = pieces[pieces.length - 1];
    if (size(last + character) > MOST_OCTETS) pieces.push(` ${character}`);
    else pieces[pieces.length - 1] = last + character;
  }
  return pieces.join("\r\n");
}
