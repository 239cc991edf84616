import { useMemo } from "react";
import { Legend } from "../../charts/Legend.tsx";
import { StackedBars } from "../../charts/StackedBars.tsx";
import { Choice } from "../../components/Choice.tsx";
import { type CalendarSpan, dayOf } from "../../stores/costCalendar.ts";
import { daysUpTo } from "../../stores/costFilters.ts";
import type { ShownHistory } from "../../stores/costsStore.ts";
import { useCosts } from "../useStores.ts";
import { ChartPanel } from "./ChartPanel.tsx";
import { splitWords } from "./costWords.ts";
import { allWords, historyChart, historySentence } from "./historyChart.ts";
import { Segments } from "./Segments.tsx";

const CHART_PX = 260;

const spans: readonly CalendarSpan[] = ["day", "week", "month"];

/** What was spent, column by column, in the colours of models, projects, sessions or labels. */
export function HistoryPanel({ shown, at }: { readonly shown: ShownHistory; readonly at: string }) {
  // While another answer is on its way, the one before is drawn as what it is.
  const { report, filters, splitBy } = shown;
  const view = useCosts((state) => state.view);
  const chosen = useCosts((state) => state.chosenSpan);
  const chooseSpan = useCosts((state) => state.chooseSpan);
  const today = dayOf(Date.parse(at), report.timeZone);
  const { unit } = view;
  const groupBy = spans.find((span) => span === report.groupBy) ?? view.groupBy;
  const chart = useMemo(() => {
    return historyChart({ report, groupBy, splitBy, unit, range: daysUpTo(filters, today), today });
  }, [report, filters, groupBy, splitBy, unit, today]);
  const totals = Object.fromEntries(Object.entries(chart.totals).map(([key, value]) => [key, chart.format(value)]));
  return (
    <ChartPanel
      title={unit === "usd" ? "Cost" : "Tokens"}
      note={allWords(report)}
      controls={<HistoryControls />}
      table={chart.table}
      keyOf={({ key }) => key}
    >
      {report.total.messages === 0 ? (
        <p className="py-10 text-center text-dim">Nothing was used in these days, as far as the filters go.</p>
      ) : (
        <>
          <StackedBars
            label={chart.table.caption}
            description={`${historySentence(chart, report, groupBy)} Enter narrows the list of the dearest to a column.`}
            columns={chart.columns}
            series={chart.series}
            format={chart.format}
            height={CHART_PX}
            chosen={chosen}
            onChoose={chooseSpan}
          />
          <Legend series={chart.series} totals={totals} />
          {chart.hasParts && <p className="text-xs text-dim">Hatched: a part of the {groupBy} only.</p>}
        </>
      )}
    </ChartPanel>
  );
}

function HistoryControls() {
  const { groupBy, splitBy, unit } = useCosts((state) => state.view);
  const setView = useCosts((state) => state.setView);
  const hasLabels = useCosts((state) => state.answers.labels?.length ?? 0) > 0;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <Segments
        label="One column is"
        value={groupBy}
        options={[
          ["day", "Day"],
          ["week", "Week"],
          ["month", "Month"],
        ]}
        onValue={(value) => setView({ groupBy: value })}
      />
      <Segments
        label="Counted in"
        value={unit}
        options={[
          ["usd", "Dollars"],
          ["tokens", "Tokens"],
        ]}
        onValue={(value) => setView({ unit: value })}
      />
      <Choice
        label="Colours"
        value={splitBy}
        options={[
          ["model", splitWords.model],
          ["project", splitWords.project],
          ["session", splitWords.session],
          // Without labels it would be one colour.
          ...(hasLabels || splitBy === "label" ? ([["label", splitWords.label]] as const) : []),
        ]}
        onValue={(value) => setView({ splitBy: value })}
      />
    </div>
  );
}
