import { describe, expect, test } from "vitest";
import {
  activeFilterCount,
  noFilters,
  type SearchFilters,
  searchParams,
} from "../../../../renderer/stores/searchFilters.ts";

const NOW = Date.parse("2026-01-31T12:00:00.000Z");

function localDay(year: number, month: number, day: number): string {
  return new Date(year, month - 1, day).toISOString();
}

describe("a search as the host takes it", () => {
  test.each<readonly [string, Partial<SearchFilters>, object]>([
    ["nothing", {}, {}],
    ["a project", { project: "/p" }, { project: "/p" }],
    ["the last day", { period: "day" }, { from: "2026-01-30T12:00:00.000Z" }],
    ["the last week", { period: "week" }, { from: "2026-01-24T12:00:00.000Z" }],
    [
      "days, the last one whole",
      { period: "between", fromDay: "2026-01-02", toDay: "2026-01-31" },
      { from: localDay(2026, 1, 2), to: localDay(2026, 2, 1) },
    ],
    ["an open end", { period: "between", fromDay: "2026-01-02" }, { from: localDay(2026, 1, 2) }],
    ["days that do not count", { period: "any", fromDay: "2026-01-02" }, {}],
    ["no day yet", { period: "between" }, {}],
    ["who said it", { role: "assistant" }, { role: "assistant" }],
    ["a tool", { tool: " Bash " }, { tool: "Bash" }],
    ["a tool of spaces", { tool: "  " }, {}],
    ["a state", { state: "idle" }, { state: "idle" }],
  ])("narrowed to %s", (_name, change, params) => {
    expect(searchParams(" ledger ", { ...noFilters, ...change }, NOW)).toEqual({ q: "ledger", ...params });
  });

  test("is none without words", () => {
    expect(searchParams("  ", { ...noFilters, project: "/p" }, NOW)).toBeNull();
  });
});

test.each<readonly [Partial<SearchFilters>, number]>([
  [{}, 0],
  [{ period: "between" }, 0],
  [{ period: "between", toDay: "2026-01-02" }, 1],
  [{ project: "/p", period: "day", role: "user", tool: "Bash", state: "idle" }, 5],
])("%j counts as %i filters", (change, count) => {
  expect(activeFilterCount({ ...noFilters, ...change })).toBe(count);
});
