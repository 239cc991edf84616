/** The transcript files that were read, and the sessions that they tell of. */
import { z } from "zod";
import type { SqliteDatabase } from "./openDatabase.ts";

/**
 * - `partial`: more of it is to be read.
 * - `ready`: read to its end.
 * - `failed`: it could not be read; `error` says why.
 * - `gone`: it was deleted; what it said is kept.
 */
const fileStateSchema = z.enum(["partial", "ready", "failed", "gone"]);
export type TranscriptFileState = z.infer<typeof fileStateSchema>;

const kindSchema = z.enum(["main", "subagent", "part"]);

const fileSchema = z.object({
  path: z.string(),
  kind: kindSchema,
  sessionId: z.string().nullable(),
  identity: z.string(),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
  offset: z.number(),
  fingerprint: z.string(),
  state: fileStateSchema,
  error: z.string().nullable(),
  /** What was gathered up to `offset`, as JSON. */
  facts: z.string(),
});
export type TranscriptFileRow = Readonly<z.infer<typeof fileSchema>>;

const fileStateRowSchema = fileSchema.omit({ facts: true, fingerprint: true, kind: true });
/** A file without what it says: enough to know whether it must be read. */
export type TranscriptFileStateRow = Readonly<z.infer<typeof fileStateRowSchema>>;

const sessionSchema = z.object({
  sessionId: z.string(),
  projectPath: z.string().nullable(),
  lastActivityMs: z.number(),
  /** The rolled-up facts, as JSON. */
  facts: z.string(),
});
export type TranscriptSessionRow = Readonly<z.infer<typeof sessionSchema>>;

export interface TranscriptRows {
  readonly fileStates: () => readonly TranscriptFileStateRow[];
  readonly file: (path: string) => TranscriptFileRow | null;
  /** Answers the file's number, which stays its own. */
  readonly saveFile: (row: TranscriptFileRow) => number;
  readonly setFileState: (path: string, state: TranscriptFileState, error: string | null) => void;
  readonly filesOfSession: (sessionId: string) => readonly TranscriptFileRow[];
  /** Sessions of which a file has changed since `saveSession` was last called for them. */
  readonly sessionsToRollUp: () => readonly string[];
  /** Also marks the session's files as rolled up. */
  readonly saveSession: (row: TranscriptSessionRow) => void;
  readonly session: (sessionId: string) => TranscriptSessionRow | null;
  /** The most recently active first; those active before `beforeMs` when it is given. */
  readonly sessions: (page: { readonly limit: number; readonly beforeMs?: number }) => readonly TranscriptSessionRow[];
  readonly sessionCount: () => number;
}

const FILE_COLUMNS = `path, kind, session_id AS sessionId, identity, size_bytes AS sizeBytes, modified_ms AS modifiedMs,
  read_offset AS offset, fingerprint, state, error, facts`;
const SESSION_COLUMNS =
  "session_id AS sessionId, project_path AS projectPath, last_activity_ms AS lastActivityMs, facts";

export function transcriptRows(database: SqliteDatabase): TranscriptRows {
  return { ...fileRows(database), ...sessionRows(database) };
}

function fileRows(database: SqliteDatabase) {
  const save = database
    .prepare(
      `INSERT INTO transcript_files (path, kind, session_id, identity, size_bytes, modified_ms, read_offset, fingerprint,
        state, error, facts)
      VALUES (@path, @kind, @sessionId, @identity, @sizeBytes, @modifiedMs, @offset, @fingerprint, @state, @error, @facts)
      ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, session_id = excluded.session_id,
        identity = excluded.identity, size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms,
        read_offset = excluded.read_offset, fingerprint = excluded.fingerprint, state = excluded.state,
        error = excluded.error, facts = excluded.facts, is_rolled_up = 0
      RETURNING file_id`,
    )
    .pluck();
  const states = database.prepare(
    `SELECT path, session_id AS sessionId, identity, size_bytes AS sizeBytes, modified_ms AS modifiedMs,
      read_offset AS offset, state, error FROM transcript_files`,
  );
  const one = database.prepare(`SELECT ${FILE_COLUMNS} FROM transcript_files WHERE path = ?`);
  const ofSession = database.prepare(
    `SELECT ${FILE_COLUMNS} FROM transcript_files WHERE session_id = ? AND facts <> '' ORDER BY path`,
  );
  const toRollUp = database
    .prepare("SELECT DISTINCT session_id FROM transcript_files WHERE is_rolled_up = 0 AND session_id IS NOT NULL")
    .pluck();
  const setState = database.prepare(
    "UPDATE transcript_files SET state = ?, error = ?, is_rolled_up = 0 WHERE path = ?",
  );
  return {
    fileStates: () => z.array(fileStateRowSchema).parse(states.all()),
    file: (path: string) => fileSchema.nullable().parse(one.get(path) ?? null),
    saveFile: (row: TranscriptFileRow) => Number(save.get(row)),
    setFileState: (path: string, state: TranscriptFileState, error: string | null) =>
      void setState.run(state, error, path),
    filesOfSession: (sessionId: string) => z.array(fileSchema).parse(ofSession.all(sessionId)),
    sessionsToRollUp: () => z.array(z.string()).parse(toRollUp.all()),
  };
}

function sessionRows(database: SqliteDatabase) {
  const save = database.prepare(
    `INSERT INTO transcript_sessions (session_id, project_path, last_activity_ms, facts)
    VALUES (@sessionId, @projectPath, @lastActivityMs, @facts)
    ON CONFLICT (session_id) DO UPDATE SET project_path = excluded.project_path,
      last_activity_ms = excluded.last_activity_ms, facts = excluded.facts`,
  );
  const rolledUp = database.prepare(
    "UPDATE transcript_files SET is_rolled_up = 1 WHERE session_id = ? AND is_rolled_up = 0",
  );
  const one = database.prepare(
    `SELECT ${SESSION_COLUMNS} FROM transcript_sessions WHERE session_id = ? AND last_activity_ms IS NOT NULL`,
  );
  const page = database.prepare(
    `SELECT ${SESSION_COLUMNS} FROM transcript_sessions WHERE last_activity_ms < ?
    ORDER BY last_activity_ms DESC, session_id LIMIT ?`,
  );
  const count = database.prepare("SELECT count(*) FROM transcript_sessions WHERE last_activity_ms IS NOT NULL").pluck();
  return {
    saveSession: (row: TranscriptSessionRow) => {
      save.run(row);
      rolledUp.run(row.sessionId);
    },
    session: (sessionId: string) => sessionSchema.nullable().parse(one.get(sessionId) ?? null),
    sessions: ({ limit, beforeMs = Number.MAX_SAFE_INTEGER }: { readonly limit: number; readonly beforeMs?: number }) =>
      z.array(sessionSchema).parse(page.all(beforeMs, limit)),
    sessionCount: () => Number(count.get()),
  };
}
