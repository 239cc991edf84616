import { CostQueries } from "../../../electron/engine/ledger/costQueries.ts";
import { ledgerPath, openLedgerToRead } from "../../../electron/engine/storage/openLedger.ts";
import type { Costs } from "./ccusageTotals.ts";

/** What the ledger in a data directory tells by day in UTC and by model, in dollars. */
export function dailyCosts(dataDir: string): Costs {
  const database = openLedgerToRead(ledgerPath(dataDir));
  try {
    const queries = new CostQueries(database, null);
    const ask = { groupBy: "day", splitBy: "model", limit: Number.MAX_SAFE_INTEGER, timeZone: "UTC" } as const;
    const { rows } = queries.answer("report", ask);
    return Object.fromEntries(
      rows.flatMap(({ key, parts }) => parts.map((part) => [`${key} ${part.key}`, part.costUsd])),
    );
  } finally {
    database.close();
  }
}
