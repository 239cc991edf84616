/** Today, this week and this month against the ones before, and how fast money is spent. */
import type { CostSummary } from "../../../shared/model/cost.ts";
import { type CostCell, eachSum, lies } from "./costCells.ts";
import { entryFilter, passesRemainder, RunningSum, usdOf, type WhoseCosts } from "./costSums.ts";
import { activeWindow } from "./costWindows.ts";
import type { EntryTable } from "./entryTable.ts";
import { firstOfMonth, type LocalDays, mondayOf } from "./localDays.ts";

const HOUR_MS = 3_600_000;
const DAYS_OF_WEEK = 7;

/** A stretch of time, in milliseconds; the end is not in it. */
class Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly sum = new RunningSum();

  constructor(fromMs: number, toMs: number) {
    this.fromMs = fromMs;
    this.toMs = toMs;
  }

  told() {
    return {
      ...this.sum.told(),
      from: new Date(this.fromMs).toISOString(),
      to: new Date(this.toMs).toISOString(),
    };
  }
}

/** One with the one before it, whole and up to the same moment. */
function compared(days: LocalDays, nowMs: number, [before, first, next]: readonly [number, number, number]) {
  const [beforeMs, firstMs, nextMs] = [days.startOf(before), days.startOf(first), days.startOf(next)];
  const span = new Span(firstMs, nextMs);
  const previous = new Span(beforeMs, firstMs);
  const previousToSameMoment = new Span(beforeMs, Math.min(beforeMs + (nowMs - firstMs), firstMs));
  return {
    spans: [span, previous, previousToSameMoment],
    told: () => ({
      ...span.told(),
      previous: previous.told(),
      previousToSameMoment: previousToSameMoment.told(),
    }),
  };
}

function addTo(table: EntryTable, span: Span, cell: CostCell): void {
  const place = lies(cell, span);
  if (place === "inside") span.sum.join(cell.sum);
  if (place !== "across") return;
  for (const one of cell.places) {
    const at = table.atMs[one] ?? Number.NaN;
    if (at >= span.fromMs && at < span.toMs) span.sum.add(table, one);
  }
}

export interface SummaryAsk extends WhoseCosts {
  readonly nowMs: number;
}

export function costSummary(table: EntryTable, days: LocalDays, ask: SummaryAsk): CostSummary {
  const { nowMs } = ask;
  const filter = entryFilter(table, ask);
  const today = days.dayOf(nowMs);
  const monday = mondayOf(today);
  const day = compared(days, nowMs, [today - 1, today, today + 1]);
  const week = compared(days, nowMs, [monday - DAYS_OF_WEEK, monday, monday + DAYS_OF_WEEK]);
  const month = compared(days, nowMs, [firstOfMonth(today, -1), firstOfMonth(today), firstOfMonth(today, 1)]);
  const lastHour = new Span(nowMs - HOUR_MS, nowMs + 1);
  const spans = [...day.spans, ...week.spans, ...month.spans, lastHour];
  const all = new RunningSum();
  const oldest = Math.min(...spans.map(({ fromMs }) => fromMs));
  eachSum(table, filter, {
    cell: (cell) => {
      all.join(cell.sum);
      if (cell.sum.lastMs >= oldest) for (const span of spans) addTo(table, span, cell);
      return true;
    },
    // The filter has no bounds: every cell is seen as a whole.
    entry: () => undefined,
  });
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (!passesRemainder(session, filter)) continue;
    all.unattributedNano += nanoUsd;
    for (const { fromMs, toMs, sum } of spans) if (atMs >= fromMs && atMs < toMs) sum.unattributedNano += nanoUsd;
  }
  const burnNano = lastHour.sum.allNano;
  const hoursLeft = Math.max(0, days.startOf(today + 1) - nowMs) / HOUR_MS;
  const soFar = day.spans[0]?.sum.allNano ?? 0;
  return {
    at: new Date(nowMs).toISOString(),
    timeZone: days.timeZone,
    today: day.told(),
    thisWeek: week.told(),
    thisMonth: month.told(),
    allTime: all.told(),
    burnUsdPerHour: usdOf(burnNano),
    projectedTodayUsd: usdOf(Math.round(soFar + burnNano * hoursLeft)),
    activeWindow: activeWindow(table, ask),
  };
}
