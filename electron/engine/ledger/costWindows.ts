/**
 * Stretches of five hours, as rate limits count them. Which ones there are is a matter of all messages; what is added up
 * in them may be of some alone.
 */
import type { CostWindow } from "../../../shared/model/cost.ts";
import { type CostFilters, type EntryFilter, entryFilter, passesRemainder, type WhoseCosts } from "./costFilters.ts";
import type { EntryTable } from "./entryTable.ts";
import { usdOf } from "./pricing/money.ts";
import { SumRows } from "./sumRows.ts";

const HOUR_MS = 3_600_000;
const WINDOW_HOURS = 5;
export const WINDOW_MS = WINDOW_HOURS * HOUR_MS;

export interface WindowsAsk extends CostFilters {
  readonly limit: number;
}

interface Window {
  readonly fromMs: number;
  readonly sums: SumRows;
  /** Its row. */
  readonly sum: number;
}

/**
 * Windows that overlap the bounds and in which something of what is meant was used, the newest first. One begins with the
 * full hour (UTC) of its first message, and the next message after its end begins another.
 */
export function newestWindows(table: EntryTable, ask: WindowsAsk): readonly Window[] {
  const { from, to, limit, ...whose } = ask;
  const fromMs = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const toMs = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  const filter = entryFilter(table, whose);
  const stretches = stretchesOf(table);
  const windows: Window[] = [];
  const sums = new SumRows();
  const remainders = remaindersByWindow(table, stretches, filter);
  for (let index = stretches.length - 1; index >= 0 && windows.length < limit; index -= 1) {
    const hour = stretches[index] ?? 0;
    const windowMs = hour * HOUR_MS;
    if (windowMs + WINDOW_MS <= fromMs) break;
    if (windowMs >= toMs) continue;
    const sum = summed(table, sums, hour, filter);
    sums.addUnattributed(sum, remainders.get(hour) ?? 0);
    if (sums.messages(sum) > 0) windows.push({ fromMs: windowMs, sums, sum });
  }
  return windows;
}

/** The one that runs; null when none does, or nothing of what is meant was used in it. */
export function activeWindow(
  table: EntryTable,
  { nowMs, ...whose }: WhoseCosts & { readonly nowMs: number },
): CostWindow | null {
  const from = new Date(nowMs - WINDOW_MS).toISOString();
  const [newest] = newestWindows(table, { ...whose, from, to: new Date(nowMs + 1).toISOString(), limit: 1 });
  const told = newest === undefined ? null : toldWindow(newest, nowMs);
  return told?.isActive === true ? told : null;
}

function summed({ cells }: EntryTable, sums: SumRows, firstHour: number, { sessions, kinds }: EntryFilter): number {
  const sum = sums.make();
  for (let hour = firstHour; hour < firstHour + WINDOW_HOURS; hour += 1) {
    for (const cell of cells.ofHour(hour)) {
      if (sessions !== null && !sessions.has(cells.session[cell] ?? 0)) continue;
      if (kinds === null || kinds.has(cells.kind[cell] ?? 0)) sums.join(sum, cells.sums, cell);
    }
  }
  return sum;
}

/** What the CLI charged beyond messages, by the hour with which its window begins. */
function remaindersByWindow(
  table: EntryTable,
  stretches: readonly number[],
  filter: EntryFilter,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (!passesRemainder(session, filter)) continue;
    const hour = lastUpTo(stretches, Math.floor(atMs / HOUR_MS));
    if (hour !== null && atMs < hour * HOUR_MS + WINDOW_MS) found.set(hour, (found.get(hour) ?? 0) + nanoUsd);
  }
  return found;
}

/** Of numbers that ascend, the last one up to a number; null when there is none. */
function lastUpTo(numbers: readonly number[], limit: number): number | null {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return numbers[low - 1] ?? null;
}

/** Each depends on the one before, so all are kept until something changes. */
const known = new WeakMap<EntryTable, { readonly generation: number; readonly stretches: readonly number[] }>();

/** The hours since 1970 with which windows of all messages begin. A window ends with an hour, so hours are all it takes. */
function stretchesOf(table: EntryTable): readonly number[] {
  const { generation, cells } = table;
  const before = known.get(table);
  if (before?.generation === generation) return before.stretches;
  const used = [...cells.hours()]
    .filter((hour) => Number.isFinite(hour) && hasMessages(table, hour))
    .toSorted((a, b) => a - b);
  const stretches: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const hour of used) {
    if (hour < end) continue;
    stretches.push(hour);
    end = hour + WINDOW_HOURS;
  }
  known.set(table, { generation, stretches });
  return stretches;
}

function hasMessages({ cells }: EntryTable, hour: number): boolean {
  return cells.ofHour(hour).some((cell) => cells.sums.messages(cell) > 0);
}

export function toldWindow({ fromMs, sums, sum }: Window, nowMs: number): CostWindow {
  const toMs = fromMs + WINDOW_MS;
  const isActive = nowMs < toMs && nowMs >= fromMs;
  const passed = Math.max(nowMs - fromMs, 60_000);
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    lastAt: new Date(sums.lastMs(sum)).toISOString(),
    costUsd: usdOf(sums.allNano(sum)),
    tokens: sums.tokens(sum),
    messages: sums.messages(sum),
    unpricedMessages: sums.unpriced(sum),
    isActive,
    projectedUsd: isActive ? usdOf(Math.round((sums.allNano(sum) / passed) * WINDOW_MS)) : null,
  };
}
