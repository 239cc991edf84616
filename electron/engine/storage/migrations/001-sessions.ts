import type { Migration } from "../migration.ts";

export const sessionsMigration: Migration = {
  name: "sessions",
  sql: `
    CREATE TABLE host_state (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- One row a session that was ever owned here. The summary is kept whole, as the last event left it; the columns
    -- beside it are those that lists filter and sort by.
    CREATE TABLE sessions (
      session_id TEXT PRIMARY KEY,
      project_path TEXT NOT NULL,
      started_at TEXT NOT NULL,
      last_activity_at TEXT NOT NULL,
      summary TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_by_activity ON sessions (last_activity_at DESC);
    CREATE INDEX sessions_by_project ON sessions (project_path, last_activity_at DESC);

    -- Children that run now. A row that a crash left behind names a process to end at the next start; the start time
    -- tells it from a stranger that was given the same pid.
    CREATE TABLE owned_processes (
      pid INTEGER PRIMARY KEY,
      start_identity TEXT NOT NULL,
      session_id TEXT NOT NULL
    ) STRICT;
  `,
};
