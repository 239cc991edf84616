/** What is kept of costs beside the entries: the CLI's own totals, which sessions are owned, marks. And pricing anew. */
import { type ChargedFields, type EntryCharge, PRICE_FLAGS, reasonNumber, unpricedReasons } from "./ledgerCharge.ts";
import { ledgerKeys } from "./ledgerKeys.ts";
import { ledgerLabelWrites } from "./ledgerLabels.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import { sessionCharges } from "./sessionCharges.ts";

/** A running total that the CLI told. */
export interface CostTotal {
  readonly sessionId: string;
  readonly atMs: number;
  readonly totalNano: number;
  /** What was added since the total before, when the teller knows it. */
  readonly addedNano: number | null;
  readonly turnId: string | null;
}

/** A session that this host runs, or ran, and where; null when that is not known. */
export interface OwnedMark {
  readonly sessionId: string;
  readonly projectPath: string | null;
}

/** What is known of a session beside its messages; null for what is not. */
export interface KnownSession extends OwnedMark {
  readonly title: string | null;
  /** The session that it was forked from. */
  readonly parentSessionId: string | null;
}

export interface StoredCharge extends ChargedFields {
  readonly messageKey: number;
  readonly priceId: string | null;
  readonly nanoUsd: number | null;
  readonly listNano: number | null;
  readonly reason: number | null;
  readonly sessionId: string;
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
  const addTotal = database.prepare(
    `INSERT INTO cost_totals (session_key, at_ms, total_nano, added_nano, turn_id) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET added_nano = ifnull(added_nano, excluded.added_nano),
      turn_id = ifnull(turn_id, excluded.turn_id)
    WHERE total_nano = excluded.total_nano`,
  );
  const own = database.prepare("INSERT INTO owned_sessions (session_id) VALUES (?) ON CONFLICT DO NOTHING");
  // What its transcript says takes its place.
  const place = database.prepare(
    "UPDATE transcript_sessions SET project_path = ? WHERE session_key = ? AND project_path IS NULL",
  );
  const describe = database.prepare(
    `UPDATE transcript_sessions SET facts = json_object('title', ?, 'parentSessionId', ?)
    WHERE session_key = ? AND facts IS NULL`,
  );
  const readMark = database.prepare("SELECT value FROM ledger_marks WHERE name = ?").pluck();
  const setMark = database.prepare(
    "INSERT INTO ledger_marks (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const some = database.prepare<[number, number], StoredCharge>(
    `SELECT m.message_key AS messageKey, k.model, k.speed, k.service_tier AS serviceTier,
      k.inference_geo AS inferenceGeo, m.at_ms AS atMs, m.input, m.output, m.cache_read AS cacheRead,
      m.cache_write_5m AS cacheWrite5m, m.cache_write_1h AS cacheWrite1h, m.web_searches AS webSearches,
      p.price_id AS priceId, m.nano_usd AS nanoUsd, m.list_nano AS listNano, m.unpriced_reason AS reason,
      s.session_id AS sessionId
    FROM api_messages m JOIN message_kinds k USING (kind_key) JOIN transcript_sessions s USING (session_key)
      LEFT JOIN prices p USING (price_key)
    WHERE m.message_key > ? ORDER BY m.message_key LIMIT ?`,
  );
  const charge = database.prepare(
    `UPDATE api_messages SET nano_usd = ?, saved_nano = ?, list_nano = ?, price_key = ?, unpriced_reason = ?,
      flags = (flags & ~${PRICE_FLAGS}) | ? WHERE message_key = ?`,
  );
  const note = database.prepare("INSERT INTO entry_changes (message_key) VALUES (?)");
  const trim = database.prepare(
    `DELETE FROM entry_changes WHERE change_id <= (SELECT max(change_id) FROM entry_changes) - ${MAX_CHANGES}`,
  );
  const runTotal = (statement: typeof saveTotal, total: CostTotal): void => {
    const { sessionId, atMs, totalNano, addedNano, turnId } = total;
    if (!isAmount(totalNano) || !isAmount(addedNano ?? 0)) return;
    statement.run(keys.ofSession(sessionId), atMs, totalNano, addedNano, turnId);
  };
  return {
    /** A total that no session can have is left out: nothing can be compared with it. */
    saveTotal: (total: CostTotal): void => runTotal(saveTotal, total),
    /** The same for one that was told elsewhere: it adds to what was told here, and changes nothing of it. */
    addTotal: (total: CostTotal): void => runTotal(addTotal, total),
    own: ({ sessionId, projectPath }: OwnedMark): void => {
      own.run(sessionId);
      if (projectPath !== null) place.run(projectPath, keys.ofSession(sessionId));
    },
    /** Keeps what is not known of it. It is no session of the list before one of its transcripts is read. */
    know: ({ sessionId, projectPath, title, parentSessionId }: KnownSession): void => {
      if (projectPath !== null) place.run(projectPath, keys.ofSession(sessionId));
      if (title !== null || parentSessionId !== null) describe.run(title, parentSessionId, keys.ofSession(sessionId));
    },
    labels: ledgerLabelWrites(database),
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
      const { nanoUsd, savedNano, listNano, unpricedReason, flags } = charged;
      charge.run(nanoUsd, savedNano, listNano, keys.ofPrice(charged), reasonNumber(unpricedReason), flags, messageKey);
      note.run(messageKey);
    },
    chargeOfSession: sessionCharges(database).chargeOfSession,
    trimChanges: (): void => void trim.run(),
    /** To be called after a transaction was undone. */
    forget: keys.forget,
  };
}

/** Nine million dollars at most: the numbers that are exact. */
function isAmount(nano: number): boolean {
  return Number.isSafeInteger(nano) && nano >= 0;
}
