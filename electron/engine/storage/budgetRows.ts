/** Budgets, and what is recorded of them. */
import { z } from "zod";
import { type Budget, budgetSchema } from "../../../shared/model/budget.ts";
import { type BudgetCrossingRows, budgetCrossingRows } from "./budgetCrossingRows.ts";
import { type BudgetOverrideRows, budgetOverrideRows } from "./budgetOverrideRows.ts";
import { directWrites, type RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** What a threshold or an override belongs to: another limit, period or subject has its own. */
export interface BudgetKey {
  readonly budgetId: string;
  readonly subject: string;
  readonly period: string;
  readonly limitKey: string;
}

export interface BudgetRows extends BudgetCrossingRows, BudgetOverrideRows {
  /** In the order they were made. One that this version cannot read is left out: it must not keep the host from starting. */
  readonly all: () => readonly Budget[];
  /** Keeps a new budget, or the new terms of a known one. */
  readonly save: (budget: Budget) => void;
  /** Its alerts and overrides stay. */
  readonly delete: (budgetId: string) => void;
}

export function budgetRows(database: SqliteDatabase, writes: RowWrites = directWrites): BudgetRows {
  const all = database.prepare("SELECT budget FROM budgets ORDER BY position").pluck();
  const save = database.prepare(`
    INSERT INTO budgets (budget_id, budget) VALUES (@budgetId, @budget)
    ON CONFLICT (budget_id) DO UPDATE SET budget = excluded.budget
  `);
  const remove = database.prepare("DELETE FROM budgets WHERE budget_id = ?");
  return {
    ...budgetCrossingRows(database, writes),
    ...budgetOverrideRows(database, writes),
    all: () =>
      z
        .array(z.string())
        .parse(all.all())
        .flatMap((text) => budgetSchema.safeParse(JSON.parse(text)).data ?? []),
    save: (budget) => {
      const row = { budgetId: budget.budgetId, budget: JSON.stringify(budget) };
      writes.write({ act: () => void save.run(row), characters: () => row.budget.length, what: "record" });
    },
    delete: (budgetId) =>
      writes.write({ act: () => void remove.run(budgetId), characters: () => budgetId.length, what: "record" }),
  };
}
