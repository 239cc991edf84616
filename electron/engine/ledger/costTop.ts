/** The dearest sessions, projects, models and turns. */
import type { TopRow } from "../../../shared/model/cost.ts";
import { labelOf } from "./costReport.ts";
import { type CostFilters, entryFilter, passes, RunningSum } from "./costSums.ts";
import type { EntryTable } from "./entryTable.ts";

export interface TopAsk extends CostFilters {
  readonly what: "sessions" | "projects" | "models" | "turns" | "tools";
  readonly limit: number;
}

interface Found {
  readonly sum: RunningSum;
  readonly session: number;
  readonly turn: number;
}

export function costTop(table: EntryTable, turnIdOf: (turn: number) => string | null, ask: TopAsk): readonly TopRow[] {
  // Which tool a message called is not in the ledger.
  if (ask.what === "tools") return [];
  const filter = entryFilter(table, ask);
  const found = new Map<string | number, Found>();
  const keyOf = keyFor(table, ask.what);
  for (let place = 0; place < table.length; place += 1) {
    if (!passes(table, place, filter)) continue;
    const key = keyOf(place);
    if (key === null) continue;
    let one = found.get(key);
    if (one === undefined) {
      one = { sum: new RunningSum(), session: table.session[place] ?? 0, turn: table.turn[place] ?? 0 };
      found.set(key, one);
    }
    one.sum.add(table, place);
  }
  const ofOne = ask.what === "sessions" || ask.what === "turns";
  if (ask.what === "sessions" || ask.what === "projects") addRemainders(table, found, ask.what, filter);
  return [...found]
    .toSorted(([, a], [, b]) => b.sum.allNano - a.sum.allNano)
    .slice(0, ask.limit)
    .map(([key, { sum, session, turn }]) => {
      const sessionId = table.sessions.get(session)?.sessionId ?? "";
      const text = ask.what === "turns" ? (turnIdOf(turn) ?? String(turn)) : String(key);
      const name = ask.what === "sessions" ? sessionId : text;
      return {
        key: name,
        label: labelOf(name, ask.what === "projects" ? "project" : "model"),
        sessionId: ofOne ? sessionId : null,
        at: Number.isFinite(sum.lastMs) ? new Date(sum.lastMs).toISOString() : null,
        ...sum.told(),
      };
    });
}

function keyFor(table: EntryTable, what: TopAsk["what"]): (place: number) => string | number | null {
  if (what === "sessions") return (place) => table.session[place] ?? 0;
  if (what === "projects") return (place) => table.sessions.get(table.session[place] ?? 0)?.projectPath ?? "";
  if (what === "models") return (place) => table.models.get(table.kind[place] ?? 0) ?? "";
  // A turn without a name, of which only the branch is known, is none.
  return (place) => table.turn[place] || null;
}

function addRemainders(
  table: EntryTable,
  found: ReadonlyMap<string | number, Found>,
  what: "sessions" | "projects",
  filter: ReturnType<typeof entryFilter>,
): void {
  if (filter.kinds !== null) return;
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (atMs < filter.fromMs || atMs >= filter.toMs) continue;
    if (filter.sessions !== null && !filter.sessions.has(session)) continue;
    const key = what === "sessions" ? session : (table.sessions.get(session)?.projectPath ?? "");
    const one = found.get(key);
    if (one !== undefined) one.sum.unattributedNano += nanoUsd;
  }
}
