import type { Migration } from "../migration.ts";

export const listPricesMigration: Migration = {
  name: "list prices",
  sql: `
    -- What an entry costs by the shipped prices, which are the CLI's, where it is charged by others of the user's: the CLI's
    -- own totals are compared with it. NULL: the same as nano_usd; -1: the shipped prices do not know the model.
    ALTER TABLE api_messages ADD COLUMN list_nano INTEGER;
  `,
};
