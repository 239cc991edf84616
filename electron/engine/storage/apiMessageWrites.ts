/** Writes the rows of API messages, each message once. */
import type { ApiMessageRow } from "./apiMessageRows.ts";
import { ledgerKeys } from "./ledgerKeys.ts";
import { MessagePlaces } from "./messagePlaces.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** What is written: the file by its number instead of its path. */
export type NewApiMessageRow = Omit<ApiMessageRow, "path" | "byIdAlone">;

export type ApiMessageWrites = ReturnType<typeof apiMessageWrites>;

export function apiMessageWrites(database: SqliteDatabase) {
  const insert = inserting(database);
  const places = new MessagePlaces(database);
  const fileId = database.prepare("SELECT file_id FROM transcript_files WHERE path = ?").pluck();
  return {
    /** To be called before many messages come. */
    beginFirst: places.beginFirst,
    /** They are in: from now on an index finds them. */
    endFirst: places.endFirst,
    withMessageId: places.rows,
    /** Adds the row unless the message id is known; answers whether it did. */
    addIfNew: (row: NewApiMessageRow, file: number, byIdAlone: boolean): boolean => {
      if (places.has(row.messageId)) return false;
      const key = insert.row(row, 0, file, byIdAlone);
      if (key !== null) places.set(row.messageId, [key]);
      return key !== null;
    },
    /** Puts these rows in the place of all that have the message id. */
    replace: (messageId: string, rows: readonly ApiMessageRow[]): void => {
      places.remove(messageId);
      const keys = rows.map((row, variant) => insert.row(row, variant, Number(fileId.get(row.path)), row.byIdAlone));
      const kept = keys.filter((key) => key !== null);
      places.set(messageId, kept);
    },
    /** To be called after a transaction was undone: what was remembered of its writes is no longer true. */
    forget: (): void => {
      insert.forget();
      places.forget();
    },
  };
}

function inserting(database: SqliteDatabase) {
  const add = database.prepare(
    `INSERT INTO api_messages (message_id, variant, request_id, session_key, kind_key, at_ms, input, output, cache_read,
      cache_write_5m, cache_write_1h, web_searches, is_sidechain, is_fork_copy, by_id_alone, file_id, record_offset)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const keys = ledgerKeys(database);
  return {
    /** Answers the row's key, or null when the message id and variant are there already. */
    row: (row: NewApiMessageRow, variant: number, fileId: number, byIdAlone: boolean): number | null => {
      const result = add.run(
        row.messageId,
        variant,
        row.requestId,
        keys.ofSession(row.sessionId),
        keys.ofKind(row),
        row.atMs,
        row.input,
        row.output,
        row.cacheRead,
        row.cacheWrite5m,
        row.cacheWrite1h,
        row.webSearches,
        Number(row.isSidechain),
        Number(row.isForkCopy),
        Number(byIdAlone),
        fileId,
        row.offset,
      );
      return result.changes === 1 ? Number(result.lastInsertRowid) : null;
    },
    forget: keys.forget,
  };
}
