/** One row a message of the API: what the ledger counts. Typed by its statements, as those of `transcriptRows.ts`. */
import { FLAG_PROVISIONAL, FLAG_TURN_TOLD, IMPORT_FILE, reasonOf, STREAM_FILE } from "./ledgerCharge.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import { sessionCharges } from "./sessionCharges.ts";

export interface ApiMessageRow {
  readonly messageId: string;
  readonly requestId: string | null;
  readonly sessionId: string;
  readonly atMs: number | null;
  readonly model: string | null;
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly webSearches: number | null;
  readonly speed: string | null;
  readonly serviceTier: string | null;
  readonly inferenceGeo: string | null;
  readonly isSidechain: boolean;
  readonly isForkCopy: boolean;
  readonly byIdAlone: boolean;
  /** Empty when no transcript told it. */
  readonly path: string;
  readonly offset: number;
  /** Who told it. */
  readonly origin: "stream" | "transcript" | "import";
  /** Names the turn among those of its session; null when nobody said. */
  readonly turnId: string | null;
  /** True when the stream said the turn, and not the place in a transcript. */
  readonly isTurnTold: boolean;
  readonly gitBranch: string | null;
  /** The tools that it calls, with a space between. */
  readonly tools?: string | null;
  /** True for a message that was cut off: its output is not what was charged. */
  readonly isProvisional: boolean;
  /** True when its usage held what is no count: then none is kept. */
  readonly hasBadUsage?: boolean;
}

/** As SQLite gives it: it knows no truth values. */
type StoredMessage = Omit<
  ApiMessageRow,
  "isSidechain" | "isForkCopy" | "byIdAlone" | "path" | "origin" | "isTurnTold" | "isProvisional"
> & {
  readonly isSidechain: number;
  readonly isForkCopy: number;
  readonly byIdAlone: number;
  readonly path: string | null;
  readonly fileId: number;
  readonly flags: number;
  readonly unpricedReason: number | null;
};

/** Tokens by kind over a session's messages, and how many messages. Messages that do not say a kind add nothing to it. */
export interface SessionUse {
  readonly messages: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  /** What it cost at present, in nano-dollars; null when nothing of it has a price. */
  readonly nanoUsd: number | null;
}

/** Of a session without messages. */
export const NO_USE: SessionUse = {
  messages: 0,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  nanoUsd: null,
};

export type ApiMessageReads = ReturnType<typeof apiMessageReads>;

/**
 * What other tables say of a message is looked up column by column: SQLite opens a table for a lookup in a tenth of the
 * time that it takes to open it for a join, and rows are mostly wanted one by one.
 */
function lookup(column: string, table: string, key: string): string {
  return `(SELECT ${column} FROM ${table} WHERE ${table}.${key} = m.${key})`;
}

const kind = (column: string): string => lookup(column, "message_kinds", "kind_key");
const COLUMNS = `m.message_id AS messageId, m.request_id AS requestId,
  ${lookup("session_id", "transcript_sessions", "session_key")} AS sessionId, m.at_ms AS atMs, ${kind("model")} AS model,
  m.input, m.output, m.cache_read AS cacheRead, m.cache_write_5m AS cacheWrite5m, m.cache_write_1h AS cacheWrite1h,
  m.web_searches AS webSearches, ${kind("speed")} AS speed, ${kind("service_tier")} AS serviceTier,
  ${kind("inference_geo")} AS inferenceGeo, m.is_sidechain AS isSidechain, m.is_fork_copy AS isForkCopy,
  m.by_id_alone AS byIdAlone, ${lookup("path", "transcript_files", "file_id")} AS path, m.record_offset AS offset,
  m.file_id AS fileId, m.flags, m.unpriced_reason AS unpricedReason,
  ${lookup("turn_id", "message_turns", "turn_key")} AS turnId,
  ${lookup("git_branch", "message_turns", "turn_key")} AS gitBranch,
  ${lookup("tools", "called_tools", "tools_key")} AS tools`;

export function apiMessageReads(database: SqliteDatabase) {
  const withId = database.prepare<[string], StoredMessage>(
    `SELECT ${COLUMNS} FROM api_messages m WHERE m.message_id = ? ORDER BY m.variant`,
  );
  const withKey = database.prepare<[number], StoredMessage>(
    `SELECT ${COLUMNS} FROM api_messages m WHERE m.message_key = ?`,
  );
  const all = database.prepare<[], StoredMessage>(
    `SELECT ${COLUMNS} FROM api_messages m ORDER BY m.message_id, m.request_id`,
  );
  const count = database.prepare("SELECT count(*) FROM api_messages").pluck();
  // A cost is that of the messages, unless totals of the CLI or prices of the user's are to be compared with them.
  const use = database.prepare<[string], SessionUse & { readonly isCompared: number }>(
    `WITH s AS MATERIALIZED (SELECT session_key AS key FROM transcript_sessions WHERE session_id = ?)
    SELECT count(*) AS messages, ifnull(sum(input), 0) AS input, ifnull(sum(output), 0) AS output,
      ifnull(sum(cache_read), 0) AS cacheRead, ifnull(sum(cache_write_5m), 0) AS cacheWrite5m,
      ifnull(sum(cache_write_1h), 0) AS cacheWrite1h, sum(nano_usd) AS nanoUsd,
      count(list_nano) > 0 OR EXISTS (SELECT 1 FROM cost_totals WHERE session_key = (SELECT key FROM s)) AS isCompared
    FROM api_messages WHERE session_key = (SELECT key FROM s)`,
  );
  const { costOfSession } = sessionCharges(database);
  return {
    withMessageId: (messageId: string): readonly ApiMessageRow[] => withId.all(messageId).map(fromStored),
    withKeys: (keys: readonly number[]): readonly ApiMessageRow[] =>
      keys.flatMap((key) => withKey.all(key).map(fromStored)),
    useOfSession: (sessionId: string): SessionUse => {
      const { isCompared, ...used } = use.get(sessionId) ?? { ...NO_USE, isCompared: 0 };
      return isCompared === 1 ? { ...used, nanoUsd: costOfSession(sessionId) } : used;
    },
    /** All rows, in the order of their ids. No other statement may run on the connection meanwhile. */
    all: (): IterableIterator<ApiMessageRow> => parsed(all.iterate()),
    count: (): number => Number(count.get()),
  };
}

function* parsed(rows: Iterable<StoredMessage>): IterableIterator<ApiMessageRow> {
  for (const row of rows) yield fromStored(row);
}

function fromStored({ fileId, flags, unpricedReason, ...row }: StoredMessage): ApiMessageRow {
  const { isSidechain, isForkCopy, byIdAlone, path } = row;
  const told = fileId === IMPORT_FILE ? "import" : "transcript";
  return {
    ...row,
    isSidechain: isSidechain === 1,
    isForkCopy: isForkCopy === 1,
    byIdAlone: byIdAlone === 1,
    path: path ?? "",
    origin: fileId === STREAM_FILE ? "stream" : told,
    isTurnTold: (flags & FLAG_TURN_TOLD) !== 0,
    isProvisional: (flags & FLAG_PROVISIONAL) !== 0,
    ...(reasonOf(unpricedReason) === "bad_usage" ? { hasBadUsage: true } : {}),
  };
}
