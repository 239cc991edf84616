import { expect, test } from "vitest";
import { CALENDAR_DAYS } from "../../../../renderer/stores/costFilters.ts";
import { calendarChart } from "../../../../renderer/views/costs/calendarChart.ts";
import { toCsv } from "../../../../renderer/views/costs/chartTable.ts";
import { sampleReport, sampleRow } from "./samples.ts";

const TODAY = "2026-11-20";
const priced = sampleRow("2026-11-18", { costUsd: 2, unattributedUsd: 1, messages: 4 });
const dearest = sampleRow("2026-11-19", { costUsd: 5, messages: 9, unpricedMessages: 1 });
const unpriced = sampleRow(TODAY, { messages: 3, unpricedMessages: 3 });

test("every day of the year is there, and its cost holds what no message accounts for", () => {
  const { days, note, hatched, table } = calendarChart(sampleReport([priced]), TODAY);
  expect([days.length, days.at(-3), hatched]).toEqual([
    CALENDAR_DAYS,
    { key: "2026-11-18", value: 3, lacks: null, unknown: null },
    null,
  ]);
  expect(note).toMatch(/^1 day in use, \$3\.00 a day; the dearest \$3\.00 on Wednesday,? 18 November 2026$/u);
  expect(table.columns.map(({ label }) => label)).toEqual(["Day", "USD"]);
});

test("a day on which nothing has a price is not priced, which is not nothing", () => {
  const { days, note, hatched, table } = calendarChart(sampleReport([priced, dearest, unpriced]), TODAY);
  expect(days.slice(-2).map(({ value, unknown, lacks }) => [value, unknown, lacks])).toEqual([
    [5, null, "1 message without a price"],
    [0, "not priced", "3 messages without a price"],
  ]);
  expect([hatched, note.slice(0, note.indexOf(" on "))]).toEqual([
    "not priced",
    "3 days in use, 1 of them not priced, $4.00 a day; the dearest $5.00",
  ]);
  expect(table.columns.map(({ text }) => text({ key: TODAY, value: 0, unknown: "not priced" })).slice(1)).toEqual([
    "",
    "not priced",
  ]);
  expect(toCsv(table).split("\r\n").slice(0, 4)).toEqual([
    "Day,Remark,USD",
    "2026-11-20,3 messages without a price,",
    "2026-11-19,1 message without a price,5",
    "2026-11-18,,3",
  ]);
});

test.each([
  ["nothing was spent", []],
  ["1 day in use, not priced", [unpriced]],
])("in words: %s", (expected, rows) => {
  expect(calendarChart(sampleReport(rows), TODAY).note).toBe(expected);
});
