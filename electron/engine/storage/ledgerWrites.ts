/** What is kept of costs beside the entries: the CLI's own totals, which sessions are owned, marks. And pricing anew. */
import { type ChargedFields, type EntryCharge, PRICE_FLAGS, reasonNumber, unpricedReasons } from "./ledgerCharge.ts";
import { ledgerKeys } from "./ledgerKeys.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** A running total that the CLI told. */
export interface CostTotal {
  readonly sessionId: string;
  readonly atMs: number;
  readonly totalNano: number;
  /** What was added since the total before, when the teller knows it. */
  readonly addedNano: number | null;
  readonly turnId: string | null;
}

export interface StoredCharge extends ChargedFields {
  readonly messageKey: number;
  readonly priceId: string | null;
  readonly nanoUsd: number | null;
  readonly reason: number | null;
}

/** What a session has cost at present. */
export interface SessionCharge {
  /** The CLI's last total and what was charged since then. */
  readonly nanoUsd: number;
  readonly turnNano: number;
  readonly messages: number;
  readonly unpricedMessages: number;
}

/** Changes that are named; who missed more reads everything again. */
const MAX_CHANGES = 20_000;

const BAD_USAGE = unpricedReasons.indexOf("bad_usage") + 1;

export type LedgerWrites = ReturnType<typeof ledgerWrites>;

export function ledgerWrites(database: SqliteDatabase) {
  const keys = ledgerKeys(database);
  const saveTotal = database.prepare(
    `INSERT INTO cost_totals (session_key, at_ms, total_nano, added_nano, turn_id) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET total_nano = excluded.total_nano, added_nano = ifnull(excluded.added_nano, added_nano),
      turn_id = ifnull(excluded.turn_id, turn_id)`,
  );
  const own = database.prepare("INSERT INTO owned_sessions (session_id) VALUES (?) ON CONFLICT DO NOTHING");
  const readMark = database.prepare("SELECT value FROM ledger_marks WHERE name = ?").pluck();
  const setMark = database.prepare(
    "INSERT INTO ledger_marks (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const some = database.prepare<[number, number], StoredCharge>(
    `SELECT m.message_key AS messageKey, k.model, k.speed, k.service_tier AS serviceTier,
      k.inference_geo AS inferenceGeo, m.at_ms AS atMs, m.input, m.output, m.cache_read AS cacheRead,
      m.cache_write_5m AS cacheWrite5m, m.cache_write_1h AS cacheWrite1h, m.web_searches AS webSearches,
      p.price_id AS priceId, m.nano_usd AS nanoUsd, m.unpriced_reason AS reason
    FROM api_messages m JOIN message_kinds k USING (kind_key) LEFT JOIN prices p USING (price_key)
    WHERE m.message_key > ? ORDER BY m.message_key LIMIT ?`,
  );
  const charge = database.prepare(
    `UPDATE api_messages SET nano_usd = ?, saved_nano = ?, price_key = ?, unpriced_reason = ?,
      flags = (flags & ~${PRICE_FLAGS}) | ? WHERE message_key = ?`,
  );
  const note = database.prepare("INSERT INTO entry_changes (message_key) VALUES (?)");
  const trim = database.prepare(
    `DELETE FROM entry_changes WHERE change_id <= (SELECT max(change_id) FROM entry_changes) - ${MAX_CHANGES}`,
  );
  return {
    saveTotal: ({ sessionId, atMs, totalNano, addedNano, turnId }: CostTotal): void =>
      void saveTotal.run(keys.ofSession(sessionId), atMs, totalNano, addedNano, turnId),
    /** The session is, or was, run by this host. */
    own: (sessionId: string): void => void own.run(sessionId),
    mark: (name: string): string | null => {
      const value = readMark.get(name);
      return typeof value === "string" ? value : null;
    },
    setMark: (name: string, value: string): void => void setMark.run(name, value),
    /** The next entries after a key that may have a price, in the order of their keys. */
    entriesAfter: (messageKey: number, limit: number): readonly StoredCharge[] => some.all(messageKey, limit),
    isPriceable: ({ reason }: StoredCharge): boolean => reason !== BAD_USAGE,
    /** Gives an entry another price. */
    charge: (messageKey: number, charged: EntryCharge): void => {
      const { nanoUsd, savedNano, unpricedReason, flags } = charged;
      charge.run(nanoUsd, savedNano, keys.ofPrice(charged), reasonNumber(unpricedReason), flags, messageKey);
      note.run(messageKey);
    },
    chargeOfSession: (sessionId: string, turnId: string | null): SessionCharge =>
      sessionCharge(database, sessionId, turnId),
    trimChanges: (): void => void trim.run(),
    /** To be called after a transaction was undone. */
    forget: keys.forget,
  };
}

/** What a session costs at present: the CLI's total, where it told one, and what was charged since then. */
export function sessionCharge(database: SqliteDatabase, sessionId: string, turnId: string | null): SessionCharge {
  const found = database
    .prepare<[string, string | null], Partial<SessionCharge>>(
      `WITH s AS (SELECT session_key AS key FROM transcript_sessions WHERE session_id = ?),
        t AS (SELECT at_ms, total_nano FROM cost_totals, s WHERE session_key = s.key ORDER BY at_ms DESC LIMIT 1)
      SELECT ifnull((SELECT total_nano FROM t), 0)
          + ifnull(sum(CASE WHEN m.at_ms > ifnull((SELECT at_ms FROM t), -1) THEN m.nano_usd END), 0) AS nanoUsd,
        ifnull(sum(CASE WHEN t2.turn_id = ? THEN m.nano_usd END), 0) AS turnNano,
        count(m.message_key) AS messages,
        count(m.message_key) - count(m.nano_usd) AS unpricedMessages
      FROM s LEFT JOIN api_messages m ON m.session_key = s.key LEFT JOIN message_turns t2 USING (turn_key)`,
    )
    .get(sessionId, turnId);
  const { nanoUsd = 0, turnNano = 0, messages = 0, unpricedMessages = 0 } = found ?? {};
  return { nanoUsd: nanoUsd ?? 0, turnNano, messages, unpricedMessages };
}
