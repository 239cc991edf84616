/**
 * What the messages cost that called a tool. A message that called two is counted for each, with half of its cost and of
 * its tokens: no dollar is counted twice. What reading a tool's result cost is in the next message, and is not here.
 */
import { type EntryFilter, passes, RunningSum } from "./costSums.ts";
import type { EntryTable } from "./entryTable.ts";

/** By the names of the tools. */
export function costByTool(
  table: EntryTable,
  toolsOf: ReadonlyMap<number, readonly string[]>,
  filter: EntryFilter,
): ReadonlyMap<string, RunningSum> {
  const found = new Map<string, RunningSum>();
  for (const [key, sum] of byCombination(table, filter).entries()) {
    const names = toolsOf.get(key) ?? [];
    for (const name of names) {
      const tool = found.get(name) ?? new RunningSum();
      found.set(name, tool);
      addShare(tool, sum, names.length);
    }
  }
  for (const sum of found.values()) roundShares(sum);
  return found;
}

/** By the number of the combination; messages that called none are in none. */
function byCombination(table: EntryTable, filter: EntryFilter): ReadonlyMap<number, RunningSum> {
  const sums: RunningSum[] = [];
  for (let place = 0; place < table.length; place += 1) {
    const key = table.tools[place] ?? 0;
    if (key !== 0 && passes(table, place, filter)) (sums[key] ??= new RunningSum()).add(table, place);
  }
  // A place that was never filled is none.
  return new Map(Object.entries(sums).map(([key, sum]) => [Number(key), sum]));
}

const AMOUNTS = [
  "nanoUsd",
  "savedNano",
  "input",
  "output",
  "cacheRead",
  "cacheWrite5m",
  "cacheWrite1h",
] as const satisfies readonly (keyof RunningSum)[];

function addShare(to: RunningSum, sum: RunningSum, parts: number): void {
  for (const amount of AMOUNTS) to[amount] += sum[amount] / parts;
  to.messages += sum.messages;
  to.unpriced += sum.unpriced;
  to.incomplete += sum.incomplete;
  if (sum.lastMs > to.lastMs) to.lastMs = sum.lastMs;
}

function roundShares(sum: RunningSum): void {
  for (const amount of AMOUNTS) sum[amount] = Math.round(sum[amount]);
}
