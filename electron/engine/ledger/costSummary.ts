/** Today, this week and this month against the ones before, and how fast money is spent. */
import type { CostSummary } from "../../../shared/model/cost.ts";
import { eachSum, lies } from "./costCells.ts";
import { entryFilter, passesRemainder, type WhoseCosts } from "./costFilters.ts";
import { activeWindow } from "./costWindows.ts";
import type { EntryTable } from "./entryTable.ts";
import { firstOfMonth, type LocalDays, mondayOf } from "./localDays.ts";
import { usdOf } from "./pricing/money.ts";
import { SumRows } from "./sumRows.ts";

const HOUR_MS = 3_600_000;
const DAYS_OF_WEEK = 7;

/** A stretch of time, in milliseconds; the end is not in it. */
class Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly sums: SumRows;
  /** Its row. */
  readonly sum: number;

  constructor(sums: SumRows, fromMs: number, toMs: number) {
    this.sums = sums;
    this.sum = sums.make();
    this.fromMs = fromMs;
    this.toMs = toMs;
  }

  told() {
    return {
      ...this.sums.told(this.sum),
      from: new Date(this.fromMs).toISOString(),
      to: new Date(this.toMs).toISOString(),
    };
  }
}

/** One with the one before it, whole and up to the same moment. */
function compared(
  sums: SumRows,
  days: LocalDays,
  nowMs: number,
  [before, first, next]: readonly [number, number, number],
) {
  const [beforeMs, firstMs, nextMs] = [days.startOf(before), days.startOf(first), days.startOf(next)];
  const span = new Span(sums, firstMs, nextMs);
  const previous = new Span(sums, beforeMs, firstMs);
  const sameMoment = days.sameTimeOn(before + days.dayOf(nowMs) - first, nowMs);
  const previousToSameMoment = new Span(sums, beforeMs, Math.min(sameMoment, firstMs));
  return {
    spans: [span, previous, previousToSameMoment],
    told: () => ({
      ...span.told(),
      previous: previous.told(),
      previousToSameMoment: previousToSameMoment.told(),
    }),
  };
}

function addTo(table: EntryTable, span: Span, cell: number): void {
  const { sums, sum } = span;
  const place = lies(table.cells, cell, span);
  if (place === "inside") sums.join(sum, table.cells.sums, cell);
  if (place !== "across") return;
  for (const one of table.cells.placesOf(cell)) {
    const at = table.atMs[one] ?? Number.NaN;
    if (at >= span.fromMs && at < span.toMs) sums.add(sum, table, one);
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
  const sums = new SumRows();
  const day = compared(sums, days, nowMs, [today - 1, today, today + 1]);
  const week = compared(sums, days, nowMs, [monday - DAYS_OF_WEEK, monday, monday + DAYS_OF_WEEK]);
  const month = compared(sums, days, nowMs, [firstOfMonth(today, -1), firstOfMonth(today), firstOfMonth(today, 1)]);
  const lastHour = new Span(sums, nowMs - HOUR_MS, nowMs + 1);
  const spans = [...day.spans, ...week.spans, ...month.spans, lastHour];
  const all = sums.make();
  const oldest = Math.min(...spans.map(({ fromMs }) => fromMs));
  eachSum(table, filter, {
    cell: (cell) => {
      sums.join(all, table.cells.sums, cell);
      if (table.cells.sums.lastMs(cell) >= oldest) for (const span of spans) addTo(table, span, cell);
      return true;
    },
    // The filter has no bounds: every cell is seen as a whole.
    entry: () => undefined,
  });
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (!passesRemainder(session, filter)) continue;
    sums.addUnattributed(all, nanoUsd);
    for (const { fromMs, toMs, sum } of spans) {
      if (atMs >= fromMs && atMs < toMs) sums.addUnattributed(sum, nanoUsd);
    }
  }
  const burnNano = sums.allNano(lastHour.sum);
  const hoursLeft = Math.max(0, days.startOf(today + 1) - nowMs) / HOUR_MS;
  const soFar = sums.allNano(day.spans[0]?.sum ?? all);
  return {
    at: new Date(nowMs).toISOString(),
    timeZone: days.timeZone,
    today: day.told(),
    thisWeek: week.told(),
    thisMonth: month.told(),
    allTime: sums.told(all),
    burnUsdPerHour: usdOf(burnNano),
    projectedTodayUsd: usdOf(Math.round(soFar + burnNano * hoursLeft)),
    activeWindow: activeWindow(table, ask),
  };
}
