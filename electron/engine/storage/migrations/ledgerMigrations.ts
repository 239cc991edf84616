import type { Migration } from "../migration.ts";
import { costsMigration } from "./ledger-002-costs.ts";
import { listPricesMigration } from "./ledger-004-listPrices.ts";
import { readAgainMigration } from "./ledger-005-readAgain.ts";
import { toolsMigration } from "./ledger-003-tools.ts";
import { ledgerLabelsMigration } from "./ledger-006-labels.ts";
import { ledgerViewsMigration } from "./ledger-007-views.ts";
import { transcriptsMigration } from "./ledger-001-transcripts.ts";

/** Those of `ledger.db`, in order; its `user_version` says how many of them it has. Append only. */
export const ledgerMigrations: readonly Migration[] = [
  transcriptsMigration,
  costsMigration,
  toolsMigration,
  listPricesMigration,
  readAgainMigration,
  ledgerLabelsMigration,
  ledgerViewsMigration,
];
