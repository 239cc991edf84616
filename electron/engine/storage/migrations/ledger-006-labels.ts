import type { Migration } from "../migration.ts";

export const ledgerLabelsMigration: Migration = {
  name: "labels",
  sql: `
    -- What people labelled sessions with; the host's own database says so, and the ledger keeps a copy to sum by.
    -- label: NULL when it was taken away. change_number: the greatest is that of the last change.
    CREATE TABLE session_labels (
      session_id TEXT PRIMARY KEY,
      label TEXT,
      change_number INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_labels_by_change ON session_labels (change_number);
  `,
};
