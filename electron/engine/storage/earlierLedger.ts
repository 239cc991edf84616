/**
 * Reads what can be read of a ledger that is not in use: a damaged one that was put aside, a backup, one that stood in
 * for another. Knows nothing about where it goes.
 * Invariants: the file is not changed; what is torn is left out; so is what no entry can be, because a torn page may
 * hold anything.
 */
import type { SessionLabel } from "../../../shared/model/session.ts";
import { type ApiMessageRow, apiMessageReads } from "./apiMessageRows.ts";
import { labelsIn } from "./ledgerLabels.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import type { CostTotal, KnownSession, OwnedMark } from "./ledgerWrites.ts";
import { openLedgerToRead } from "./openLedger.ts";
import { isDamage } from "./storageFailure.ts";

/** Messages read at a time: some ten milliseconds. */
const MESSAGES_AT_A_TIME = 1000;

/** No message has more of any kind. */
const MAX_TOKENS = 10_000_000;
const MAX_ID_CHARACTERS = 300;
/** Before this there was no such message. */
const FIRST_MS = Date.UTC(2020, 0, 1);
const DAY_MS = 86_400_000;

/** A part of a ledger. */
export interface EarlierPart {
  readonly messages: readonly ApiMessageRow[];
  readonly totals: readonly CostTotal[];
  /** Sessions that a host ran. */
  readonly owned: readonly OwnedMark[];
  readonly sessions: readonly KnownSession[];
  /** What people labelled sessions with. */
  readonly labels: readonly SessionLabel[];
}

/**
 * In parts, each to be written as one.
 * @throws SQLite's errors when nothing of it can be read, e.g. because another version's tables are different.
 */
export function* readEarlierLedger(path: string, nowMs: number): IterableIterator<EarlierPart> {
  const database = openLedgerToRead(path);
  try {
    const reads = earlierReads(database);
    const nothing: EarlierPart = { messages: [], totals: [], owned: [], sessions: [], labels: [] };
    yield {
      ...nothing,
      owned: reads.owned(),
      sessions: reads.sessions(),
      labels: reads.labels(),
      totals: reads.totals(),
    };
    const keys = reads.keys();
    for (let from = 0; from < keys.length; from += MESSAGES_AT_A_TIME) {
      const rows = keys
        .slice(from, from + MESSAGES_AT_A_TIME)
        .flatMap((key) => readable(() => reads.messages.withKeys([key])) ?? []);
      yield { ...nothing, messages: rows.filter((row) => isPossible(row, nowMs)) };
    }
  } finally {
    database.close();
  }
}

function earlierReads(database: SqliteDatabase) {
  const keys = (order: "ASC" | "DESC") =>
    database.prepare(`SELECT message_key FROM api_messages NOT INDEXED ORDER BY message_key ${order}`).pluck();
  const [upwards, downwards] = [keys("ASC"), keys("DESC")];
  const totals = database.prepare<[], CostTotal>(
    `SELECT s.session_id AS sessionId, t.at_ms AS atMs, t.total_nano AS totalNano, t.added_nano AS addedNano,
      t.turn_id AS turnId
    FROM cost_totals t JOIN transcript_sessions s USING (session_key)
    WHERE t.total_nano >= 0 AND ifnull(t.added_nano, 0) >= 0`,
  );
  const owned = database.prepare<[], OwnedMark>(
    "SELECT session_id AS sessionId, NULL AS projectPath FROM owned_sessions",
  );
  const fact = (name: string): string =>
    `CASE WHEN json_valid(facts) AND json_type(facts, '$.${name}') = 'text' THEN json_extract(facts, '$.${name}') END`;
  const sessions = database.prepare<[], KnownSession>(
    `SELECT session_id AS sessionId, project_path AS projectPath, ${fact("title")} AS title,
      ${fact("parentSessionId")} AS parentSessionId
    FROM transcript_sessions WHERE project_path IS NOT NULL OR facts IS NOT NULL`,
  );
  return {
    messages: apiMessageReads(database),
    /** Up to where the table is torn, and back to there from its end. */
    keys: (): readonly number[] => {
      const found = new Set<number>();
      for (const statement of [upwards, downwards])
        for (const key of untilTorn(statement.iterate())) {
          if (found.has(Number(key))) break;
          found.add(Number(key));
        }
      return [...found];
    },
    totals: (): readonly CostTotal[] => [...untilTorn(totals.iterate())],
    owned: (): readonly OwnedMark[] => [...untilTorn(owned.iterate())],
    sessions: (): readonly KnownSession[] => [...untilTorn(sessions.iterate())],
    labels: (): readonly SessionLabel[] => [...untilTorn(labelsIn(database))],
  };
}

function* untilTorn<Row>(rows: IterableIterator<Row>): IterableIterator<Row> {
  for (;;) {
    const next = readable(() => rows.next());
    if (next === null || next.done === true) return;
    yield next.value;
  }
}

function readable<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

function isPossible(row: ApiMessageRow, nowMs: number): boolean {
  const { messageId, sessionId, atMs, input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches } = row;
  const counts = [input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches];
  const areCounts = counts.every((count) => count === null || (Number.isSafeInteger(count) && count >= 0));
  const areSmall = counts.every((count) => (count ?? 0) <= MAX_TOKENS);
  const areIds = [messageId, sessionId].every((id) => id.length > 0 && id.length <= MAX_ID_CHARACTERS);
  return areCounts && areSmall && areIds && (atMs === null || (atMs >= FIRST_MS && atMs <= nowMs + DAY_MS));
}
