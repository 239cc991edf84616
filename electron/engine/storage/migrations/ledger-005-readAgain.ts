import type { Migration } from "../migration.ts";

export const readAgainMigration: Migration = {
  name: "read again",
  sql: `
    -- All transcripts that there are are read once more: titles, turns and the requests of copies are told by other rules.
    UPDATE transcript_files SET fingerprint = '', modified_ms = 0 WHERE state <> 'gone';
  `,
};
