import type { Migration } from "../migration.ts";

export const toolsMigration: Migration = {
  name: "tools",
  sql: `
    -- The tools that a message calls, each combination once: their names in order, with a space between. NULL: none.
    ALTER TABLE api_messages ADD COLUMN tools_key INTEGER;
    CREATE TABLE called_tools (tools_key INTEGER PRIMARY KEY, tools TEXT NOT NULL UNIQUE) STRICT;

    -- All transcripts are read once more, as nobody has looked for tools in them.
    UPDATE transcript_files SET fingerprint = '', modified_ms = 0;
  `,
};
