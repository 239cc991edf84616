import type { Migration } from "../migration.ts";

export const eventsMigration: Migration = {
  name: "events",
  sql: `
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY,
      session_id TEXT NOT NULL,
      at TEXT NOT NULL,
      type TEXT NOT NULL,
      data TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_by_session ON events (session_id, seq);
  `,
};
