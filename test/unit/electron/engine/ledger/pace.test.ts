import { describe, expect, test } from "vitest";
import { type GivenMessages, HAIKU, pricedQueries } from "./pricedQueries.ts";

/** How fast money is spent, counted by hand. Haiku 4.5 costs 5 dollars a million tokens of output. */

const DOLLAR = 200_000;

/** Messages of so many dollars at these times. */
function spent(...given: readonly (readonly [at: string, usd: number])[]): GivenMessages["messages"] {
  return given.map(([at, usd]) => ({ at, model: HAIKU, output: Math.round(usd * DOLLAR) }));
}

describe("the burn rate and the projected day", () => {
  const noon = "2026-11-20T12:00:00.000Z";
  const inUtc = { timeZone: "UTC", now: noon };

  interface Pace {
    readonly timeZone: string;
    readonly now: string;
    readonly given: GivenMessages;
    readonly perHour: number;
    readonly byMidnight: number;
  }

  test.each<readonly [string, Pace]>([
    ["nothing was spent", { ...inUtc, given: { messages: [] }, perHour: 0, byMidnight: 0 }],
    [
      "$1 in the last hour and $2 before: $3 so far, and 12 hours of $1",
      {
        ...inUtc,
        given: { messages: spent(["2026-11-20T11:30:00Z", 1], ["2026-11-20T08:00:00Z", 2]) },
        ...{ perHour: 1, byMidnight: 15 },
      },
    ],
    [
      "the hour holds its first and its last moment: $7 so far, and 12 hours of $3",
      {
        ...inUtc,
        given: { messages: spent(["2026-11-20T11:00:00Z", 1], [noon, 2], ["2026-11-20T10:59:59.999Z", 4]) },
        ...{ perHour: 3, byMidnight: 43 },
      },
    ],
    [
      "an hour that began yesterday burns, and is not of today: $1 so far, and 23.5 hours of $3",
      {
        ...{ timeZone: "UTC", now: "2026-11-20T00:30:00Z" },
        given: { messages: spent(["2026-11-20T00:10:00Z", 1], ["2026-11-19T23:45:00Z", 2]) },
        ...{ perHour: 3, byMidnight: 71.5 },
      },
    ],
    [
      "today ends where the person is: $1 so far, and 11 hours of it until midnight in Berlin",
      {
        ...{ timeZone: "Europe/Berlin", now: noon },
        given: { messages: spent(["2026-11-20T11:30:00Z", 1]) },
        ...{ perHour: 1, byMidnight: 12 },
      },
    ],
    [
      "a day of 25 hours has one more: $1 so far, and 24 hours of it from one in the morning on",
      {
        ...{ timeZone: "Europe/Berlin", now: "2026-10-24T23:00:00Z" },
        given: { messages: spent(["2026-10-24T22:30:00Z", 1]) },
        ...{ perHour: 1, byMidnight: 25 },
      },
    ],
    [
      "what the CLI charged beyond its messages burns as well: $1.50 so far, and 12 hours of it",
      {
        ...inUtc,
        given: {
          messages: spent(["2026-11-20T11:30:00Z", 1]),
          totals: [{ sessionId: "s", at: "2026-11-20T11:31:00Z", totalNano: 1_500_000_000 }],
        },
        ...{ perHour: 1.5, byMidnight: 19.5 },
      },
    ],
    [
      "what has no price adds nothing",
      {
        ...inUtc,
        given: {
          messages: [
            ...spent(["2026-11-20T11:30:00Z", 1]),
            { at: "2026-11-20T11:30:00Z", model: "unknown", output: DOLLAR },
          ],
        },
        ...{ perHour: 1, byMidnight: 13 },
      },
    ],
  ])("%s", (_what, { timeZone, now, given, perHour, byMidnight }) => {
    const summary = pricedQueries(given).answer("summary", { timeZone, nowMs: Date.parse(now) });
    expect([summary.burnUsdPerHour, summary.projectedTodayUsd]).toEqual([perHour, byMidnight]);
  });

  test("follow the filters", () => {
    const [mine, other] = spent(["2026-11-20T11:30:00Z", 1], ["2026-11-20T11:30:00Z", 8]);
    if (mine === undefined || other === undefined) throw new Error("There are no messages.");
    const queries = pricedQueries({
      messages: [mine, { ...other, sessionId: "other" }],
      owned: [{ sessionId: "s", projectPath: "/shop" }],
    });
    const ask = { timeZone: "UTC", nowMs: Date.parse(noon) };
    const told = [{}, { project: "/shop" }, { owner: "observed" }, { model: "other" }] as const;
    const paces = told.map((whose) => {
      const { burnUsdPerHour, projectedTodayUsd } = queries.answer("summary", { ...ask, ...whose });
      return [burnUsdPerHour, projectedTodayUsd];
    });
    expect(paces).toEqual([
      [9, 117],
      [1, 13],
      [8, 104],
      [0, 0],
    ]);
  });
});

describe("the five-hour window", () => {
  // From 08:00, the full hour of the first message, to 13:00.
  const morning = spent(["2026-11-20T08:20:00Z", 1], ["2026-11-20T09:30:00Z", 1]);

  test.each([
    // $1 in one hour, and $2 in two and a half: five hours of the same.
    ["2026-11-20T09:00:00Z", morning.slice(0, 1), 1, 5],
    ["2026-11-20T10:30:00Z", morning, 2, 4],
    // In its last moment nothing is left to come.
    ["2026-11-20T12:59:59.999Z", morning, 2, 2],
    // The first minute counts as a whole one: $0.01 a minute are $3 in 300.
    ["2026-11-20T08:00:10Z", spent(["2026-11-20T08:00:05Z", 0.01]), 0.01, 3],
    // It is over.
    ["2026-11-20T13:00:00Z", morning, 2, null],
  ])("at %s with %o has cost and will cost", (now, messages, costUsd, projectedUsd) => {
    const queries = pricedQueries({ messages });
    const nowMs = Date.parse(now);
    const [window, ...others] = queries.answer("windows", { limit: 10, nowMs });
    const isActive = projectedUsd !== null;
    expect([window, others]).toMatchObject([
      {
        ...{ from: "2026-11-20T08:00:00.000Z", to: "2026-11-20T13:00:00.000Z", lastAt: lastOf(messages) },
        ...{ costUsd, projectedUsd, isActive, messages: messages.length },
      },
      [],
    ]);
    const { activeWindow } = queries.answer("summary", { timeZone: "UTC", nowMs });
    expect(activeWindow).toEqual(isActive ? window : null);
  });

  test("a message after its end begins another one", () => {
    const later = [...morning, ...spent(["2026-11-20T13:00:00Z", 3])];
    const windows = pricedQueries({ messages: later }).answer("windows", {
      limit: 10,
      nowMs: Date.parse("2026-11-20T14:00:00Z"),
    });
    expect(windows.map(({ from, costUsd, projectedUsd }) => [from, costUsd, projectedUsd])).toEqual([
      ["2026-11-20T13:00:00.000Z", 3, 15],
      ["2026-11-20T08:00:00.000Z", 2, null],
    ]);
  });
});

function lastOf(messages: GivenMessages["messages"]): string {
  return new Date(Math.max(...messages.map(({ at }) => Date.parse(at ?? "")))).toISOString();
}
