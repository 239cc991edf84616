import type { Migration } from "../migration.ts";

export const budgetsMigration: Migration = {
  name: "budgets",
  sql: `
    CREATE TABLE budgets (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      budget_id TEXT NOT NULL UNIQUE,
      budget TEXT NOT NULL
    ) STRICT;

    -- Every threshold that was passed, once: kept for good, also when its budget is deleted.
    CREATE TABLE budget_alerts (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      alert_id TEXT NOT NULL UNIQUE,
      budget_id TEXT NOT NULL,
      -- Whose use it is, e.g. a session of a budget for each.
      subject TEXT NOT NULL,
      -- Such as day:2026-11-20, in the host's time zone of that time.
      period TEXT NOT NULL,
      limit_key TEXT NOT NULL,
      percent INTEGER NOT NULL,
      -- 0 for a threshold that was passed together with a higher one, which was told for both.
      is_told INTEGER NOT NULL,
      alert TEXT NOT NULL,
      UNIQUE (budget_id, subject, period, limit_key, percent)
    ) STRICT;
    CREATE INDEX budget_alerts_told ON budget_alerts (budget_id, position) WHERE is_told = 1;

    -- Who let work go on beyond a limit, and when that was taken back.
    CREATE TABLE budget_overrides (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      budget_id TEXT NOT NULL,
      subject TEXT NOT NULL,
      period TEXT NOT NULL,
      limit_key TEXT NOT NULL,
      override_id TEXT NOT NULL UNIQUE,
      -- The budget's name at that time.
      budget_name TEXT NOT NULL,
      session_id TEXT,
      -- In the unit of the limit, at that time; null when it was not known.
      spent REAL,
      at TEXT NOT NULL,
      by TEXT NOT NULL,
      note TEXT,
      until TEXT,
      revoked_at TEXT
    ) STRICT;
    CREATE INDEX budget_overrides_by_budget ON budget_overrides (budget_id, period);
  `,
};
