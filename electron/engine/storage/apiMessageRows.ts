/** One row a message of the API: what the ledger counts. */
import { z } from "zod";
import type { SqliteDatabase } from "./openDatabase.ts";

const tokens = z.number().nullable();
const flag = z.number().transform((value) => value === 1);

const rowSchema = z.object({
  messageId: z.string(),
  requestId: z.string().nullable(),
  sessionId: z.string(),
  atMs: z.number().nullable(),
  model: z.string().nullable(),
  input: tokens,
  output: tokens,
  cacheRead: tokens,
  cacheWrite5m: tokens,
  cacheWrite1h: tokens,
  webSearches: tokens,
  speed: z.string().nullable(),
  serviceTier: z.string().nullable(),
  inferenceGeo: z.string().nullable(),
  isSidechain: flag,
  isForkCopy: flag,
  byIdAlone: flag,
  path: z.string(),
  offset: z.number(),
});
export type ApiMessageRow = Readonly<z.infer<typeof rowSchema>>;

const sumSchema = z.object({
  messages: z.number(),
  input: z.number(),
  output: z.number(),
  cacheRead: z.number(),
  cacheWrite5m: z.number(),
  cacheWrite1h: z.number(),
});
/** Tokens by kind over a session's messages, and how many messages. Messages that do not say a kind add nothing to it. */
export type ApiMessageSum = Readonly<z.infer<typeof sumSchema>>;

/** What is written: the file by its number instead of its path. */
export type NewApiMessageRow = Omit<ApiMessageRow, "path" | "byIdAlone">;

export interface ApiMessageRows {
  /** Adds the row unless the message id is known; answers whether it did. */
  readonly addIfNew: (row: NewApiMessageRow, fileId: number, byIdAlone: boolean) => boolean;
  readonly withMessageId: (messageId: string) => readonly ApiMessageRow[];
  /** Puts these rows in the place of all that have the message id. */
  readonly replace: (messageId: string, rows: readonly ApiMessageRow[]) => void;
  readonly sumOfSession: (sessionId: string) => ApiMessageSum;
  /** All rows, in the order of their ids. */
  readonly all: () => IterableIterator<ApiMessageRow>;
  readonly count: () => number;
  /** To be called after a transaction was undone: what was remembered of its writes is no longer true. */
  readonly forget: () => void;
}

const COLUMNS = `m.message_id AS messageId, m.request_id AS requestId, s.session_id AS sessionId, m.at_ms AS atMs, m.model,
  m.input, m.output, m.cache_read AS cacheRead, m.cache_write_5m AS cacheWrite5m, m.cache_write_1h AS cacheWrite1h,
  m.web_searches AS webSearches, m.speed, m.service_tier AS serviceTier, m.inference_geo AS inferenceGeo,
  m.is_sidechain AS isSidechain, m.is_fork_copy AS isForkCopy, m.by_id_alone AS byIdAlone, f.path,
  m.record_offset AS offset`;
const JOINED = "api_messages m JOIN transcript_sessions s USING (session_key) JOIN transcript_files f USING (file_id)";

/** Sessions whose numbers are remembered: enough for those that are read at a time. */
const MAX_REMEMBERED = 10_000;

export function apiMessageRows(database: SqliteDatabase): ApiMessageRows {
  const add = database.prepare(
    `INSERT INTO api_messages (message_id, variant, request_id, session_key, at_ms, model, input, output, cache_read,
      cache_write_5m, cache_write_1h, web_searches, speed, service_tier, inference_geo, is_sidechain, is_fork_copy,
      by_id_alone, file_id, record_offset)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const withId = database.prepare(`SELECT ${COLUMNS} FROM ${JOINED} WHERE m.message_id = ? ORDER BY m.variant`);
  const remove = database.prepare("DELETE FROM api_messages WHERE message_id = ?");
  const fileId = database.prepare("SELECT file_id FROM transcript_files WHERE path = ?").pluck();
  const all = database.prepare(`SELECT ${COLUMNS} FROM ${JOINED} ORDER BY m.message_id, m.request_id`);
  const count = database.prepare("SELECT count(*) FROM api_messages").pluck();
  const sum = database.prepare(
    `SELECT count(*) AS messages, ifnull(sum(input), 0) AS input, ifnull(sum(output), 0) AS output,
      ifnull(sum(cache_read), 0) AS cacheRead, ifnull(sum(cache_write_5m), 0) AS cacheWrite5m,
      ifnull(sum(cache_write_1h), 0) AS cacheWrite1h
    FROM api_messages WHERE session_key = (SELECT session_key FROM transcript_sessions WHERE session_id = ?)`,
  );
  const keys = sessionKeys(database);

  function insert(row: NewApiMessageRow, variant: number, file: number, byIdAlone: boolean): boolean {
    const { messageId, requestId, sessionId, atMs, model, input, output, cacheRead, cacheWrite5m, cacheWrite1h } = row;
    const { webSearches, speed, serviceTier, inferenceGeo, isSidechain, isForkCopy, offset } = row;
    const key = [messageId, variant, requestId, keys.of(sessionId), atMs, model];
    const used = [input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches, speed, serviceTier, inferenceGeo];
    const flags = [Number(isSidechain), Number(isForkCopy), Number(byIdAlone)];
    return add.run(...key, ...used, ...flags, file, offset).changes === 1;
  }

  return {
    addIfNew: (row, file, byIdAlone) => insert(row, 0, file, byIdAlone),
    withMessageId: (messageId) => z.array(rowSchema).parse(withId.all(messageId)),
    replace: (messageId, rows) => {
      remove.run(messageId);
      for (const [variant, row] of rows.entries()) insert(row, variant, Number(fileId.get(row.path)), row.byIdAlone);
    },
    sumOfSession: (sessionId) => sumSchema.parse(sum.get(sessionId)),
    all: () => parsed(all.iterate()),
    count: () => Number(count.get()),
    forget: keys.forget,
  };
}

function* parsed(rows: Iterable<unknown>): IterableIterator<ApiMessageRow> {
  for (const row of rows) yield rowSchema.parse(row);
}

interface SessionKeys {
  readonly of: (sessionId: string) => number;
  readonly forget: () => void;
}

/** The numbers of sessions, each given when it is first asked for. */
function sessionKeys(database: SqliteDatabase): SessionKeys {
  const add = database.prepare("INSERT INTO transcript_sessions (session_id) VALUES (?) ON CONFLICT DO NOTHING");
  const find = database.prepare("SELECT session_key FROM transcript_sessions WHERE session_id = ?").pluck();
  const remembered = new Map<string, number>();
  return {
    of: (sessionId) => {
      const known = remembered.get(sessionId);
      if (known !== undefined) return known;
      add.run(sessionId);
      const key = Number(find.get(sessionId));
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(sessionId, key);
      return key;
    },
    forget: () => remembered.clear(),
  };
}
