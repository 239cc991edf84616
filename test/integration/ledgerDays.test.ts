/** Days, weeks and months of costs across the changes of daylight saving, as a client is told them. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";

const BERLIN = "Europe/Berlin";
const NEW_YORK = "America/New_York";

/** Each is one message; those of a day of 23, 25 and 24 hours stand at its first and last moments. */
const times = [
  // Berlin: the clock goes forward on 29 March 2026 at 01:00Z, a Sunday.
  ...["2026-03-28T22:59:59.999Z", "2026-03-28T23:00:00.000Z", "2026-03-29T00:59:59.999Z", "2026-03-29T01:00:00.000Z"],
  ...["2026-03-29T21:59:59.999Z", "2026-03-29T22:00:00.000Z"],
  // And back on 25 October 2026 at 01:00Z: half past two comes twice.
  ...["2026-10-24T21:59:59.999Z", "2026-10-24T22:00:00.000Z", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
  ...["2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00.000Z"],
  // New York: back on 1 November 2026 at 06:00Z.
  ...["2026-11-01T03:59:59.999Z", "2026-11-01T04:00:00.000Z", "2026-11-02T04:59:59.999Z", "2026-11-02T05:00:00.000Z"],
];

const NOW = new Date("2026-10-25T12:00:00.000Z");

let test: TestEngine;
beforeAll(async () => {
  test = await createTestEngine({ now: () => NOW });
  const kind = { model: "claude-opus-5-5", speed: "standard", serviceTier: "standard", inferenceGeo: "" };
  const tokens = { input: 1000, output: 100, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
  const entries = times.map((at, index) => ({
    messageId: `msg_${String(index)}`,
    sessionId: "s",
    at,
    ...kind,
    ...tokens,
  }));
  const { added } = await test.ask("costs.import", { text: JSON.stringify(entries) });
  if (added !== times.length) throw new Error("Not all messages were taken in.");
});
afterAll(async () => {
  await test.dispose();
});

const EACH_USD = 0.006;

type Rows = Readonly<Record<string, number>>;
const cases: readonly (readonly [
  groupBy: "day" | "week" | "month",
  timeZone: string,
  from: string,
  to: string,
  Rows,
])[] = [
  ["day", BERLIN, "2026-03-01", "2026-04-01", { "2026-03-28": 1, "2026-03-29": 4, "2026-03-30": 1 }],
  ["week", BERLIN, "2026-03-01", "2026-04-01", { "2026-03-23": 5, "2026-03-30": 1 }],
  ["day", BERLIN, "2026-10-01", "2026-10-31", { "2026-10-24": 1, "2026-10-25": 4, "2026-10-26": 1 }],
  ["week", BERLIN, "2026-10-01", "2026-10-31", { "2026-10-19": 5, "2026-10-26": 1 }],
  ["day", NEW_YORK, "2026-10-31", "2026-11-05", { "2026-10-31": 1, "2026-11-01": 2, "2026-11-02": 1 }],
  ["month", NEW_YORK, "2026-10-31", "2026-11-05", { "2026-10": 1, "2026-11": 3 }],
  ["day", "UTC", "2026-10-24", "2026-10-27", { "2026-10-24": 2, "2026-10-25": 4 }],
];

it.each(cases)("by %s in %s from %s", async (groupBy, timeZone, from, to, rows) => {
  const bounds = { from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` };
  const report = await test.ask("costs.get", { groupBy, timeZone, ...bounds });
  expect(Object.fromEntries(report.rows.map(({ key, messages }) => [key, messages]))).toEqual(rows);
  expect(report.rows.map(({ costUsd }) => costUsd)).toEqual(
    Object.values(rows).map((messages) => Math.round(messages * EACH_USD * 1e6) / 1e6),
  );
});

it("today has 25 hours, and yesterday ends where it begins", async () => {
  const { today, thisWeek } = await test.ask("costs.summary", { timeZone: BERLIN });
  expect(today).toMatchObject({
    ...{ from: "2026-10-24T22:00:00.000Z", to: "2026-10-25T23:00:00.000Z", messages: 4 },
    previous: { from: "2026-10-23T22:00:00.000Z", to: "2026-10-24T22:00:00.000Z", messages: 1 },
  });
  expect(thisWeek).toMatchObject({ from: "2026-10-18T22:00:00.000Z", to: "2026-10-25T23:00:00.000Z", messages: 5 });
});
