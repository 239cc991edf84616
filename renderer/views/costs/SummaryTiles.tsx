import type { ReactNode } from "react";
import type { CostSummary } from "../../../shared/model/cost.ts";
import { counted } from "../../terminal/figures.ts";
import { costText, formatCost, isUnpriced, wholeCost } from "./costFormats.ts";
import { changeWords, usedWords } from "./costWords.ts";

/** Today, this week and this month against the ones before to the same moment, and how fast money is spent now. */
export function SummaryTiles({ summary }: { readonly summary: CostSummary }) {
  const { today, thisWeek, thisMonth, allTime, burnUsdPerHour, projectedTodayUsd } = summary;
  return (
    <ul aria-label="At a glance" className="grid grid-cols-2 gap-2 lg:grid-cols-4">
      <Tile label="Today" value={costText(today)}>
        <Compared span={today} before="yesterday" />
      </Tile>
      <Tile label="This week" value={costText(thisWeek)}>
        <Compared span={thisWeek} before="last week" />
      </Tile>
      <Tile label="This month" value={costText(thisMonth)}>
        <Compared span={thisMonth} before="last month" />
      </Tile>
      <Tile label="Right now" value={`${formatCost(burnUsdPerHour)} an hour`}>
        <p>At this rate {formatCost(projectedTodayUsd)} by midnight</p>
        <p>Ever: {usedWords(allTime)}</p>
      </Tile>
    </ul>
  );
}

function Compared(props: { readonly span: CostSummary["today"]; readonly before: string }) {
  const { span, before } = props;
  const { previous, previousToSameMoment } = span;
  const isComparable = !isUnpriced(span) && !isUnpriced(previousToSameMoment);
  return (
    <>
      {isComparable && <p>{changeWords(wholeCost(span), wholeCost(previousToSameMoment), `${before} by now`)}</p>}
      <p>
        All of {before}: {costText(previous)}
      </p>
      {span.unpricedMessages > 0 && (
        <p className="text-warn">{counted(span.unpricedMessages, "message")} without a price</p>
      )}
    </>
  );
}

function Tile(props: { readonly label: string; readonly value: string; readonly children: ReactNode }) {
  return (
    <li className="flex min-w-0 flex-col rounded-lg border border-line bg-panel px-3 py-2.5">
      <span className="text-xs text-dim">{props.label}</span>
      <span className="text-xl leading-7 font-semibold">{props.value}</span>
      <span className="text-xs text-dim">{props.children}</span>
    </li>
  );
}
