/** Writes the rows of API messages, each message once. */
import type { ApiMessageRow } from "./apiMessageRows.ts";
import {
  type ChargeOf,
  type EntryCharge,
  FLAG_PROVISIONAL,
  FLAG_TURN_TOLD,
  IMPORT_FILE,
  NOT_LOOKED_FOR,
  reasonNumber,
  STREAM_FILE,
} from "./ledgerCharge.ts";
import { ledgerKeys } from "./ledgerKeys.ts";
import { MessagePlaces } from "./messagePlaces.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** What is written: the file by its number instead of its path. */
export type NewApiMessageRow = Omit<ApiMessageRow, "path" | "byIdAlone" | "origin">;

export type ApiMessageWrites = ReturnType<typeof apiMessageWrites>;

/** `chargeOf` says what a message costs; without it all wait to be priced. */
export function apiMessageWrites(database: SqliteDatabase, chargeOf: ChargeOf = () => NOT_LOOKED_FOR) {
  const insert = inserting(database, chargeOf);
  const places = new MessagePlaces(database);
  const fileId = database.prepare("SELECT file_id FROM transcript_files WHERE path = ?").pluck();
  const fileOf = ({ origin, path }: ApiMessageRow): number => {
    if (origin === "transcript") return Number(fileId.get(path));
    return origin === "stream" ? STREAM_FILE : IMPORT_FILE;
  };
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
      const keys = rows.map((row, variant) => insert.row(row, variant, fileOf(row), row.byIdAlone));
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

function inserting(database: SqliteDatabase, chargeOf: ChargeOf) {
  const add = database.prepare(
    `INSERT INTO api_messages (message_id, variant, request_id, session_key, kind_key, at_ms, input, output, cache_read,
      cache_write_5m, cache_write_1h, web_searches, is_sidechain, is_fork_copy, by_id_alone, file_id, record_offset,
      turn_key, nano_usd, saved_nano, price_key, unpriced_reason, flags, tools_key, list_nano)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const keys = ledgerKeys(database);
  return {
    /** Answers the row's key, or null when the message id and variant are there already. */
    row: (row: NewApiMessageRow, variant: number, fileId: number, byIdAlone: boolean): number | null => {
      const charge = row.hasBadUsage === true || !hasWholeCounts(row) ? BAD_USAGE : chargeOf(row);
      const told = charge.unpricedReason === "bad_usage" ? NO_COUNTS : row;
      const result = add.run(
        row.messageId,
        variant,
        row.requestId,
        keys.ofSession(row.sessionId),
        keys.ofKind(row),
        row.atMs,
        told.input,
        told.output,
        told.cacheRead,
        told.cacheWrite5m,
        told.cacheWrite1h,
        told.webSearches,
        Number(row.isSidechain),
        Number(row.isForkCopy),
        Number(byIdAlone),
        fileId,
        row.offset,
        keys.ofTurn(row),
        charge.nanoUsd,
        charge.savedNano,
        keys.ofPrice(charge),
        reasonNumber(charge.unpricedReason),
        charge.flags | (row.isTurnTold ? FLAG_TURN_TOLD : 0) | (row.isProvisional ? FLAG_PROVISIONAL : 0),
        keys.ofTools(row.tools ?? null),
        charge.listNano,
      );
      return result.changes === 1 ? Number(result.lastInsertRowid) : null;
    },
    forget: keys.forget,
  };
}

type Counts = Pick<ApiMessageRow, "input" | "output" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h" | "webSearches">;

const NO_COUNTS: Counts = {
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  webSearches: null,
};

const BAD_USAGE: EntryCharge = { ...NOT_LOOKED_FOR, unpricedReason: "bad_usage" };

/** As a row is kept of which one count is none: then none of them is to be believed. */
export function withBadUsage<Row extends Counts>(row: Row): Row {
  return { ...row, ...NO_COUNTS, hasBadUsage: true };
}

function hasWholeCounts(row: Counts): boolean {
  return (
    isCount(row.input) &&
    isCount(row.output) &&
    isCount(row.cacheRead) &&
    isCount(row.cacheWrite5m) &&
    isCount(row.cacheWrite1h) &&
    isCount(row.webSearches)
  );
}

function isCount(value: number | null): boolean {
  return value === null || (Number.isSafeInteger(value) && value >= 0);
}
