/** Dates in three fields: their order by language, and what is stored of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dateOrder, toDate } from "../../js/kinds/value/date.js";

test("day, month and year come in the order of the reader's language, and of the reader's own kind of it", () => {
  assert.deepEqual(dateOrder("uk", []), ["day", "month", "year"]);
  assert.deepEqual(dateOrder("zh", []), ["year", "month", "day"]);
  assert.deepEqual(dateOrder("en", ["de-DE", "en-GB"]), ["day", "month", "year"]);
  assert.deepEqual(dateOrder("en", ["en-US"]), ["month", "day", "year"]);
});

test("what is typed as a date is stored as the date input of a browser would store it", () => {
  assert.equal(toDate({ day: "9", month: "3", year: "2023" }, "day"), "2023-03-09");
  assert.equal(toDate({ day: "29", month: "02", year: "2024" }, "day"), "2024-02-29");
  assert.equal(toDate({ month: "3", year: "2023" }, "month"), "2023-03");
  assert.equal(toDate({ year: "2023" }, "year"), "2023");
});

test("a date that does not exist, or has a part missing, is not stored", () => {
  for (const [day, month, year] of [
    ["29", "2", "2023"],
    ["0", "3", "2023"],
    ["3", "13", "2023"],
    ["3", "3", "23"],
    ["3", "", "2023"],
    ["x", "3", "2023"],
  ])
    assert.equal(toDate({ day, month, year }, "day"), undefined, `${day}.${month}.${year}`);
  assert.equal(toDate({ month: "00", year: "2023" }, "month"), undefined);
});
