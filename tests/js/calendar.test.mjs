/** The calendar file of the boosters, by the rules of RFC 5545. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { calendarFile } from "../../js/views/calendar.js";

const made = (start, title = "Booster", note = "Five questions.") =>
  calendarFile(start, (day) => ({ title: `${title} ${day}`, note }), {
    stamp: new Date("2026-11-22T10:11:12.345Z"),
    name: () => "urn:uuid:fixed",
  });
const values = (file, name) =>
  file
    .split("\r\n")
    .filter((line) => line.startsWith(name))
    .map((line) => line.slice(line.indexOf(":") + 1));

test("the two days are counted over the end of a month, a year and February of a leap year", () => {
  assert.deepEqual(values(made("2026-11-22"), "DTSTART"), ["20261129", "20261220"]);
  assert.deepEqual(values(made("2026-12-28"), "DTSTART"), ["20270104", "20270125"]);
  assert.deepEqual(values(made("2028-02-01"), "DTSTART"), ["20280208", "20280229"]);
  assert.deepEqual(values(made("2028-02-01"), "DTEND"), ["20280209", "20280301"]);
});

test("a time stamp is in UTC without fractions, and every line ends with CR LF", () => {
  const file = made("2026-11-22");
  assert.deepEqual(values(file, "DTSTAMP"), ["20261122T101112Z", "20261122T101112Z"]);
  assert.ok(file.endsWith("END:VCALENDAR\r\n") && !/[^\r]\n/u.test(file));
});

test("no line is longer than 75 octets, no letter is cut, and the pieces give the text back", () => {
  const title = "Повторення курсу медіаграмотності для всіх, хто вчиться; і ще раз\\далі ".repeat(3);
  const file = made("2026-11-22", title, "a\nb");
  for (const line of file.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75, line);
  const whole = file.replaceAll("\r\n ", "");
  assert.ok(whole.includes(`SUMMARY:${title.replace(/[\\;,]/gu, "\\$&")} 7\r\n`));
  assert.ok(whole.includes("DESCRIPTION:a\\nb\r\n"));
});

test("each event has a name of its own, which tells nothing of the machine", () => {
  const names = values(
    calendarFile("2026-11-22", () => ({ title: "x", note: "y" })),
    "UID",
  );
  assert.equal(new Set(names).size, 2);
  for (const name of names) assert.match(name, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
