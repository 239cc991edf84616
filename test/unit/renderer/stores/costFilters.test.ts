import { expect, test } from "vitest";
import {
  calendarParams,
  type CostFilters,
  defaultFilters,
  filterParams,
  isNarrowed,
  spanParams,
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
    { range: "between", project: "/p", model: "m", owner: "owned" },
    { project: "/p", model: "m", owner: "owned" },
  ],
])("%s", (_name, change, expected) => {
  expect(filterParams({ ...defaultFilters, ...change }, moment)).toEqual(expected);
});

test("a column narrows to its own days and keeps the rest", () => {
  expect(spanParams({ ...defaultFilters, model: "m" }, "2026-11-16", "week", moment)).toEqual({
    from: "2026-11-15T23:00:00.000Z",
    to: "2026-11-22T23:00:00.000Z",
    model: "m",
  });
});

test("the calendar has its own days, and the same project, model and owner", () => {
  expect(calendarParams({ ...defaultFilters, range: "week", project: "/p" }, moment)).toEqual({
    from: "2025-11-15T23:00:00.000Z",
    project: "/p",
  });
});

test("days alone do not narrow", () => {
  expect([isNarrowed({ ...defaultFilters, range: "week" }), isNarrowed({ ...defaultFilters, owner: "owned" })]).toEqual(
    [false, true],
  );
});
