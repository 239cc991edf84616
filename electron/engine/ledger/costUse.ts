/** What was used in a stretch of time by whom, as limits count it: in nano-dollars and in tokens. */
import { type EntryFilter, RunningSum } from "./costSums.ts";
import type { EntryTable } from "./entryTable.ts";

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

/** Adds what one session after the other used. */
class Use {
  readonly sum = new RunningSum();
  lastSession = 0;

  add(table: EntryTable, place: number): void {
    const before = this.sum.lastMs;
    this.sum.add(table, place);
    if (this.sum.lastMs > before || this.lastSession === 0) this.lastSession = table.session[place] ?? 0;
  }

  addRemainder(session: number, atMs: number, nanoUsd: number): void {
    this.sum.unattributedNano += nanoUsd;
    if (atMs <= this.sum.lastMs) return;
    this.sum.lastMs = atMs;
    this.lastSession = session;
  }

  told(table: EntryTable, sessionId: string | null): UseSum {
    const { allNano, tokens, unpriced, lastMs } = this.sum;
    return {
      sessionId,
      nanoUsd: allNano,
      tokens,
      unpricedMessages: unpriced,
      lastSessionId: table.sessions.get(this.lastSession)?.sessionId ?? null,
      lastMs: Number.isFinite(lastMs) ? lastMs : null,
    };
  }
}

/** One sum; of a scope of each session one a session. */
export function costUse(table: EntryTable, ask: UseAsk): readonly UseSum[] {
  const { scope } = ask;
  if (scope.kind === "each") return eachUse(table, ask, scope);
  const use = new Use();
  eachCounted(table, filterOf(table, ask), {
    entry: (place) => use.add(table, place),
    remainder: (session, atMs, nanoUsd) => use.addRemainder(session, atMs, nanoUsd),
  });
  return [use.told(table, scope.kind === "session" ? scope.sessionId : null)];
}

function eachUse(table: EntryTable, ask: UseAsk, scope: Extract<UseScope, { kind: "each" }>): readonly UseSum[] {
  const uses = new Map<number, Use>();
  const sumOf = (session: number): Use => {
    const known = uses.get(session);
    if (known !== undefined) return known;
    const use = new Use();
    uses.set(session, use);
    return use;
  };
  eachCounted(table, filterOf(table, ask), {
    entry: (place) => sumOf(table.session[place] ?? 0).add(table, place),
    remainder: (session, atMs, nanoUsd) => sumOf(session).addRemainder(session, atMs, nanoUsd),
  });
  const amountOf = ({ sum }: Use): number => (scope.unit === "usd" ? sum.allNano : sum.tokens);
  const named = new Set(scope.sessionIds);
  const others = [...uses]
    .filter(([session, use]) => amountOf(use) >= scope.least && !named.has(idOf(table, session)))
    .toSorted(([, a], [, b]) => amountOf(b) - amountOf(a))
    .slice(0, scope.limit)
    .map(([session, use]) => use.told(table, idOf(table, session)));
  const asked = [...named].map((sessionId) => {
    const use = uses.get(table.sessionKeys.get(sessionId) ?? 0);
    return (use ?? new Use()).told(table, sessionId);
  });
  return [...asked, ...others];
}

function idOf(table: EntryTable, session: number): string {
  return table.sessions.get(session)?.sessionId ?? "";
}

type UseFilter = Pick<EntryFilter, "fromMs" | "toMs" | "sessions"> & { readonly isBounded: boolean };

function filterOf(table: EntryTable, { scope, fromMs, toMs }: UseAsk): UseFilter {
  return {
    fromMs: fromMs ?? Number.NEGATIVE_INFINITY,
    toMs: toMs ?? Number.POSITIVE_INFINITY,
    sessions: sessionsOf(table, scope),
    isBounded: fromMs !== null || toMs !== null,
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

interface Counting {
  readonly entry: (place: number) => void;
  readonly remainder: (session: number, atMs: number, nanoUsd: number) => void;
}

function eachCounted(table: EntryTable, { fromMs, toMs, sessions, isBounded }: UseFilter, counting: Counting): void {
  for (let place = 0; place < table.length; place += 1) {
    const session = table.session[place] ?? 0;
    if (session === 0 || (sessions !== null && !sessions.has(session))) continue;
    const at = table.atMs[place] ?? Number.NaN;
    // A time that is unknown is neither before nor after anything.
    if (isBounded && !(at >= fromMs && at < toMs)) continue;
    counting.entry(place);
  }
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (sessions !== null && !sessions.has(session)) continue;
    if (atMs >= fromMs && atMs < toMs) counting.remainder(session, atMs, nanoUsd);
  }
}
