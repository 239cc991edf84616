import { useMemo } from "react";
import type { CostReport } from "../../../shared/model/cost.ts";
import { StackedBars } from "../../charts/StackedBars.tsx";
import { ChartPanel } from "./ChartPanel.tsx";
import { formatCost } from "./costFormats.ts";
import { HOURS, hoursChart } from "./hoursChart.ts";

const CHART_PX = 130;

/** How fast money was spent, hour by hour. */
export function HoursPanel({ report, at }: { readonly report: CostReport; readonly at: string }) {
  const { columns, series, totalUsd, table } = useMemo(() => hoursChart(report, at), [report, at]);
  const isEmpty = report.total.messages === 0 && totalUsd === 0;
  return (
    <ChartPanel
      title="Hour by hour"
      note={`${formatCost(totalUsd)} in ${HOURS} hours`}
      table={table}
      keyOf={({ key }) => key}
    >
      {isEmpty && <p className="text-xs text-dim">Nothing was used in the last {HOURS} hours.</p>}
      {!isEmpty && (
        <StackedBars
          label={table.caption}
          description={`One column an hour, the running one last. ${formatCost(totalUsd)} in all.`}
          columns={columns}
          series={series}
          format={formatCost}
          height={CHART_PX}
          chosen={null}
          onChoose={null}
        />
      )}
    </ChartPanel>
  );
}
