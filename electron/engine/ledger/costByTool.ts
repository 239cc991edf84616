/**
 * What the messages cost that called a tool. A message that called two is counted for each, with half of its cost and of
 * its tokens: no dollar is counted twice. What reading a tool's result cost is in the next message, and is not here.
 */
import { type EntryFilter, passes } from "./costFilters.ts";
import type { EntryTable } from "./entryTable.ts";
import { SumRows } from "./sumRows.ts";

interface ToolSearch {
  readonly table: EntryTable;
  readonly filter: EntryFilter;
  /** Where they are added up. */
  readonly sums: SumRows;
}

/** Rows by the names of the tools. */
export function costByTool(
  { table, filter, sums }: ToolSearch,
  toolsOf: ReadonlyMap<number, readonly string[]>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const combined = new SumRows();
  for (const [key, row] of byCombination({ table, filter, sums: combined })) {
    const names = toolsOf.get(key) ?? [];
    for (const name of names) {
      const tool = found.get(name) ?? sums.make();
      found.set(name, tool);
      sums.joinShare(tool, combined, row, names.length);
    }
  }
  for (const row of found.values()) sums.roundShares(row);
  return found;
}

/** By the number of the combination; messages that called none are in none. */
function byCombination({ table, filter, sums }: ToolSearch): ReadonlyMap<number, number> {
  const rows = new Map<number, number>();
  for (let place = 0; place < table.length; place += 1) {
    const key = table.tools[place] ?? 0;
    if (key === 0 || !passes(table, place, filter)) continue;
    const row = rows.get(key) ?? sums.make();
    rows.set(key, row);
    sums.add(row, table, place);
  }
  return rows;
}
