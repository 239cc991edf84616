/** What was used in a stretch of time by whom, as limits count it: in nano-dollars and in tokens. */
import { eachSum } from "./costCells.ts";
import { type EntryFilter, passesRemainder } from "./costFilters.ts";
import type { EntryTable } from "./entryTable.ts";
import { SumRows } from "./sumRows.ts";

/** Whose use is asked for. */
export type UseScope =
  | { readonly kind: "all" }
  /** `sessionIds` are of the project too, where the ledger has not read yet where they work. */
  | { readonly kind: "project"; readonly projectPath: string; readonly sessionIds: readonly string[] }
  | { readonly kind: "session"; readonly sessionId: string }
  /** A sum each: of those that are named, and of those that used at least so much, the most used first. */
  | {
      readonly kind: "each";
      readonly sessionIds: readonly string[];
      readonly unit: "usd" | "tokens";
      readonly least: number;
      readonly limit: number;
    };

/** The end is not in it. Without either bound, entries of unknown time count as well; with one, they never do. */
export interface UseAsk {
  readonly scope: UseScope;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export interface UseSum {
  /** Of a scope of one session or of each; else null. */
  readonly sessionId: string | null;
  /** Of all messages that have a price, and what the CLI's own totals hold beyond them. */
  readonly nanoUsd: number;
  /** Of every kind: input, output, cache reads and cache writes. */
  readonly tokens: number;
  readonly unpricedMessages: number;
  /** The session that used something last; null when none did. */
  readonly lastSessionId: string | null;
  readonly lastMs: number | null;
}

/** A sum, and who used something last of what is in it. */
interface Use {
  /** Its row. */
  readonly sum: number;
  lastSession: number;
}

/** One sum; of a scope of each session one a session. */
export function costUse(table: EntryTable, ask: UseAsk): readonly UseSum[] {
  const { scope } = ask;
  const sums = new SumRows();
  if (scope.kind === "each") return eachUse(table, sums, ask, scope);
  const use: Use = { sum: sums.make(), lastSession: 0 };
  addUse(table, sums, filterOf(table, ask), () => use);
  return [told(table, sums, use, scope.kind === "session" ? scope.sessionId : null)];
}

function eachUse(
  table: EntryTable,
  sums: SumRows,
  ask: UseAsk,
  scope: Extract<UseScope, { kind: "each" }>,
): readonly UseSum[] {
  const uses = new Map<number, Use>();
  addUse(table, sums, filterOf(table, ask), (session) => {
    const use = uses.get(session) ?? { sum: sums.make(), lastSession: 0 };
    uses.set(session, use);
    return use;
  });
  const amountOf = ({ sum }: Use): number => (scope.unit === "usd" ? sums.allNano(sum) : sums.tokens(sum));
  const named = new Set(scope.sessionIds);
  const others = [...uses]
    .filter(([session, use]) => amountOf(use) >= scope.least && !named.has(idOf(table, session)))
    .toSorted(([, a], [, b]) => amountOf(b) - amountOf(a))
    .slice(0, scope.limit)
    .map(([session, use]) => told(table, sums, use, idOf(table, session)));
  const asked = [...named].map((sessionId) => {
    const use = uses.get(table.sessionKeys.get(sessionId) ?? 0) ?? { sum: sums.make(), lastSession: 0 };
    return told(table, sums, use, sessionId);
  });
  return [...asked, ...others];
}

function told(table: EntryTable, sums: SumRows, { sum, lastSession }: Use, sessionId: string | null): UseSum {
  const lastMs = sums.lastMs(sum);
  return {
    sessionId,
    nanoUsd: sums.allNano(sum),
    tokens: sums.tokens(sum),
    unpricedMessages: sums.unpriced(sum),
    lastSessionId: table.sessions.get(lastSession)?.sessionId ?? null,
    lastMs: Number.isFinite(lastMs) ? lastMs : null,
  };
}

function idOf(table: EntryTable, session: number): string {
  return table.sessions.get(session)?.sessionId ?? "";
}

function filterOf(table: EntryTable, { scope, fromMs, toMs }: UseAsk): EntryFilter {
  return {
    fromMs: fromMs ?? Number.NEGATIVE_INFINITY,
    toMs: toMs ?? Number.POSITIVE_INFINITY,
    sessions: sessionsOf(table, scope),
    kinds: null,
  };
}

/** Null: all. */
function sessionsOf(table: EntryTable, scope: UseScope): ReadonlySet<number> | null {
  if (scope.kind === "session") return new Set([table.sessionKeys.get(scope.sessionId) ?? 0]);
  if (scope.kind !== "project") return null;
  const own = new Set(scope.sessionIds);
  const found = [...table.sessions.values()].filter(({ sessionId, projectPath }) =>
    projectPath === null ? own.has(sessionId) : projectPath === scope.projectPath,
  );
  return new Set(found.map(({ key }) => key));
}

/** Adds each entry and each remainder that is meant to the use of its session. */
function addUse(table: EntryTable, sums: SumRows, filter: EntryFilter, ofSession: (session: number) => Use): void {
  const { cells } = table;
  const added = (session: number, add: (row: number) => void): void => {
    const use = ofSession(session);
    const beforeMs = sums.lastMs(use.sum);
    add(use.sum);
    if (sums.lastMs(use.sum) > beforeMs || use.lastSession === 0) use.lastSession = session;
  };
  eachSum(table, filter, {
    cell: (cell) => {
      added(cells.session[cell] ?? 0, (row) => sums.join(row, cells.sums, cell));
      return true;
    },
    entry: (place) => added(table.session[place] ?? 0, (row) => sums.add(row, table, place)),
  });
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (!passesRemainder(session, filter) || atMs < filter.fromMs || atMs >= filter.toMs) continue;
    added(session, (row) => {
      sums.addUnattributed(row, nanoUsd);
      sums.seen(row, atMs);
    });
  }
}
