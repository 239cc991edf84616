import { useMemo } from "react";
import type { CostReport } from "../../../shared/model/cost.ts";
import { CalendarHeatmap, HeatLegend } from "../../charts/CalendarHeatmap.tsx";
import type { HeatDay } from "../../charts/heatLayout.ts";
import { addDays, dayOf, spansBetween } from "../../stores/costCalendar.ts";
import { CALENDAR_DAYS } from "../../stores/costFilters.ts";
import { counted } from "../../terminal/figures.ts";
import { useCosts } from "../useStores.ts";
import { ChartPanel } from "./ChartPanel.tsx";
import { type ChartTable, numberColumn, textColumn } from "./chartTable.ts";
import { formatCost, formatDay, wholeCost } from "./costFormats.ts";

/** A year of days at a glance; a click narrows the page to the day. */
export function CalendarPanel({ report, at }: { readonly report: CostReport; readonly at: string }) {
  const setFilters = useCosts((state) => state.setFilters);
  const today = dayOf(Date.parse(at), report.timeZone);
  const days = useMemo(() => calendarDays(report, today), [report, today]);
  const used = days.filter(({ value }) => value > 0);
  const dearest = used.reduce<HeatDay | null>(
    (most, day) => (most === null || day.value > most.value ? day : most),
    null,
  );
  const mean = used.length === 0 ? 0 : used.reduce((total, { value }) => total + value, 0) / used.length;
  return (
    <ChartPanel
      title="The year"
      note={
        dearest === null
          ? "nothing was spent"
          : `${counted(used.length, "day")} in use, ${formatCost(mean)} a day; the dearest ${formatCost(dearest.value)} on ${formatDay(dearest.key)}`
      }
      table={tableOf(days)}
      keyOf={({ key }) => key}
    >
      <CalendarHeatmap
        label="Cost of each day of the year"
        description="One column a week, Monday on top. Arrow keys move by day and by week, Enter narrows the page to the day."
        days={days}
        format={formatCost}
        formatDay={formatDay}
        onChoose={(key) => setFilters({ range: "between", fromDay: key, toDay: key })}
      />
      <HeatLegend />
    </ChartPanel>
  );
}

function calendarDays(report: CostReport, today: string): readonly HeatDay[] {
  const costs = new Map(report.rows.map((row) => [row.key, wholeCost(row)]));
  const first = addDays(today, 1 - CALENDAR_DAYS);
  return spansBetween(first, today, "day", CALENDAR_DAYS).map((key) => ({ key, value: costs.get(key) ?? 0 }));
}

function tableOf(days: readonly HeatDay[]): ChartTable<HeatDay> {
  return {
    caption: "Cost of each day of the year, the newest first",
    fileName: "cost-calendar",
    columns: [
      textColumn(
        "Day",
        ({ key }) => formatDay(key),
        ({ key }) => key,
      ),
      numberColumn("USD", ({ value }) => value, formatCost),
    ],
    rows: days.toReversed(),
  };
}
