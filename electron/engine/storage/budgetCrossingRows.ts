/** The thresholds of budgets that were passed. None is ever told twice: the table's key says so. */
import { z } from "zod";
import { type BudgetAlert, budgetAlertSchema } from "../../../shared/model/budget.ts";
import type { BudgetKey } from "./budgetRows.ts";
import { HeldRows, type NewestAsk, type NewestPage } from "./heldRows.ts";
import type { RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** A threshold that was passed; `isTold` is false when a higher one was told for it. */
export interface CrossingRow extends BudgetKey {
  readonly isTold: boolean;
  readonly alert: BudgetAlert;
}

export interface BudgetCrossingRows {
  /** Keeps crossings, all or none; answers those that were not known before. What is held counts as kept. */
  readonly cross: (crossings: readonly CrossingRow[]) => readonly CrossingRow[];
  readonly setWarned: (alert: BudgetAlert) => void;
  /** What was passed of a limit in a period, by whatever subject; lower percents first. */
  readonly crossed: (key: Omit<BudgetKey, "subject">) => readonly CrossingRow[];
  /** What was told of one budget or of all, the newest first. */
  readonly alerts: (ask: NewestAsk & { readonly budgetId?: string | undefined }) => NewestPage<BudgetAlert>;
}

const rowSchema = z
  .object({
    position: z.number(),
    budgetId: z.string(),
    subject: z.string(),
    period: z.string(),
    limitKey: z.string(),
    isTold: z.number(),
    alert: z.string(),
  })
  .transform(({ position, isTold, alert, ...key }) => ({
    position,
    row: { ...key, isTold: isTold === 1, alert: budgetAlertSchema.parse(JSON.parse(alert)) },
  }));

const columns = `
  SELECT position, budget_id AS budgetId, subject, period, limit_key AS limitKey, is_told AS isTold, alert
  FROM budget_alerts
`;

export function budgetCrossingRows(database: SqliteDatabase, writes: RowWrites): BudgetCrossingRows {
  const insert = database.prepare(`
    INSERT INTO budget_alerts (alert_id, budget_id, subject, period, limit_key, percent, is_told, alert)
    VALUES (@alertId, @budgetId, @subject, @period, @limitKey, @percent, @isTold, @alert)
    ON CONFLICT (budget_id, subject, period, limit_key, percent) DO NOTHING
  `);
  const update = database.prepare("UPDATE budget_alerts SET alert = @alert WHERE alert_id = @alertId");
  const crossed = database.prepare(`
    ${columns} WHERE budget_id = @budgetId AND period = @period AND limit_key = @limitKey ORDER BY position
  `);
  const newest = database.prepare(`
    ${columns} WHERE is_told = 1 AND position < @before ORDER BY position DESC LIMIT @limit
  `);
  const newestOf = database.prepare(`
    ${columns} WHERE is_told = 1 AND position < @before AND budget_id = @budgetId ORDER BY position DESC LIMIT @limit
  `);
  const held = new HeldRows<CrossingRow>();
  const cross = database.transaction((rows: readonly CrossingRow[]) =>
    rows.filter(({ budgetId, subject, period, limitKey, isTold, alert }) => {
      const { alertId, percent } = alert;
      const row = { alertId, budgetId, subject, period, limitKey, percent, isTold: Number(isTold) };
      return insert.run({ ...row, alert: JSON.stringify(alert) }).changes > 0;
    }),
  );
  return {
    cross: (rows) => {
      let added = rows;
      writes.write({
        act: () => {
          added = cross(rows);
        },
        characters: () => JSON.stringify(rows).length,
        what: "record",
        ...held.whileHeld((before) => [...before, ...rows]),
      });
      return added;
    },
    setWarned: (alert) => {
      const row = { alertId: alert.alertId, alert: JSON.stringify(alert) };
      writes.write({
        act: () => void update.run(row),
        characters: () => row.alert.length,
        what: "record",
        ...held.whileHeld((rows) => rows.map((one) => (one.alert.alertId === alert.alertId ? { ...one, alert } : one))),
      });
    },
    crossed: ({ budgetId, period, limitKey }) => {
      const written = z.array(rowSchema).parse(crossed.all({ budgetId, period, limitKey }));
      return held
        .over(written.map(({ row }) => row))
        .filter((row) => row.budgetId === budgetId && row.period === period && row.limitKey === limitKey)
        .toSorted((one, other) => one.alert.percent - other.alert.percent);
    },
    alerts: ({ budgetId, ...ask }) => {
      // One more than asked for tells whether there is more.
      const page = { before: ask.before ?? Number.MAX_SAFE_INTEGER, limit: ask.limit + 1 };
      const found = budgetId === undefined ? newest.all(page) : newestOf.all({ ...page, budgetId });
      const isMeant = (row: CrossingRow): boolean =>
        row.isTold && (budgetId === undefined || row.budgetId === budgetId);
      const { items, nextBefore } = held.newest(z.array(rowSchema).parse(found), ask, isMeant);
      return { items: items.map(({ alert }) => alert), nextBefore };
    },
  };
}
