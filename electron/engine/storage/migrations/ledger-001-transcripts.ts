import type { Migration } from "../migration.ts";

export const transcriptsMigration: Migration = {
  name: "transcripts",
  sql: `
    -- One row a transcript file that was ever read. What was read of it, up to read_offset, is in facts and in
    -- api_messages: all three are written in one transaction. The row of a deleted file stays.
    CREATE TABLE transcript_files (
      file_id INTEGER PRIMARY KEY,
      path TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      session_id TEXT,
      identity TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      modified_ms REAL NOT NULL,
      read_offset INTEGER NOT NULL,
      fingerprint TEXT NOT NULL,
      state TEXT NOT NULL,
      error TEXT,
      facts TEXT NOT NULL
    ) STRICT;
    CREATE INDEX transcript_files_by_session ON transcript_files (session_id);

    -- One row a session: its files' facts, rolled up in the transaction that changed one of them. A session that only
    -- copies of its messages name, in the files of another, has a row without facts: last_activity_ms is NULL.
    CREATE TABLE transcript_sessions (
      session_key INTEGER PRIMARY KEY,
      session_id TEXT NOT NULL UNIQUE,
      project_path TEXT,
      last_activity_ms INTEGER,
      facts TEXT
    ) STRICT;
    CREATE INDEX transcript_sessions_by_activity ON transcript_sessions (last_activity_ms DESC, session_id);

    -- What many messages have in common, each combination once.
    CREATE TABLE message_kinds (
      kind_key INTEGER PRIMARY KEY,
      model TEXT,
      speed TEXT,
      service_tier TEXT,
      inference_geo TEXT
    ) STRICT;

    -- One row a message of the API, whatever number of records repeat it; variant tells the few that share a message id
    -- and are different requests. The position is where the kept copy was read.
    CREATE TABLE api_messages (
      message_key INTEGER PRIMARY KEY,
      message_id TEXT NOT NULL,
      variant INTEGER NOT NULL,
      request_id TEXT,
      session_key INTEGER NOT NULL,
      kind_key INTEGER NOT NULL,
      at_ms INTEGER,
      input INTEGER,
      output INTEGER,
      cache_read INTEGER,
      cache_write_5m INTEGER,
      cache_write_1h INTEGER,
      web_searches INTEGER,
      is_sidechain INTEGER NOT NULL,
      is_fork_copy INTEGER NOT NULL,
      by_id_alone INTEGER NOT NULL,
      file_id INTEGER NOT NULL,
      record_offset INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX api_messages_by_id ON api_messages (message_id, variant);
    CREATE INDEX api_messages_by_session ON api_messages (session_key);
  `,
};
