import type { CostReport } from "../../../shared/model/cost.ts";
import { type ChartColumn, seriesColor } from "../../charts/chartData.ts";
import { type ChartTable, textColumn } from "./chartTable.ts";
import { remarkColumns, sumColumn } from "./columnTable.ts";
import { formatCost, formatMoment, formatTime, wholeCost } from "./costFormats.ts";
import { lackWords } from "./lackWords.ts";

/** Hours that are shown: a day, so that a night's run is seen the next morning. */
export const HOURS = 24;

const HOUR_MS = 3_600_000;
const COST = "cost";

/** What was spent in each of the last hours. */
export interface HoursChart {
  readonly columns: readonly ChartColumn[];
  readonly series: readonly [{ readonly key: string; readonly label: string; readonly color: string }];
  readonly totalUsd: number;
  readonly table: ChartTable<ChartColumn>;
}

/** The first moment of the hours that are shown, in milliseconds. */
function firstHour(now: number): number {
  return Math.floor(now / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS;
}

/** Turns the host's hours into columns; hours without use are filled in. `at` is ISO 8601, in the last hour. */
export function hoursChart(report: CostReport, at: string): HoursChart {
  const rows = new Map(report.rows.map((row) => [row.key, row]));
  const first = firstHour(Date.parse(at));
  const columns = Array.from({ length: HOURS }, (_, index): ChartColumn => {
    const key = new Date(first + index * HOUR_MS).toISOString();
    const after = new Date(first + (index + 1) * HOUR_MS).toISOString();
    const row = rows.get(key);
    return {
      key,
      label: formatTime(key),
      title: `${formatMoment(key)} to ${formatTime(after)}`,
      values: { [COST]: row === undefined ? 0 : wholeCost(row) },
      ...lackWords(row, "usd"),
    };
  });
  return {
    columns,
    series: [{ key: COST, label: "Cost", color: seriesColor(0) }],
    totalUsd: columns.reduce((total, { values }) => total + (values[COST] ?? 0), 0),
    table: {
      caption: `Cost of the last ${HOURS} hours`,
      fileName: "cost-by-hour",
      columns: [
        textColumn(
          "Hour",
          ({ title }) => title,
          ({ key }) => key,
        ),
        ...remarkColumns(columns),
        sumColumn("USD", formatCost),
      ],
      rows: columns,
    },
  };
}
