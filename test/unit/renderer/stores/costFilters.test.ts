import { describe, expect, test } from "vitest";
import type { CalendarSpan } from "../../../../renderer/stores/costCalendar.ts";
import {
  calendarParams,
  type CostFilters,
  defaultFilters,
  filterParams,
  isNarrowed,
  spanParams,
  UNLABELLED,
} from "../../../../renderer/stores/costFilters.ts";

// One in the morning of the 21st in Berlin.
const moment = { now: Date.parse("2026-11-21T00:00:00Z"), timeZone: "Europe/Berlin" };

test.each<readonly [string, Partial<CostFilters>, object]>([
  ["the last thirty days", {}, { from: "2026-10-22T22:00:00.000Z", to: "2026-11-21T23:00:00.000Z" }],
  ["the last seven days", { range: "week" }, { from: "2026-11-14T23:00:00.000Z", to: "2026-11-21T23:00:00.000Z" }],
  [
    "between two days, both included",
    { range: "between", fromDay: "2026-10-25", toDay: "2026-10-25" },
    { from: "2026-10-24T22:00:00.000Z", to: "2026-10-25T23:00:00.000Z" },
  ],
  ["open to both sides", { range: "between" }, {}],
  [
    "narrowed",
    { range: "between", project: "/p", label: "Acme", model: "m", owner: "owned" },
    { project: "/p", label: "Acme", model: "m", owner: "owned" },
  ],
  ["of what has no label", { range: "between", label: UNLABELLED }, { label: "" }],
])("%s", (_name, change, expected) => {
  expect(filterParams({ ...defaultFilters, ...change }, moment)).toEqual(expected);
});

describe("a column of the history", () => {
  const between = { range: "between", fromDay: "2026-11-18", toDay: "2026-11-20" } as const;

  test.each<readonly [string, Partial<CostFilters>, string, CalendarSpan, object]>([
    ["its own days, and keeps the rest", { model: "m" }, "2026-11-09", "week", { from: "08", to: "15", model: "m" }],
    ["a first week that the range cuts", between, "2026-11-16", "week", { from: "17", to: "20" }],
    ["a month that it cuts on both sides", between, "2026-11", "month", { from: "17", to: "20" }],
    ["the running week, up to today", {}, "2026-11-16", "week", { from: "15", to: "21" }],
    ["a week of a range without bounds", { range: "between" }, "2026-11-16", "week", { from: "15", to: "22" }],
    ["a day", between, "2026-11-19", "day", { from: "18", to: "19" }],
  ])("narrows to %s", (_name, change, key, span, { from, to, ...rest }: { from?: string; to?: string }) => {
    // A day in Berlin begins an hour before midnight.
    const bounds = { from: `2026-11-${from}T23:00:00.000Z`, to: `2026-11-${to}T23:00:00.000Z` };
    expect(spanParams({ ...defaultFilters, ...change }, key, span, moment)).toEqual({ ...bounds, ...rest });
  });
});

test("the calendar has its own days, and the same project, model and owner", () => {
  expect(calendarParams({ ...defaultFilters, range: "week", project: "/p" }, moment)).toEqual({
    from: "2025-11-15T23:00:00.000Z",
    project: "/p",
  });
});

test("days alone do not narrow", () => {
  const narrowed = [{ range: "week" }, { owner: "owned" }, { label: "Acme" }, { label: UNLABELLED }] as const;
  expect(narrowed.map((change) => isNarrowed({ ...defaultFilters, ...change }))).toEqual([false, true, true, true]);
});
