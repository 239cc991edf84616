import { describe, expect, it } from "vitest";
import { periodAt } from "../../../../../electron/engine/budgets/budgetPeriod.ts";
import { LocalDays } from "../../../../../electron/engine/ledger/localDays.ts";

const HOUR_MS = 3_600_000;
const told = (period: Parameters<typeof periodAt>[0], timeZone: string, at: string) => {
  const { key, fromMs, toMs } = periodAt(period, new LocalDays(timeZone), Date.parse(at));
  return [key, ...[fromMs, toMs].map((ms) => (ms === null ? null : new Date(ms).toISOString()))];
};

describe("periodAt", () => {
  it.each([
    [
      "day",
      "UTC",
      "2026-11-20T23:59:59.999Z",
      "day:2026-11-20",
      "2026-11-20T00:00:00.000Z",
      "2026-11-21T00:00:00.000Z",
    ],
    [
      "day",
      "UTC",
      "2026-11-21T00:00:00.000Z",
      "day:2026-11-21",
      "2026-11-21T00:00:00.000Z",
      "2026-11-22T00:00:00.000Z",
    ],
    [
      "day",
      "Asia/Kolkata",
      "2026-11-20T18:30:00Z",
      "day:2026-11-21",
      "2026-11-20T18:30:00.000Z",
      "2026-11-21T18:30:00.000Z",
    ],
    ["week", "UTC", "2026-11-22T12:00:00Z", "week:2026-11-16", "2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    ["week", "UTC", "2026-11-16T00:00:00Z", "week:2026-11-16", "2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    [
      "month",
      "UTC",
      "2026-02-28T12:00:00Z",
      "month:2026-02-01",
      "2026-02-01T00:00:00.000Z",
      "2026-03-01T00:00:00.000Z",
    ],
    [
      "month",
      "America/New_York",
      "2026-12-01T04:59:59Z",
      "month:2026-11-01",
      "2026-11-01T04:00:00.000Z",
      "2026-12-01T05:00:00.000Z",
    ],
    ["always", "UTC", "2026-02-28T12:00:00Z", "always", null, null],
  ] as const)("%s in %s at %s is %s", (period, timeZone, at, ...expected) => {
    expect(told(period, timeZone, at)).toEqual(expected);
  });

  it.each([
    ["2026-03-29T12:00:00Z", 23],
    ["2026-10-25T12:00:00Z", 25],
  ])("has a day of another length where clocks are changed: %s", (at, hours) => {
    const { fromMs, toMs } = periodAt("day", new LocalDays("Europe/Berlin"), Date.parse(at));
    expect((toMs ?? 0) - (fromMs ?? 0)).toBe(hours * HOUR_MS);
  });
});
