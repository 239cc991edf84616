import type { Migration } from "../migration.ts";

export const labelsMigration: Migration = {
  name: "labels",
  sql: `
    -- What people labelled sessions with, owned here or not. NULL: it was taken away.
    CREATE TABLE session_labels (
      session_id TEXT PRIMARY KEY,
      label TEXT
    ) STRICT, WITHOUT ROWID;
  `,
};
