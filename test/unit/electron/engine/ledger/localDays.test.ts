import { describe, expect, it } from "vitest";
import { dayName, firstOfMonth, LocalDays, mondayOf } from "../../../../../electron/engine/ledger/localDays.ts";

describe("days of a time zone", () => {
  const at = (text: string): number => Date.parse(text);
  it.each([
    ["Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23],
    ["Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25],
    ["America/New_York", "2026-06-01T04:00:00Z", "2026-06-02T04:00:00Z", 24],
    ["Asia/Kathmandu", "2026-06-01T18:15:00Z", "2026-06-02T18:15:00Z", 24],
    ["Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", 24.5],
    // Midnight itself is left out there: the day begins at one o'clock.
    ["America/Asuncion", "2024-10-06T04:00:00Z", "2024-10-07T03:00:00Z", 23],
    ["UTC", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z", 24],
  ])("%s from %s to %s", (zone, start, end, hours) => {
    const days = new LocalDays(zone);
    const day = days.dayOf(at(start));
    expect([days.startOf(day), days.startOf(day + 1)]).toEqual([at(start), at(end)]);
    expect([days.dayOf(at(start) - 1), days.dayOf(at(end) - 1), days.dayOf(at(end))]).toEqual([day - 1, day, day + 1]);
    expect((at(end) - at(start)) / 3_600_000).toBe(hours);
  });

  it.each([
    ["after the clock was changed back", "2026-11-01T10:00:00Z", "2026-10-01T09:00:00Z"],
    ["on the day on which it is, before that", "2026-10-26T00:30:00Z", "2026-10-24T23:30:00Z"],
    ["an hour that comes twice", "2026-10-26T01:30:00Z", "2026-10-25T00:30:00Z"],
    ["an hour after it", "2026-10-26T03:30:00Z", "2026-10-25T03:30:00Z"],
    ["an hour that is left out", "2026-03-30T00:30:00Z", "2026-03-29T01:30:00Z"],
    ["an hour after that", "2026-03-30T02:30:00Z", "2026-03-29T02:30:00Z"],
    ["from the day on which it comes twice", "2026-10-25T01:30:00Z", "2026-10-24T00:30:00Z"],
  ])("the same time on another day: %s", (_, now, expected) => {
    const days = new LocalDays("Europe/Berlin");
    const day = days.dayOf(at(expected));
    expect(new Date(days.sameTimeOn(day, at(now))).toISOString()).toBe(new Date(expected).toISOString());
  });

  it("weeks begin on Monday, months on their first", () => {
    const day = at("2026-11-20T00:00:00Z") / 86_400_000;
    const names = [
      day,
      mondayOf(day),
      mondayOf(mondayOf(day)),
      firstOfMonth(day),
      firstOfMonth(day, -1),
      firstOfMonth(day, 2),
    ];
    expect(names.map(dayName)).toEqual([
      "2026-11-20",
      "2026-11-16",
      "2026-11-16",
      "2026-11-01",
      "2026-10-01",
      "2027-01-01",
    ]);
  });

  it("a name that is no zone is refused", () => {
    expect(() => new LocalDays("Mars/Base")).toThrow(RangeError);
  });
});
