/**
 * One row a message of the API: what the ledger counts.
 * The first messages of an empty table are found again by a map in memory, and the index over their ids is made when all
 * are in: ids have no order, so that keeping the index meanwhile would write nearly all of it anew with every file.
 */
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
  /** The first messages are in: from now on an index finds them. */
  readonly endFirst: () => void;
  /** To be called after a transaction was undone: what was remembered of its writes is no longer true. */
  readonly forget: () => void;
}

const COLUMNS = `m.message_id AS messageId, m.request_id AS requestId, s.session_id AS sessionId, m.at_ms AS atMs, m.model,
  m.input, m.output, m.cache_read AS cacheRead, m.cache_write_5m AS cacheWrite5m, m.cache_write_1h AS cacheWrite1h,
  m.web_searches AS webSearches, m.speed, m.service_tier AS serviceTier, m.inference_geo AS inferenceGeo,
  m.is_sidechain AS isSidechain, m.is_fork_copy AS isForkCopy, m.by_id_alone AS byIdAlone, f.path,
  m.record_offset AS offset`;
const JOINED = "api_messages m JOIN transcript_sessions s USING (session_key) JOIN transcript_files f USING (file_id)";

/** Message ids held in memory at most: some 40 MB. With more, the index is made while messages still come. */
const MAX_FIRST_MESSAGES = 400_000;

/** Sessions whose numbers are remembered: enough for those that are read at a time. */
const MAX_REMEMBERED = 10_000;

export function apiMessageRows(database: SqliteDatabase): ApiMessageRows {
  const insert = inserting(database);
  const all = database.prepare(`SELECT ${COLUMNS} FROM ${JOINED} ORDER BY m.message_id, m.request_id`);
  const count = database.prepare("SELECT count(*) FROM api_messages").pluck();
  const any = database.prepare("SELECT 1 FROM api_messages LIMIT 1");
  const fileId = database.prepare("SELECT file_id FROM transcript_files WHERE path = ?").pluck();
  const sum = database.prepare(
    `SELECT count(*) AS messages, ifnull(sum(input), 0) AS input, ifnull(sum(output), 0) AS output,
      ifnull(sum(cache_read), 0) AS cacheRead, ifnull(sum(cache_write_5m), 0) AS cacheWrite5m,
      ifnull(sum(cache_write_1h), 0) AS cacheWrite1h
    FROM api_messages WHERE session_key = (SELECT session_key FROM transcript_sessions WHERE session_id = ?)`,
  );
  let places = any.get() === undefined ? remembered(database) : indexed(database);

  function endFirst(): void {
    if (places.isIndexed) return;
    places = indexed(database);
  }

  return {
    addIfNew: (row, file, byIdAlone) => {
      if (places.has(row.messageId)) return false;
      const key = insert.row(row, 0, file, byIdAlone);
      if (key !== null) places.set(row.messageId, [key]);
      if (places.size > MAX_FIRST_MESSAGES) endFirst();
      return key !== null;
    },
    withMessageId: (messageId) => places.rows(messageId),
    replace: (messageId, rows) => {
      places.remove(messageId);
      const keys = rows.map((row, variant) => insert.row(row, variant, Number(fileId.get(row.path)), row.byIdAlone));
      places.set(
        messageId,
        keys.filter((key) => key !== null),
      );
    },
    sumOfSession: (sessionId) => sumSchema.parse(sum.get(sessionId)),
    all: () => parsed(all.iterate()),
    count: () => Number(count.get()),
    endFirst,
    forget: () => {
      insert.forget();
      endFirst();
    },
  };
}

/** How the rows of a message id are found. */
interface Places {
  readonly isIndexed: boolean;
  /** Message ids in memory. */
  readonly size: number;
  /** True when the id is certainly known; an index leaves it to the insert. */
  readonly has: (messageId: string) => boolean;
  readonly set: (messageId: string, keys: readonly number[]) => void;
  readonly rows: (messageId: string) => readonly ApiMessageRow[];
  readonly remove: (messageId: string) => void;
}

function indexed(database: SqliteDatabase): Places {
  database.exec("CREATE UNIQUE INDEX IF NOT EXISTS api_messages_by_id ON api_messages (message_id, variant)");
  const withId = database.prepare(`SELECT ${COLUMNS} FROM ${JOINED} WHERE m.message_id = ? ORDER BY m.variant`);
  const remove = database.prepare("DELETE FROM api_messages WHERE message_id = ?");
  return {
    isIndexed: true,
    size: 0,
    has: () => false,
    set: () => undefined,
    rows: (messageId) => z.array(rowSchema).parse(withId.all(messageId)),
    remove: (messageId) => void remove.run(messageId),
  };
}

function remembered(database: SqliteDatabase): Places {
  const withKey = database.prepare(`SELECT ${COLUMNS} FROM ${JOINED} WHERE m.message_key = ?`);
  const remove = database.prepare("DELETE FROM api_messages WHERE message_key = ?");
  // Nearly every id has one row: a number takes less than a list.
  const keys = new Map<string, number | readonly number[]>();
  const keysOf = (messageId: string): readonly number[] => {
    const known = keys.get(messageId);
    if (known === undefined) return [];
    return typeof known === "number" ? [known] : known;
  };
  return {
    isIndexed: false,
    get size() {
      return keys.size;
    },
    has: (messageId) => keys.has(messageId),
    set: (messageId, list) => void keys.set(messageId, list.length === 1 ? (list[0] ?? list) : list),
    rows: (messageId) => keysOf(messageId).map((key) => rowSchema.parse(withKey.get(key))),
    remove: (messageId) => {
      for (const key of keysOf(messageId)) remove.run(key);
    },
  };
}

interface Inserting {
  /** Answers the row's key, or null when the message id and variant are there already. */
  readonly row: (row: NewApiMessageRow, variant: number, fileId: number, byIdAlone: boolean) => number | null;
  readonly forget: () => void;
}

function inserting(database: SqliteDatabase): Inserting {
  const add = database.prepare(
    `INSERT INTO api_messages (message_id, variant, request_id, session_key, at_ms, model, input, output, cache_read,
      cache_write_5m, cache_write_1h, web_searches, speed, service_tier, inference_geo, is_sidechain, is_fork_copy,
      by_id_alone, file_id, record_offset)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const sessions = sessionKeys(database);
  return {
    row: (row, variant, fileId, byIdAlone) => {
      const { messageId, requestId, sessionId, atMs, model, input, output, cacheRead, cacheWrite5m, cacheWrite1h } =
        row;
      const { webSearches, speed, serviceTier, inferenceGeo, isSidechain, isForkCopy, offset } = row;
      const key = [messageId, variant, requestId, sessions.of(sessionId), atMs, model];
      const used = [input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches];
      const kind = [speed, serviceTier, inferenceGeo, Number(isSidechain), Number(isForkCopy), Number(byIdAlone)];
      const result = add.run(...key, ...used, ...kind, fileId, offset);
      return result.changes === 1 ? Number(result.lastInsertRowid) : null;
    },
    forget: sessions.forget,
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
