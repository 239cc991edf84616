import { expect, test } from "vitest";
import { anewWords, momentWords, untilWords } from "../../../../renderer/views/budgets/budgetTime.ts";

/** Moments of the reader's own zone, whatever it is where the test runs. Friday, 20 November 2026. */
function local(month: number, day: number, hour = 0, minute = 0, year = 2026): string {
  return new Date(year, month - 1, day, hour, minute).toISOString();
}

const now = Date.parse(local(11, 20, 15));

test.each([
  ["the end of the day", local(11, 21), "midnight", "Begins anew at midnight"],
  ["later today", local(11, 20, 22, 30), "22:30", "Begins anew at 22:30"],
  ["the end of the week", local(11, 23), "Monday", "Begins anew on Monday"],
  ["a time of another day", local(11, 23, 6), "Monday, 06:00", "Begins anew on Monday, 06:00"],
  ["the end of the month", local(12, 1), "1 December", "Begins anew on 1 December"],
  ["another year", local(1, 1, 0, 0, 2027), "1 January 2027", "Begins anew on 1 January 2027"],
])("%s is “%s”", (_name, iso, moment, anew) => {
  expect([momentWords(iso, now), untilWords(iso, now), anewWords(iso, now)]).toEqual([moment, `until ${moment}`, anew]);
});

test("what never begins anew says so", () => {
  expect([untilWords(null, now), anewWords(null, now)]).toEqual([
    "until the budget is raised or somebody lets work go on",
    "Never begins anew",
  ]);
});
