/** What a budget's use means: which thresholds are passed, which of them are new, and whether it acts. Pure. */
import type { Budget, BudgetOverride } from "../../../shared/model/budget.ts";
import { isReached } from "./budgetAmount.ts";
import type { PeriodSpan } from "./budgetPeriod.ts";

export const LIMIT_PERCENT = 100;

/** A threshold that was passed and recorded. */
export interface Crossing {
  readonly percent: number;
  readonly at: string;
}

/** What was used by one subject. */
export interface JudgedUse {
  readonly subject: string;
  readonly sessionId: string | null;
  /** Nano-dollars or tokens. */
  readonly counted: number;
  readonly unpricedMessages: number;
  /** Recorded ones, lower percents first. */
  readonly crossed: readonly Crossing[];
  readonly override: BudgetOverride | null;
  readonly isActing: boolean;
}

/** A budget with what is known of its present period. */
export interface JudgedBudget {
  readonly budget: Budget;
  readonly period: PeriodSpan;
  /** False after a start, until the ledger was asked: then only what was recorded is known. */
  readonly isMeasured: boolean;
  /** By subject. */
  readonly uses: ReadonlyMap<string, JudgedUse>;
}

/** Percents that matter, ascending. The limit itself does whenever something is done at it, also when nobody is warned there. */
export function thresholdsOf({ warnAt, atLimit }: Pick<Budget, "warnAt" | "atLimit">): readonly number[] {
  const all = new Set(atLimit === "tell" ? warnAt : [...warnAt, LIMIT_PERCENT]);
  return [...all].toSorted((a, b) => a - b);
}

/** Thresholds that are passed and were not recorded, and which of them is told. */
export interface NewCrossings {
  readonly percents: readonly number[];
  /**
   * The highest: one tells for all that were passed at once. Null when a higher one was told before, e.g. of a budget that
   * was given one more threshold.
   */
  readonly told: number | null;
}

export function newCrossings(
  budget: Pick<Budget, "warnAt" | "atLimit" | "limit">,
  counted: number,
  recorded: readonly number[],
): NewCrossings {
  const percents = thresholdsOf(budget).filter(
    (percent) => !recorded.includes(percent) && isReached(budget.limit, counted, percent),
  );
  const highest = percents.at(-1) ?? null;
  const isHigher = highest !== null && recorded.every((percent) => percent < highest);
  return { percents, told: isHigher ? highest : null };
}

/**
 * Whether the budget does more than tell. Only once its limit is recorded as reached; a sum that fell below the limit since,
 * e.g. by other prices, lets work go on.
 */
export function isActing(
  budget: Pick<Budget, "isEnabled" | "atLimit" | "limit">,
  use: Pick<JudgedUse, "crossed" | "override" | "counted">,
  isMeasured: boolean,
): boolean {
  if (!budget.isEnabled || budget.atLimit === "tell" || use.override !== null) return false;
  if (!use.crossed.some(({ percent }) => percent === LIMIT_PERCENT)) return false;
  return !isMeasured || isReached(budget.limit, use.counted, LIMIT_PERCENT);
}
