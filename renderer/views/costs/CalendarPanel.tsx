import { useMemo } from "react";
import type { CostReport } from "../../../shared/model/cost.ts";
import { CalendarHeatmap, HeatLegend } from "../../charts/CalendarHeatmap.tsx";
import { dayOf } from "../../stores/costCalendar.ts";
import { useCosts } from "../useStores.ts";
import { calendarChart } from "./calendarChart.ts";
import { ChartPanel } from "./ChartPanel.tsx";
import { formatCost, formatDay } from "./costFormats.ts";

/** A year of days at a glance; a click narrows the page to the day. */
export function CalendarPanel({ report, at }: { readonly report: CostReport; readonly at: string }) {
  const setFilters = useCosts((state) => state.setFilters);
  const today = dayOf(Date.parse(at), report.timeZone);
  const { days, note, hatched, table } = useMemo(() => calendarChart(report, today), [report, today]);
  return (
    <ChartPanel title="The year" note={note} table={table} keyOf={({ key }) => key}>
      <CalendarHeatmap
        label="Cost of each day of the year"
        description="One column a week, Monday on top. Arrow keys move by day and by week, Enter narrows the page to the day."
        days={days}
        format={formatCost}
        formatDay={formatDay}
        onChoose={(key) => setFilters({ range: "between", fromDay: key, toDay: key })}
      />
      <HeatLegend unknown={hatched} />
    </ChartPanel>
  );
}
