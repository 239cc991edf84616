/** Why messages have no price. */
import type { UnpricedUse } from "../../../shared/model/cost.ts";
import { reasonOf } from "../storage/ledgerCharge.ts";
import type { LedgerReads } from "../storage/ledgerReads.ts";
import { eachSum } from "./costCells.ts";
import { type CostFilters, entryFilter } from "./costFilters.ts";
import type { EntryTable } from "./entryTable.ts";

/** Models that are named for each reason: more would fill any line. */
const MAX_MODELS = 10;

/** Messages by their model; null where they name none. */
type ModelCounts = Map<string | null, number>;

/** The reason is not among what is held in memory: it is read from the file, of messages without a price alone. */
export function unpricedUse(table: EntryTable, reads: LedgerReads, ask: CostFilters): UnpricedUse {
  const counts = new Map<number | null, ModelCounts>();
  eachSum(table, entryFilter(table, ask), {
    cell: (cell) => table.cells.sums.unpriced(cell) === 0,
    entry: (place) => {
      if (!Number.isNaN(table.nanoUsd[place])) return;
      const reason = reads.unpricedReason(table.key[place] ?? 0);
      const models: ModelCounts = counts.get(reason) ?? new Map();
      const model = table.models.get(table.kind[place] ?? 0) ?? null;
      models.set(model, (models.get(model) ?? 0) + 1);
      counts.set(reason, models);
    },
  });
  const reasons = [...counts].map(([reason, models]) => told(reason, models));
  return { messages: sum(reasons), reasons: reasons.toSorted((one, other) => other.messages - one.messages) };
}

function told(reason: number | null, models: ModelCounts): UnpricedUse["reasons"][number] {
  const named = [...models].flatMap(([model, messages]) => (model === null ? [] : [{ model, messages }]));
  const frequent = named.toSorted((one, other) => other.messages - one.messages).slice(0, MAX_MODELS);
  return {
    reason: reasonOf(reason),
    messages: [...models.values()].reduce((total, count) => total + count, 0),
    models: frequent.map(({ model }) => model),
    moreModels: named.length - frequent.length,
  };
}

function sum(counted: readonly { readonly messages: number }[]): number {
  return counted.reduce((total, { messages }) => total + messages, 0);
}
