import type { Migration } from "../migration.ts";
import { sessionsMigration } from "./001-sessions.ts";
import { eventsMigration } from "./002-events.ts";
import { payloadsMigration } from "./003-payloads.ts";
import { permissionsMigration } from "./004-permissions.ts";
import { budgetsMigration } from "./005-budgets.ts";
import { labelsMigration } from "./006-labels.ts";
import { sentMessagesMigration } from "./007-sentMessages.ts";

/** In order; the database's `user_version` says how many of them it has. Append only. */
export const allMigrations: readonly Migration[] = [
  sessionsMigration,
  eventsMigration,
  payloadsMigration,
  permissionsMigration,
  budgetsMigration,
  labelsMigration,
  sentMessagesMigration,
];
