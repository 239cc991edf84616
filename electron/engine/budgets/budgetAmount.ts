/** Amounts of budgets as they are counted: whole nano-dollars or whole tokens. Pure. */
import { type BudgetLimit, budgetLimitSchema } from "../../../shared/model/budget.ts";
import type { UseSum } from "../ledger/costUse.ts";
import { nanoUsdOf, usdOf } from "../ledger/pricing/money.ts";

/** The limit; never 0, which would be reached by nothing. */
export function countedLimit({ unit, amount }: BudgetLimit): number {
  return unit === "usd" ? Math.max(1, nanoUsdOf(amount)) : amount;
}

export function countedUse({ unit }: BudgetLimit, { nanoUsd, tokens }: UseSum): number {
  return unit === "usd" ? nanoUsd : tokens;
}

/** What was counted, in the unit of the limit: dollars with six places, or tokens. */
export function toldAmount({ unit }: BudgetLimit, counted: number): number {
  return unit === "usd" ? usdOf(counted) : counted;
}

/** The other way round, for what was told before; exact to the micro-dollar. */
export function countedAmount({ unit }: BudgetLimit, told: number): number {
  return unit === "usd" ? nanoUsdOf(told) : told;
}

/** Names a limit: another one has alerts and overrides of its own. */
export function limitKeyOf({ unit, amount }: BudgetLimit): string {
  return `${unit}:${amount}`;
}

/** The limit that a key names. @throws when it is no such key. */
export function limitOfKey(limitKey: string): BudgetLimit {
  const [unit, amount] = limitKey.split(":");
  return budgetLimitSchema.parse({ unit, amount: Number(amount) });
}

/** Whether so many percent of the limit are used. In whole numbers, so that $0.80 is 80 % of $1.00. */
export function isReached(limit: BudgetLimit, counted: number, percent: number): boolean {
  return counted * 100 >= countedLimit(limit) * percent;
}
