/** Who let work go on beyond a limit. */
import { z } from "zod";
import { type OverrideRecord, overrideRecordSchema } from "../../../shared/model/budget.ts";
import type { BudgetKey } from "./budgetRows.ts";
import { HeldRows, type NewestAsk, type NewestPage } from "./heldRows.ts";
import type { RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** What an override takes in memory at most while it cannot be written. */
const OVERRIDE_CHARACTERS = 1000;

/** An override as it is recorded; the key names the limit. */
export type OverrideRow = BudgetKey & Omit<OverrideRecord, "sessionTitle" | "limit">;

export interface BudgetOverrideRows {
  readonly override: (row: Omit<OverrideRow, "revokedAt">) => void;
  /** Takes back all overrides of a budget that still hold, or those of one subject. */
  readonly revoke: (budgetId: string, subject: string | null, at: string) => void;
  /** Every override of a budget, the oldest first. */
  readonly overrides: (budgetId: string) => readonly OverrideRow[];
  /** Overrides of one budget or of all, the newest first. */
  readonly newestOverrides: (ask: NewestAsk & { readonly budgetId?: string | undefined }) => NewestPage<OverrideRow>;
}

const rowSchema = overrideRecordSchema
  .omit({ sessionTitle: true, limit: true })
  .extend({ position: z.number(), subject: z.string(), period: z.string(), limitKey: z.string() })
  .transform(({ position, ...row }) => ({ position, row }));

const columns = `
  SELECT position, budget_id AS budgetId, subject, period, limit_key AS limitKey, override_id AS overrideId,
    budget_name AS budgetName, session_id AS sessionId, spent, at, by, note, until, revoked_at AS revokedAt
  FROM budget_overrides
`;

export function budgetOverrideRows(database: SqliteDatabase, writes: RowWrites): BudgetOverrideRows {
  const insert = database.prepare(`
    INSERT INTO budget_overrides
      (budget_id, subject, period, limit_key, override_id, budget_name, session_id, spent, at, by, note, until)
    VALUES (@budgetId, @subject, @period, @limitKey, @overrideId, @budgetName, @sessionId, @spent, @at, @by, @note, @until)
  `);
  const revoke = database.prepare(`
    UPDATE budget_overrides SET revoked_at = @at
    WHERE budget_id = @budgetId AND revoked_at IS NULL AND (@subject IS NULL OR subject = @subject)
  `);
  const all = database.prepare(`${columns} WHERE budget_id = ? ORDER BY position`);
  const newest = database.prepare(`
    ${columns} WHERE position < @before AND (@budgetId IS NULL OR budget_id = @budgetId)
    ORDER BY position DESC LIMIT @limit
  `);
  const held = new HeldRows<OverrideRow>();
  const write = (act: () => void, whileHeld: (rows: readonly OverrideRow[]) => readonly OverrideRow[]): void =>
    writes.write({
      act,
      characters: () => OVERRIDE_CHARACTERS,
      what: "record",
      ...held.whileHeld(whileHeld),
    });
  return {
    override: (row) =>
      write(
        () => void insert.run(row),
        (rows) => [...rows, { ...row, revokedAt: null }],
      ),
    revoke: (budgetId, subject, at) =>
      write(
        () => void revoke.run({ budgetId, subject, at }),
        (rows) =>
          rows.map((row) => {
            const isMeant = row.budgetId === budgetId && (subject === null || row.subject === subject);
            return isMeant && row.revokedAt === null ? { ...row, revokedAt: at } : row;
          }),
      ),
    overrides: (budgetId) => {
      const written = z.array(rowSchema).parse(all.all(budgetId));
      return held.over(written.map(({ row }) => row)).filter((row) => row.budgetId === budgetId);
    },
    newestOverrides: ({ budgetId, ...ask }) => {
      // One more than asked for tells whether there is more.
      const found = newest.all({
        ...{ budgetId: budgetId ?? null, limit: ask.limit + 1 },
        before: ask.before ?? Number.MAX_SAFE_INTEGER,
      });
      const isMeant = (row: OverrideRow): boolean => budgetId === undefined || row.budgetId === budgetId;
      return held.newest(z.array(rowSchema).parse(found), ask, isMeant);
    },
  };
}
