/** One row a message of the API: what the ledger counts. Typed by its statements, as those of `transcriptRows.ts`. */
import { FLAG_PROVISIONAL, FLAG_TURN_TOLD, IMPORT_FILE, STREAM_FILE } from "./ledgerCharge.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

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
  /** True for a message that was cut off: its output is not what was charged. */
  readonly isProvisional: boolean;
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
};

/** Tokens by kind over a session's messages, and how many messages. Messages that do not say a kind add nothing to it. */
export interface ApiMessageSum {
  readonly messages: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
}

/** Of a session without messages. */
export const NO_MESSAGES: ApiMessageSum = {
  messages: 0,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
};

export type ApiMessageReads = ReturnType<typeof apiMessageReads>;

const COLUMNS = `m.message_id AS messageId, m.request_id AS requestId, s.session_id AS sessionId, m.at_ms AS atMs, k.model,
  m.input, m.output, m.cache_read AS cacheRead, m.cache_write_5m AS cacheWrite5m, m.cache_write_1h AS cacheWrite1h,
  m.web_searches AS webSearches, k.speed, k.service_tier AS serviceTier, k.inference_geo AS inferenceGeo,
  m.is_sidechain AS isSidechain, m.is_fork_copy AS isForkCopy, m.by_id_alone AS byIdAlone, f.path,
  m.record_offset AS offset, m.file_id AS fileId, m.flags, t.turn_id AS turnId, t.git_branch AS gitBranch`;
const JOINED = `api_messages m JOIN transcript_sessions s USING (session_key) JOIN message_kinds k USING (kind_key)
  LEFT JOIN transcript_files f USING (file_id) LEFT JOIN message_turns t USING (turn_key)`;

export function apiMessageReads(database: SqliteDatabase) {
  const withId = database.prepare<[string], StoredMessage>(
    `SELECT ${COLUMNS} FROM ${JOINED} WHERE m.message_id = ? ORDER BY m.variant`,
  );
  const withKey = database.prepare<[number], StoredMessage>(`SELECT ${COLUMNS} FROM ${JOINED} WHERE m.message_key = ?`);
  const all = database.prepare<[], StoredMessage>(
    `SELECT ${COLUMNS} FROM ${JOINED} ORDER BY m.message_id, m.request_id`,
  );
  const count = database.prepare("SELECT count(*) FROM api_messages").pluck();
  const sum = database.prepare<[string], ApiMessageSum>(
    `SELECT count(*) AS messages, ifnull(sum(input), 0) AS input, ifnull(sum(output), 0) AS output,
      ifnull(sum(cache_read), 0) AS cacheRead, ifnull(sum(cache_write_5m), 0) AS cacheWrite5m,
      ifnull(sum(cache_write_1h), 0) AS cacheWrite1h
    FROM api_messages WHERE session_key = (SELECT session_key FROM transcript_sessions WHERE session_id = ?)`,
  );
  const cost = database
    .prepare<[string], number | null>(
      `WITH s AS (SELECT session_key AS key FROM transcript_sessions WHERE session_id = ?),
        t AS (SELECT at_ms, total_nano FROM cost_totals, s WHERE session_key = s.key ORDER BY at_ms DESC LIMIT 1),
        m AS (SELECT sum(nano_usd) AS nano FROM api_messages, s
          WHERE session_key = s.key AND at_ms > ifnull((SELECT at_ms FROM t), -1))
      SELECT CASE WHEN t.total_nano IS NULL THEN m.nano ELSE t.total_nano + ifnull(m.nano, 0) END FROM m LEFT JOIN t`,
    )
    .pluck();
  return {
    costOfSession: (sessionId: string): number | null => cost.get(sessionId) ?? null,
    withMessageId: (messageId: string): readonly ApiMessageRow[] => withId.all(messageId).map(fromStored),
    withKeys: (keys: readonly number[]): readonly ApiMessageRow[] =>
      keys.flatMap((key) => withKey.all(key).map(fromStored)),
    sumOfSession: (sessionId: string): ApiMessageSum => sum.get(sessionId) ?? NO_MESSAGES,
    /** All rows, in the order of their ids. No other statement may run on the connection meanwhile. */
    all: (): IterableIterator<ApiMessageRow> => parsed(all.iterate()),
    count: (): number => Number(count.get()),
  };
}

function* parsed(rows: Iterable<StoredMessage>): IterableIterator<ApiMessageRow> {
  for (const row of rows) yield fromStored(row);
}

function fromStored({ fileId, flags, ...row }: StoredMessage): ApiMessageRow {
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
  };
}
