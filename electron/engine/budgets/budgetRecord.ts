/**
 * Owns what is recorded of one budget in one period under one limit: the thresholds that were passed, and the overrides.
 * Invariant: what is here is in the database.
 */
import type { Budget, BudgetOverride } from "../../../shared/model/budget.ts";
import type { CrossingRow } from "../storage/budgetCrossingRows.ts";
import type { BudgetKey, BudgetRows } from "../storage/budgetRows.ts";
import { limitKeyOf } from "./budgetAmount.ts";
import type { PeriodSpan } from "./budgetPeriod.ts";
import type { Crossing } from "./judgeBudget.ts";

export class BudgetRecord {
  readonly budget: Budget;
  readonly period: PeriodSpan;
  readonly #rows: BudgetRows;
  readonly #crossed = new Map<string, CrossingRow[]>();
  #overrides: ReadonlyMap<string, BudgetOverride> = new Map();

  constructor(rows: BudgetRows, budget: Budget, period: PeriodSpan) {
    this.#rows = rows;
    this.budget = budget;
    this.period = period;
    for (const row of rows.crossed(this.keyOf(""))) this.#remember(row);
    this.readOverrides();
  }

  keyOf(subject: string): BudgetKey {
    const { budgetId, limit } = this.budget;
    return { budgetId, subject, period: this.period.key, limitKey: limitKeyOf(limit) };
  }

  /** Subjects of which something was recorded, each with the highest of its rows. */
  subjects(): readonly CrossingRow[] {
    return [...this.#crossed.values()].flatMap((rows) => rows.at(-1) ?? []);
  }

  crossedBy(subject: string): readonly Crossing[] {
    return (this.#crossed.get(subject) ?? []).map(({ alert: { percent, at } }) => ({ percent, at }));
  }

  overrideOf(subject: string): BudgetOverride | null {
    return this.#overrides.get(subject) ?? null;
  }

  /** Records crossings; answers those that were not recorded before. @throws SQLite's errors: then none is. */
  cross(crossings: readonly CrossingRow[]): readonly CrossingRow[] {
    const added = this.#rows.cross(crossings);
    for (const row of added) this.#remember(row);
    return added;
  }

  /** To be called when one was made or taken back. */
  readOverrides(): void {
    const { budgetId } = this.budget;
    const holding = this.#rows
      .overrides(budgetId)
      .filter(({ revokedAt, period, limitKey, subject }) => {
        const key = this.keyOf(subject);
        return revokedAt === null && period === key.period && limitKey === key.limitKey;
      })
      .map(({ subject, at, note, until }) => [subject, { at, note, until }] as const);
    this.#overrides = new Map(holding);
  }

  #remember(row: CrossingRow): void {
    const rows = this.#crossed.get(row.subject) ?? [];
    rows.push(row);
    rows.sort((a, b) => a.alert.percent - b.alert.percent);
    this.#crossed.set(row.subject, rows);
  }
}
