import type { Migration } from "../migration.ts";

export const permissionsMigration: Migration = {
  name: "permissions",
  sql: `
    -- What was asked, and what was decided: kept for good, it answers "who allowed this".
    CREATE TABLE permissions (
      permission_id TEXT PRIMARY KEY,
      position INTEGER NOT NULL UNIQUE,
      session_id TEXT NOT NULL,
      tool_name TEXT NOT NULL,
      input_hash TEXT NOT NULL,
      status TEXT NOT NULL,
      requested_at TEXT NOT NULL,
      settled_at TEXT,
      decided_by TEXT,
      latency_ms INTEGER,
      outcome TEXT,
      permission TEXT NOT NULL
    ) STRICT;
    CREATE INDEX permissions_by_status ON permissions (status, position);
    CREATE INDEX permissions_by_session ON permissions (session_id, position);
  `,
};
