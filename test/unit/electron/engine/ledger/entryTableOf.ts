import { EntryTable } from "../../../../../electron/engine/ledger/entryTable.ts";
import { ledgerReads } from "../../../../../electron/engine/storage/ledgerReads.ts";
import { ledgerMigrations } from "../../../../../electron/engine/storage/migrations/ledgerMigrations.ts";
import { openDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";

/** An entry with what a test cares about; counts that are not given are 0. */
export interface GivenEntry {
  readonly sessionId: string;
  /** Null where unknown. */
  readonly at: string | null;
  /** Null for an entry without a price. */
  readonly nanoUsd: number | null;
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
}

export interface GivenLedger {
  /** With the project of each, where that is known. */
  readonly sessions: Readonly<Record<string, string | null>>;
  readonly entries: readonly GivenEntry[];
  /** The CLI's own totals. */
  readonly totals?: readonly { readonly sessionId: string; readonly at: string; readonly totalNano: number }[];
}

/** The entries of a real ledger in memory, as they are summed. */
export function entryTableOf({ sessions, entries, totals = [] }: GivenLedger): EntryTable {
  const { database } = openDatabase(":memory:", () => new Date(), { migrations: ledgerMigrations });
  const session = database.prepare("INSERT INTO transcript_sessions (session_id, project_path) VALUES (?, ?)");
  for (const [sessionId, projectPath] of Object.entries(sessions)) session.run(sessionId, projectPath);
  database.exec("INSERT INTO message_kinds (kind_key, model) VALUES (1, 'claude-opus-5-5')");
  const keyOf = "(SELECT session_key FROM transcript_sessions WHERE session_id = @sessionId)";
  const entry = database.prepare(`
    INSERT INTO api_messages (message_id, variant, session_key, kind_key, at_ms, nano_usd, input, output, cache_read,
      cache_write_5m, cache_write_1h, is_sidechain, is_fork_copy, by_id_alone, file_id, record_offset)
    VALUES (@messageId, 0, ${keyOf}, 1, @atMs, @nanoUsd, @input, @output, @cacheRead, @cacheWrite5m, @cacheWrite1h,
      0, 0, 0, 0, 0)
  `);
  const counts = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  database.transaction(() => {
    for (const [index, { at, ...given }] of entries.entries()) {
      entry.run({ ...counts, ...given, messageId: `message-${index}`, atMs: at === null ? null : Date.parse(at) });
    }
  })();
  const total = database.prepare(
    `INSERT INTO cost_totals (session_key, at_ms, total_nano, added_nano) VALUES (${keyOf}, @atMs, @totalNano, @totalNano)`,
  );
  for (const { at, ...given } of totals) total.run({ ...given, atMs: Date.parse(at) });
  const table = new EntryTable(ledgerReads(database));
  table.refresh();
  return table;
}
