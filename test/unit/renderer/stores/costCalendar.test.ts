import { describe, expect, test } from "vitest";
import {
  addDays,
  dayOf,
  daysOfSpan,
  spanOf,
  spansBetween,
  startOfDay,
} from "../../../../renderer/stores/costCalendar.ts";

describe("days in the person's zone", () => {
  test.each([
    ["2026-11-20T23:30:00Z", "UTC", "2026-11-20"],
    ["2026-11-20T23:30:00Z", "Europe/Berlin", "2026-11-21"],
    ["2026-11-20T04:59:00Z", "America/New_York", "2026-11-19"],
    ["2026-11-20T18:30:00Z", "Asia/Kolkata", "2026-11-21"],
  ])("%s in %s is on %s", (at, zone, expected) => {
    expect(dayOf(Date.parse(at), zone)).toBe(expected);
  });

  test.each([
    ["2026-11-20", "UTC", "2026-11-20T00:00:00.000Z"],
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
    ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
    ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
    // The clock goes from 23:59:59 to 01:00 there.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    ["2026-11-20", "Pacific/Kiritimati", "2026-11-19T10:00:00.000Z"],
  ])("%s in %s begins at %s", (day, zone, expected) => {
    expect(new Date(startOfDay(day, zone)).toISOString()).toBe(expected);
  });

  test("what is no day begins never", () => {
    expect(startOfDay("soon", "UTC")).toBeNaN();
  });
});

test("days are counted on over months and years", () => {
  expect([addDays("2026-12-31", 1), addDays("2028-03-01", -1), addDays("2026-11-20", -30)]).toEqual([
    "2027-01-01",
    "2028-02-29",
    "2026-10-21",
  ]);
});

test.each([
  ["2026-11-22", "day", "2026-11-22", { first: "2026-11-22", after: "2026-11-23" }],
  ["2026-11-22", "week", "2026-11-16", { first: "2026-11-16", after: "2026-11-23" }],
  ["2026-11-16", "week", "2026-11-16", { first: "2026-11-16", after: "2026-11-23" }],
  ["2026-12-31", "month", "2026-12", { first: "2026-12-01", after: "2027-01-01" }],
] as const)("%s lies in the %s %s", (day, span, key, days) => {
  expect([spanOf(day, span), daysOfSpan(key, span)]).toEqual([key, days]);
});

test("spans between two days have no gaps, and the last ones are kept where there are too many", () => {
  expect(spansBetween("2026-11-19", "2026-11-21", "day", 9)).toEqual(["2026-11-19", "2026-11-20", "2026-11-21"]);
  expect(spansBetween("2026-11-19", "2026-12-01", "week", 9)).toEqual(["2026-11-16", "2026-11-23", "2026-11-30"]);
  expect(spansBetween("2026-11-30", "2027-01-01", "month", 9)).toEqual(["2026-11", "2026-12", "2027-01"]);
  expect(spansBetween("2026-01-01", "2026-11-21", "day", 2)).toEqual(["2026-11-20", "2026-11-21"]);
});
