import { expect, test } from "vitest";
import { HOURS, hoursChart } from "../../../../renderer/views/costs/hoursChart.ts";
import { toCsv } from "../../../../renderer/views/costs/chartTable.ts";
import { sampleReport, sampleRow } from "./samples.ts";

test("the last hours stand side by side, those without use and the running one too", () => {
  const report = sampleReport(
    [
      sampleRow("2026-11-20T08:00:00.000Z", { costUsd: 1, unattributedUsd: 0.5 }),
      sampleRow("2026-11-20T12:00:00.000Z", { costUsd: 2 }),
      // Of before: it has no column.
      sampleRow("2026-11-19T12:00:00.000Z", { costUsd: 8 }),
    ],
    { groupBy: "hour" },
  );
  const { columns, totalUsd, table } = hoursChart(report, "2026-11-20T12:34:00.000Z");
  const used = columns.filter(({ values }) => values["cost"] !== 0).map(({ key, values }) => [key, values["cost"]]);
  expect([columns.length, columns[0]?.key, used, totalUsd, table.rows.length]).toEqual([
    HOURS,
    "2026-11-19T13:00:00.000Z",
    [
      ["2026-11-20T08:00:00.000Z", 1.5],
      ["2026-11-20T12:00:00.000Z", 2],
    ],
    3.5,
    HOURS,
  ]);
});

test("an hour in which nothing has a price is not priced, which is not nothing", () => {
  const row = sampleRow("2026-11-20T12:00:00.000Z", { messages: 2, unpricedMessages: 2 });
  const { columns, table } = hoursChart(sampleReport([row], { groupBy: "hour" }), "2026-11-20T12:34:00.000Z");
  const last = columns.at(-1);
  expect([last?.lacks, last?.unknown]).toEqual(["2 messages without a price", "not priced"]);
  expect(toCsv(table).trimEnd().split("\r\n").at(-1)).toBe("2026-11-20T12:00:00.000Z,2 messages without a price,");
});
