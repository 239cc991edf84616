import type { SessionSummary } from "../../../shared/model/session.ts";
import { sessionSummarySchema } from "../../../shared/model/session.ts";
import { directWrites, type RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** The sessions that were ever owned here, each as its last event left it. */
export interface SessionRows {
  readonly save: (summary: SessionSummary) => void;
  /** All sessions that are written, the most recently active first. A row that this version cannot read is left out. */
  readonly all: () => readonly SessionSummary[];
}

export function sessionRows(database: SqliteDatabase, writes: RowWrites = directWrites): SessionRows {
  const save = database.prepare(`
    INSERT INTO sessions (session_id, project_path, started_at, last_activity_at, summary)
    VALUES (@sessionId, @projectPath, @startedAt, @lastActivityAt, @summary)
    ON CONFLICT (session_id) DO UPDATE SET
      project_path = excluded.project_path,
      last_activity_at = excluded.last_activity_at,
      summary = excluded.summary
  `);
  // The label is the other table's: a summary is written a moment after its session changed.
  const all = database.prepare<[], { readonly summary: string; readonly label: string | null }>(
    "SELECT summary, label FROM sessions LEFT JOIN session_labels USING (session_id) ORDER BY last_activity_at DESC",
  );
  return {
    save: (summary) => {
      const { sessionId, projectPath, startedAt, lastActivityAt } = summary;
      const row = { sessionId, projectPath, startedAt, lastActivityAt, summary: JSON.stringify(summary) };
      const [characters, key] = [() => row.summary.length, `session:${sessionId}`];
      writes.write({ act: () => void save.run(row), characters, what: "record", key });
    },
    all: () =>
      all.all().flatMap(({ summary, label }) => {
        const parsed = sessionSummarySchema.safeParse(JSON.parse(summary));
        return parsed.success ? [{ ...parsed.data, label }] : [];
      }),
  };
}
