/** Reads what the cost ledger answers from, on a connection that cannot write. Typed by its statements. */
import { labelsMark } from "./ledgerLabels.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** An entry as numbers, in the order of the columns of `ENTRY_COLUMNS`. */
export type EntryNumbers = readonly [
  key: number,
  atMs: number | null,
  session: number,
  kind: number,
  nanoUsd: number | null,
  savedNano: number | null,
  input: number | null,
  output: number | null,
  cacheRead: number | null,
  cacheWrite5m: number | null,
  cacheWrite1h: number | null,
  /** With `FLAG_SIDECHAIN`. */
  flags: number,
  turn: number | null,
  tools: number | null,
  /** As it is kept: see `EntryCharge`. */
  listNano: number | null,
];

export interface LedgerSessionRow {
  readonly key: number;
  readonly sessionId: string;
  readonly projectPath: string | null;
  readonly isOwned: number;
  readonly label: string | null;
}

export interface CostTotalRow {
  readonly session: number;
  readonly atMs: number;
  readonly totalNano: number;
  readonly addedNano: number | null;
  readonly turnId: string | null;
}

/** An entry with all that is known of it. */
export interface EntryRow {
  readonly key: number;
  readonly messageId: string;
  readonly requestId: string | null;
  readonly session: number;
  readonly atMs: number | null;
  readonly model: string | null;
  readonly speed: string | null;
  readonly serviceTier: string | null;
  readonly inferenceGeo: string | null;
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly webSearches: number | null;
  readonly isSidechain: number;
  readonly fileId: number;
  readonly path: string | null;
  readonly offset: number;
  readonly turnId: string | null;
  readonly gitBranch: string | null;
  readonly nanoUsd: number | null;
  readonly priceId: string | null;
  readonly unpricedReason: number | null;
  readonly flags: number;
  /** With a space between; null for none. */
  readonly tools: string | null;
}

/** Beside the bits of an entry's flags. */
export const FLAG_SIDECHAIN = 32;

const ENTRY_COLUMNS = `message_key, at_ms, session_key, kind_key, nano_usd, saved_nano, input, output, cache_read,
  cache_write_5m, cache_write_1h, flags | (is_sidechain << 5), turn_key, tools_key, list_nano`;

export type LedgerReads = ReturnType<typeof ledgerReads>;

export function ledgerReads(database: SqliteDatabase) {
  const after = database
    .prepare<[number], EntryNumbers>(
      `SELECT ${ENTRY_COLUMNS} FROM api_messages WHERE message_key > ? ORDER BY message_key`,
    )
    .raw(true);
  const one = database
    .prepare<[number], EntryNumbers>(`SELECT ${ENTRY_COLUMNS} FROM api_messages WHERE message_key = ?`)
    .raw(true);
  const changed = database.prepare<[number], { readonly id: number; readonly key: number }>(
    "SELECT change_id AS id, message_key AS key FROM entry_changes WHERE change_id > ? ORDER BY change_id",
  );
  const bounds = database.prepare<[], { readonly oldest: number | null; readonly newest: number | null }>(
    "SELECT min(change_id) AS oldest, max(change_id) AS newest FROM entry_changes",
  );
  const full = database.prepare<[number], EntryRow>(
    `SELECT m.message_key AS key, m.message_id AS messageId, m.request_id AS requestId, m.session_key AS session,
      m.at_ms AS atMs, k.model, k.speed, k.service_tier AS serviceTier, k.inference_geo AS inferenceGeo, m.input,
      m.output, m.cache_read AS cacheRead, m.cache_write_5m AS cacheWrite5m, m.cache_write_1h AS cacheWrite1h,
      m.web_searches AS webSearches, m.is_sidechain AS isSidechain, m.file_id AS fileId, f.path,
      m.record_offset AS offset, t.turn_id AS turnId, t.git_branch AS gitBranch, m.nano_usd AS nanoUsd,
      p.price_id AS priceId, m.unpriced_reason AS unpricedReason, m.flags, c.tools
    FROM api_messages m JOIN message_kinds k USING (kind_key) LEFT JOIN message_turns t USING (turn_key)
      LEFT JOIN called_tools c USING (tools_key) LEFT JOIN transcript_files f USING (file_id) LEFT JOIN prices p USING (price_key)
    WHERE m.message_key = ?`,
  );
  const reason = database
    .prepare<[number], number | null>("SELECT unpriced_reason FROM api_messages WHERE message_key = ?")
    .pluck();
  const sessions = database.prepare<[number], LedgerSessionRow>(
    `SELECT session_key AS key, session_id AS sessionId, project_path AS projectPath,
      o.session_id IS NOT NULL AS isOwned, label
    FROM transcript_sessions LEFT JOIN owned_sessions o USING (session_id)
      LEFT JOIN session_labels USING (session_id) WHERE session_key > ?`,
  );
  const session = database.prepare<[number], LedgerSessionRow>(
    `SELECT session_key AS key, session_id AS sessionId, project_path AS projectPath,
      o.session_id IS NOT NULL AS isOwned, label
    FROM transcript_sessions LEFT JOIN owned_sessions o USING (session_id)
      LEFT JOIN session_labels USING (session_id) WHERE session_key = ?`,
  );
  const titles = database
    .prepare<[number], string | null>(
      "SELECT json_extract(facts, '$.title') FROM transcript_sessions WHERE session_key = ? AND facts <> ''",
    )
    .pluck();
  const parents = database
    .prepare<[number], string | null>(
      "SELECT json_extract(facts, '$.parentSessionId') FROM transcript_sessions WHERE session_key = ? AND facts <> ''",
    )
    .pluck();
  const kinds = database.prepare<[], { readonly key: number; readonly model: string | null }>(
    "SELECT kind_key AS key, model FROM message_kinds",
  );
  const tools = database.prepare<[], { readonly key: number; readonly tools: string }>(
    "SELECT tools_key AS key, tools FROM called_tools",
  );
  const turns = database.prepare<[number], { readonly key: number; readonly turnId: string | null }>(
    "SELECT turn_key AS key, turn_id AS turnId FROM message_turns WHERE turn_key > ? ORDER BY turn_key",
  );
  const totals = database.prepare<[], CostTotalRow>(
    `SELECT session_key AS session, at_ms AS atMs, total_nano AS totalNano, added_nano AS addedNano, turn_id AS turnId
    FROM cost_totals ORDER BY session_key, at_ms`,
  );
  const totalsMark = database
    .prepare<[], readonly number[]>(
      `SELECT count(*), total(at_ms), total(total_nano), count(added_nano), total(added_nano), count(turn_id)
      FROM cost_totals`,
    )
    .raw(true);
  const owned = database.prepare<[], number>("SELECT count(*) FROM owned_sessions").pluck();
  const unpriced = database.prepare<[], { readonly model: string; readonly messages: number }>(
    `SELECT ifnull(k.model, '') AS model, count(*) AS messages FROM api_messages m JOIN message_kinds k USING (kind_key)
    WHERE m.unpriced_reason = 1 GROUP BY k.model ORDER BY 2 DESC LIMIT 100`,
  );
  return {
    /** Grows when another connection has written. */
    version: (): number => Number(database.pragma("data_version", { simple: true })),
    entriesAfter: (key: number): IterableIterator<EntryNumbers> => after.iterate(key),
    entry: (key: number): EntryNumbers | null => one.get(key) ?? null,
    changesAfter: (id: number): readonly { readonly id: number; readonly key: number }[] => changed.all(id),
    changeBounds: (): { readonly oldest: number | null; readonly newest: number | null } =>
      bounds.get() ?? { oldest: null, newest: null },
    fullEntry: (key: number): EntryRow | null => full.get(key) ?? null,
    /** Why an entry has no price, as it is kept; null for one that has, or for which nobody has looked. */
    unpricedReason: (key: number): number | null => reason.get(key) ?? null,
    /** Those with a greater key. */
    sessionsAfter: (key: number): readonly LedgerSessionRow[] => sessions.all(key),
    session: (key: number): LedgerSessionRow | null => session.get(key) ?? null,
    /** The title that a session's transcripts had; null when none told of it. */
    title: (key: number): string | null => titles.get(key) ?? null,
    /** The session that it was forked from, whose total it begins with; null for one that is no fork. */
    parentSessionId: (key: number): string | null => parents.get(key) ?? null,
    kinds: (): readonly { readonly key: number; readonly model: string | null }[] => kinds.all(),
    /** The tools that messages call, by the number of their combination. */
    tools: (): ReadonlyMap<number, readonly string[]> =>
      new Map(tools.all().map(({ key, tools: text }) => [key, text.split(" ")])),
    /** Turns on branches, with a greater key. */
    turnsAfter: (key: number): readonly { readonly key: number; readonly turnId: string | null }[] => turns.all(key),
    totals: (): readonly CostTotalRow[] => totals.all(),
    /** Another one whenever a total was added or became another one. */
    totalsMark: (): string => String(totalsMark.get()),
    /** Sessions that were ever owned; none ceases to be. */
    ownedCount: (): number => owned.get() ?? 0,
    labelsMark: labelsMark(database),
    /** Models that no price list names, with their messages. */
    unknownModels: (): readonly { readonly model: string; readonly messages: number }[] => unpriced.all(),
    /** All reads until `end` see one state. */
    begin: (): void => void database.exec("BEGIN"),
    end: (): void => {
      if (database.inTransaction) database.exec("COMMIT");
    },
  };
}
