/**
 * The transcript files that were read, and the sessions that they tell of.
 * Rows are typed by their statements and not checked again: only `transcriptWrites` writes them, and the thread that does
 * has no room for a schema library.
 */
import type { SqliteDatabase } from "./openDatabase.ts";

/**
 * - `partial`: more of it is to be read.
 * - `ready`: read to its end.
 * - `failed`: it could not be read; `error` says why.
 * - `gone`: it was deleted; what it said is kept.
 */
export type TranscriptFileState = "partial" | "ready" | "failed" | "gone";

export interface TranscriptFileRow {
  readonly path: string;
  readonly kind: "main" | "subagent" | "part";
  readonly sessionId: string | null;
  readonly identity: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly offset: number;
  readonly fingerprint: string;
  readonly state: TranscriptFileState;
  readonly error: string | null;
  /** What was gathered up to `offset`, as JSON. */
  readonly facts: string;
}

/** A file without what it says: enough to know whether it must be read. */
export type TranscriptFileStateRow = Omit<TranscriptFileRow, "facts" | "fingerprint">;

export interface TranscriptSessionRow {
  readonly sessionId: string;
  readonly projectPath: string | null;
  readonly lastActivityMs: number;
  /** The rolled-up facts, as JSON (`parseSessionFacts`). */
  readonly facts: string;
}

/** A page of sessions: the most recently active first, and those active before `beforeMs` when it is given. */
export interface SessionPage {
  readonly limit: number;
  readonly beforeMs?: number;
}

const STATE_COLUMNS = `path, kind, session_id AS sessionId, identity, size_bytes AS sizeBytes, modified_ms AS modifiedMs,
  read_offset AS offset, state, error`;
const FILE_COLUMNS = `${STATE_COLUMNS}, fingerprint, facts`;
const SESSION_COLUMNS =
  "session_id AS sessionId, project_path AS projectPath, last_activity_ms AS lastActivityMs, facts";

/** Rows fetched at a time when all are gone through: a millisecond's work. */
const ROWS_AT_A_TIME = 100;

export type TranscriptReads = ReturnType<typeof transcriptReads>;
export type TranscriptWrites = ReturnType<typeof transcriptWrites>;

export function transcriptReads(database: SqliteDatabase) {
  const states = database.prepare<[], TranscriptFileStateRow>(`SELECT ${STATE_COLUMNS} FROM transcript_files`);
  const file = database.prepare<[string], TranscriptFileRow>(
    `SELECT ${FILE_COLUMNS} FROM transcript_files WHERE path = ?`,
  );
  const files = database.prepare<[string], TranscriptFileRow>(
    `SELECT ${FILE_COLUMNS} FROM transcript_files WHERE session_id = ? AND facts <> '' ORDER BY path`,
  );
  // Facts are long, and lie on pages of their own.
  const statesOfSession = database.prepare<[string], TranscriptFileStateRow>(
    `SELECT ${STATE_COLUMNS} FROM transcript_files WHERE session_id = ? AND octet_length(facts) > 0 ORDER BY path`,
  );
  const one = database.prepare<[string], TranscriptSessionRow>(
    `SELECT ${SESSION_COLUMNS} FROM transcript_sessions WHERE session_id = ? AND last_activity_ms IS NOT NULL`,
  );
  const page = database.prepare<[number, number], TranscriptSessionRow>(
    `SELECT ${SESSION_COLUMNS} FROM transcript_sessions WHERE last_activity_ms < ?
    ORDER BY last_activity_ms DESC, session_id LIMIT ?`,
  );
  const count = database.prepare("SELECT count(*) FROM transcript_sessions WHERE last_activity_ms IS NOT NULL").pluck();
  return {
    fileStates: (): readonly TranscriptFileStateRow[] => states.all(),
    file: (path: string): TranscriptFileRow | null => file.get(path) ?? null,
    filesOfSession: (sessionId: string): readonly TranscriptFileRow[] => files.all(sessionId),
    fileStatesOfSession: (sessionId: string): readonly TranscriptFileStateRow[] => statesOfSession.all(sessionId),
    session: (sessionId: string): TranscriptSessionRow | null => one.get(sessionId) ?? null,
    sessions: ({ limit, beforeMs = Number.MAX_SAFE_INTEGER }: SessionPage): readonly TranscriptSessionRow[] =>
      page.all(beforeMs, limit),
    sessionCount: (): number => Number(count.get()),
    allSessions: () => eachSession(database),
  };
}

/** Fetched in pages, so that other statements run between rows. What becomes active meanwhile may be missed or come twice. */
function* eachSession(database: SqliteDatabase): IterableIterator<TranscriptSessionRow> {
  const next = database.prepare<[{ readonly atMs: number; readonly id: string }], TranscriptSessionRow>(
    `SELECT ${SESSION_COLUMNS} FROM transcript_sessions
    WHERE last_activity_ms <= @atMs AND (last_activity_ms < @atMs OR session_id > @id)
    ORDER BY last_activity_ms DESC, session_id LIMIT ${ROWS_AT_A_TIME}`,
  );
  let after = { atMs: Number.MAX_SAFE_INTEGER, id: "" };
  for (;;) {
    const rows = next.all(after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_A_TIME) return;
    after = { atMs: last.lastActivityMs, id: last.sessionId };
  }
}

export function transcriptWrites(database: SqliteDatabase) {
  const saveFile = database
    .prepare(
      `INSERT INTO transcript_files (path, kind, session_id, identity, size_bytes, modified_ms, read_offset, fingerprint,
        state, error, facts)
      VALUES (@path, @kind, @sessionId, @identity, @sizeBytes, @modifiedMs, @offset, @fingerprint, @state, @error, @facts)
      ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, session_id = excluded.session_id,
        identity = excluded.identity, size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms,
        read_offset = excluded.read_offset, fingerprint = excluded.fingerprint, state = excluded.state,
        error = excluded.error, facts = excluded.facts
      RETURNING file_id`,
    )
    .pluck();
  const setFileState = database.prepare("UPDATE transcript_files SET state = ?, error = ? WHERE path = ?");
  const saveSession = database.prepare(
    `INSERT INTO transcript_sessions (session_id, project_path, last_activity_ms, facts)
    VALUES (@sessionId, @projectPath, @lastActivityMs, @facts)
    ON CONFLICT (session_id) DO UPDATE SET project_path = excluded.project_path,
      last_activity_ms = excluded.last_activity_ms, facts = excluded.facts`,
  );
  return {
    /** Answers the file's number, which stays its own. */
    saveFile: (row: TranscriptFileRow): number => Number(saveFile.get(row)),
    setFileState: (path: string, state: TranscriptFileState, error: string | null): void =>
      void setFileState.run(state, error, path),
    saveSession: (row: TranscriptSessionRow): void => void saveSession.run(row),
  };
}
