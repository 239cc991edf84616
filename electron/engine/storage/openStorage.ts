import type { EngineLog } from "../engineLog.ts";
import { type BudgetRows, budgetRows } from "./budgetRows.ts";
import { type EventJournal, openEventJournal } from "./eventJournal.ts";
import { HeldWrites } from "./heldWrites.ts";
import { reserveSequence, type SeqReservation } from "./hostStateRows.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import { type OwnedProcessRows, ownedProcessRows } from "./ownedProcessRows.ts";
import { type PayloadRows, payloadRows } from "./payloadRows.ts";
import { type PermissionRows, permissionRows } from "./permissionRows.ts";
import { type SessionLabelRows, sessionLabelRows } from "./sessionLabelRows.ts";
import { type SessionRows, sessionRows } from "./sessionRows.ts";
import { type SettingsRows, settingsRows } from "./settingsRows.ts";

/** Everything that is kept, each kind behind an interface of its own. */
export interface Storage {
  readonly sequence: SeqReservation;
  readonly settings: SettingsRows;
  readonly sessions: SessionRows;
  readonly sessionLabels: SessionLabelRows;
  readonly ownedProcesses: OwnedProcessRows;
  readonly payloadRows: PayloadRows;
  readonly permissionRows: PermissionRows;
  readonly budgetRows: BudgetRows;
  readonly journal: EventJournal;
  /** What a person must be told: that it cannot be written at present, and what is missing for that. */
  readonly notices: () => readonly string[];
  /** Writes what is still held back and closes the database. */
  readonly dispose: () => void;
}

/** A locked file must not hold up the sessions: what cannot be written in this time is held. */
const WRITE_PATIENCE_MS = 50;

/** `onNotices` is called when there is something else to tell. */
export function openStorage(database: SqliteDatabase, log: EngineLog, onNotices: () => void): Storage {
  database.pragma(`busy_timeout = ${WRITE_PATIENCE_MS}`);
  const writes = new HeldWrites({ database, log, onChange: onNotices });
  const onWriteError = (error: unknown): void => log.error({ err: error }, "events were not kept");
  const journal = openEventJournal(database, onWriteError, writes);
  return {
    sequence: reserveSequence(database, writes),
    settings: settingsRows(database, writes),
    sessions: sessionRows(database, writes),
    sessionLabels: sessionLabelRows(database, writes),
    ownedProcesses: ownedProcessRows(database, writes),
    payloadRows: payloadRows(database, writes),
    permissionRows: permissionRows(database, writes),
    budgetRows: budgetRows(database, writes),
    journal,
    notices: () => writes.notices(),
    dispose: () => {
      journal.dispose();
      writes.dispose();
      database.close();
    },
  };
}
