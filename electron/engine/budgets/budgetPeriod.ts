/** The stretches of time that budgets count in. Pure. */
import type { BudgetPeriod } from "../../../shared/model/budget.ts";
import { dayName, firstOfMonth, type LocalDays, mondayOf } from "../ledger/localDays.ts";

/** One stretch; milliseconds since 1970, the end is not in it. Null where there is no such bound. */
export interface PeriodSpan {
  /**
   * Names it by its first day, e.g. `week:2026-11-16`: it stays the same when the host's time zone changes within it, so
   * that nothing is told again.
   */
  readonly key: string;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** The period that a moment is in, by the days of a time zone: one of 23 or 25 hours is a day as well. */
export function periodAt(period: BudgetPeriod, days: LocalDays, atMs: number): PeriodSpan {
  const today = days.dayOf(atMs);
  switch (period) {
    case "day":
      return spanOf(period, days, today, today + 1);
    case "week":
      return spanOf(period, days, mondayOf(today), mondayOf(today) + DAYS_OF_WEEK);
    case "month":
      return spanOf(period, days, firstOfMonth(today), firstOfMonth(today, 1));
    case "always":
      return { key: "always", fromMs: null, toMs: null };
  }
}

const DAYS_OF_WEEK = 7;

function spanOf(period: BudgetPeriod, days: LocalDays, first: number, next: number): PeriodSpan {
  return { key: `${period}:${dayName(first)}`, fromMs: days.startOf(first), toMs: days.startOf(next) };
}

/** A bound as it is told. */
export function momentOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
