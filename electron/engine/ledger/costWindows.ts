/** Stretches of five hours, as rate limits count them. */
import type { CostWindow } from "../../../shared/model/cost.ts";
import { RunningSum, usdOf } from "./costSums.ts";
import type { EntryTable } from "./entryTable.ts";

const HOUR_MS = 3_600_000;
export const WINDOW_MS = 5 * HOUR_MS;

interface Window {
  readonly fromMs: number;
  readonly sum: RunningSum;
}

/**
 * All windows that overlap the bounds, the oldest first. One begins with the full hour (UTC) of its first message, and
 * the next message after its end, or after five hours of silence, begins another.
 */
export function windowsOf(table: EntryTable, fromMs: number, toMs: number): readonly Window[] {
  return allWindows(table).filter((window) => window.fromMs < toMs && window.fromMs + WINDOW_MS > fromMs);
}

/** Each depends on the one before, so all are kept until something changes. */
const known = new WeakMap<EntryTable, { readonly generation: number; readonly windows: readonly Window[] }>();

function allWindows(table: EntryTable): readonly Window[] {
  const { generation } = table;
  const before = known.get(table);
  if (before?.generation === generation) return before.windows;
  const windows: Window[] = [];
  let open: Window | null = null;
  for (const place of table.byTime()) {
    const at = table.atMs[place] ?? Number.NaN;
    if ((table.session[place] ?? 0) === 0 || Number.isNaN(at)) continue;
    if (open === null || at >= open.fromMs + WINDOW_MS || at - open.sum.lastMs >= WINDOW_MS) {
      open = { fromMs: Math.floor(at / HOUR_MS) * HOUR_MS, sum: new RunningSum() };
      windows.push(open);
    }
    open.sum.add(table, place);
  }
  known.set(table, { generation, windows });
  return windows;
}

export function toldWindow({ fromMs, sum }: Window, nowMs: number): CostWindow {
  const toMs = fromMs + WINDOW_MS;
  const isActive = nowMs < toMs && nowMs >= fromMs && nowMs - sum.lastMs < WINDOW_MS;
  const passed = Math.max(nowMs - fromMs, 60_000);
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    lastAt: new Date(sum.lastMs).toISOString(),
    costUsd: usdOf(sum.nanoUsd),
    tokens: sum.tokens,
    messages: sum.messages,
    unpricedMessages: sum.unpriced,
    isActive,
    projectedUsd: isActive ? usdOf(Math.round((sum.nanoUsd / passed) * WINDOW_MS)) : null,
  };
}
