import type { CostReport } from "../../../shared/model/cost.ts";
import type { HeatDay } from "../../charts/heatLayout.ts";
import { addDays, spansBetween } from "../../stores/costCalendar.ts";
import { CALENDAR_DAYS } from "../../stores/costFilters.ts";
import { counted } from "../../terminal/figures.ts";
import { type ChartTable, numberColumn, textColumn } from "./chartTable.ts";
import { formatCost, formatDay, NOT_PRICED, wholeCost } from "./costFormats.ts";
import { lackWords } from "./lackWords.ts";

/** A year of days as they are drawn. */
export interface CalendarChart {
  readonly days: readonly HeatDay[];
  /** How many days there were, and what they cost, in a line. */
  readonly note: string;
  /** What hatched days are; null where there are none. */
  readonly hatched: string | null;
  readonly table: ChartTable<HeatDay>;
}

/** Turns the host's days into the year up to today; days without use are filled in. */
export function calendarChart(report: CostReport, today: string): CalendarChart {
  const rows = new Map(report.rows.map((row) => [row.key, row]));
  const days = spansBetween(addDays(today, 1 - CALENDAR_DAYS), today, "day", CALENDAR_DAYS).map((key): HeatDay => {
    const row = rows.get(key);
    return { key, value: row === undefined ? 0 : wholeCost(row), ...lackWords(row, "usd") };
  });
  const hasUnknown = days.some(isUnknown);
  return { days, note: noteOf(days), hatched: hasUnknown ? NOT_PRICED : null, table: tableOf(days) };
}

function isUnknown({ unknown }: HeatDay): boolean {
  return typeof unknown === "string";
}

function noteOf(days: readonly HeatDay[]): string {
  const priced = days.filter(({ value }) => value > 0);
  const unknown = days.filter(isUnknown).length;
  if (priced.length + unknown === 0) return "nothing was spent";
  const used = counted(priced.length + unknown, "day");
  const apart =
    unknown === 0 ? "" : `, ${unknown === priced.length + unknown ? "" : `${unknown} of them `}${NOT_PRICED}`;
  const [first] = priced;
  if (first === undefined) return `${used} in use${apart}`;
  const mean = priced.reduce((total, { value }) => total + value, 0) / priced.length;
  const dearest = priced.reduce((most, day) => (day.value > most.value ? day : most), first);
  return `${used} in use${apart}, ${formatCost(mean)} a day; the dearest ${formatCost(dearest.value)} on ${formatDay(dearest.key)}`;
}

function tableOf(days: readonly HeatDay[]): ChartTable<HeatDay> {
  const isLacking = days.some(({ lacks }) => typeof lacks === "string");
  return {
    caption: "Cost of each day of the year, the newest first",
    fileName: "cost-calendar",
    columns: [
      textColumn(
        "Day",
        ({ key }) => formatDay(key),
        ({ key }) => key,
      ),
      ...(isLacking ? [textColumn("Remark", ({ lacks }: HeatDay) => lacks ?? "")] : []),
      {
        ...numberColumn("USD", (day: HeatDay) => (isUnknown(day) ? null : day.value), formatCost),
        text: ({ unknown, value }) => unknown ?? formatCost(value),
      },
    ],
    rows: days.toReversed(),
  };
}
