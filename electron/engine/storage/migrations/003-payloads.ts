import type { Migration } from "../migration.ts";

export const payloadsMigration: Migration = {
  name: "payloads",
  sql: `
    CREATE TABLE payloads (
      payload_id TEXT PRIMARY KEY,
      position INTEGER NOT NULL UNIQUE,
      session_id TEXT NOT NULL,
      broadcast_id TEXT,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      metadata TEXT NOT NULL,
      delivery TEXT NOT NULL,
      route TEXT NOT NULL,
      sender TEXT NOT NULL,
      composed_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX payloads_by_session ON payloads (session_id, position DESC);

    CREATE TABLE receipts (
      payload_id TEXT NOT NULL REFERENCES payloads (payload_id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      state TEXT NOT NULL,
      at TEXT NOT NULL,
      reason TEXT,
      PRIMARY KEY (payload_id, position)
    ) STRICT, WITHOUT ROWID;
  `,
};
