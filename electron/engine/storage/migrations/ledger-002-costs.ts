import type { Migration } from "../migration.ts";

export const costsMigration: Migration = {
  name: "costs",
  sql: `
    -- What it cost, in whole nano-dollars, and by which price; nano_usd is NULL for what has no price, unpriced_reason says
    -- why. saved_nano: what its cache reads saved. flags: see ledgerCharge.ts.
    -- The file of messages that no transcript told: 0 for the live stream, -1 for an import.
    ALTER TABLE api_messages ADD COLUMN turn_key INTEGER;
    ALTER TABLE api_messages ADD COLUMN nano_usd INTEGER;
    ALTER TABLE api_messages ADD COLUMN saved_nano INTEGER;
    ALTER TABLE api_messages ADD COLUMN price_key INTEGER;
    ALTER TABLE api_messages ADD COLUMN unpriced_reason INTEGER;
    ALTER TABLE api_messages ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;

    -- Turns, each with the branch its messages were made on.
    CREATE TABLE message_turns (
      turn_key INTEGER PRIMARY KEY,
      turn_id TEXT,
      git_branch TEXT
    ) STRICT;
    CREATE INDEX message_turns_by_id ON message_turns (turn_id);

    -- Every price that was ever used. An id tells all that decides an amount.
    CREATE TABLE prices (
      price_key INTEGER PRIMARY KEY,
      price_id TEXT NOT NULL UNIQUE,
      source TEXT NOT NULL,
      price_date TEXT NOT NULL
    ) STRICT;

    -- The CLI's own running totals: of results of owned sessions, and of the last words of processes (cost-state).
    -- added_nano: what it says was added since the total before; NULL where it is to be seen from that total.
    CREATE TABLE cost_totals (
      session_key INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      total_nano INTEGER NOT NULL,
      added_nano INTEGER,
      turn_id TEXT,
      PRIMARY KEY (session_key, at_ms)
    ) STRICT, WITHOUT ROWID;

    -- Sessions that this host has run, or does.
    CREATE TABLE owned_sessions (session_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    -- Entries that were changed or removed, the newest some thousand: for those that hold entries in memory. New ones
    -- have a greater key than all before, and are not named.
    CREATE TABLE entry_changes (
      change_id INTEGER PRIMARY KEY AUTOINCREMENT,
      message_key INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE ledger_marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
