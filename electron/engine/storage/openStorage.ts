import type { EngineLog } from "../engineLog.ts";
import { type EventJournal, openEventJournal } from "./eventJournal.ts";
import { reserveSequence, type SeqReservation } from "./hostStateRows.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import { type OwnedProcessRows, ownedProcessRows } from "./ownedProcessRows.ts";
import { type PayloadRows, payloadRows } from "./payloadRows.ts";
import { type PermissionRows, permissionRows } from "./permissionRows.ts";
import { type SessionRows, sessionRows } from "./sessionRows.ts";
import { type SettingsRows, settingsRows } from "./settingsRows.ts";

/** Everything that is kept, each kind behind an interface of its own. */
export interface Storage {
  readonly sequence: SeqReservation;
  readonly settings: SettingsRows;
  readonly sessions: SessionRows;
  readonly ownedProcesses: OwnedProcessRows;
  readonly payloadRows: PayloadRows;
  readonly permissionRows: PermissionRows;
  readonly journal: EventJournal;
  /** Writes what is still held back and closes the database. */
  readonly dispose: () => void;
}

export function openStorage(database: SqliteDatabase, log: EngineLog): Storage {
  const journal = openEventJournal(database, (error) => log.error({ err: error }, "events were not kept"));
  return {
    sequence: reserveSequence(database),
    settings: settingsRows(database),
    sessions: sessionRows(database),
    ownedProcesses: ownedProcessRows(database),
    payloadRows: payloadRows(database),
    permissionRows: permissionRows(database),
    journal,
    dispose: () => {
      journal.dispose();
      database.close();
    },
  };
}
