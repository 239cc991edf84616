/**
 * All that the index over transcripts keeps, and when it becomes true for others.
 * Invariant: writes gather in one open transaction until `commit`; a group of writes that fails leaves nothing of itself
 * behind, and the groups before it as they are unless SQLite undid them too (`hasOpenWrites` is false then).
 */
import { type ApiMessageReads, apiMessageReads } from "./apiMessageRows.ts";
import { type ApiMessageWrites, apiMessageWrites } from "./apiMessageWrites.ts";
import type { ChargeOf } from "./ledgerCharge.ts";
import { type LedgerWrites, ledgerWrites } from "./ledgerWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import { type TranscriptReads, transcriptReads, type TranscriptWrites, transcriptWrites } from "./transcriptRows.ts";

export interface TranscriptStore extends TranscriptReads, TranscriptWrites {
  readonly messages: ApiMessageReads & ApiMessageWrites;
  readonly ledger: LedgerWrites;
  /** Runs all writes of `act` as one, in the open transaction. @throws what `act` throws, and SQLite's errors. */
  readonly write: (act: () => void) => void;
  /** Makes all writes since the last time permanent. @throws SQLite's errors. */
  readonly commit: () => void;
  /** Undoes all writes since the last commit. */
  readonly undo: () => void;
  /** False when nothing was written since the last commit, or when it was undone. */
  readonly hasOpenWrites: () => boolean;
  /** To be called before much is written. */
  readonly expand: () => void;
  /** To be called when it is written: gives back the room that it took. */
  readonly rest: () => void;
}

/** `chargeOf` says what a message costs; without it all wait to be priced. */
export function transcriptStore(database: SqliteDatabase, chargeOf?: ChargeOf): TranscriptStore {
  const writes = apiMessageWrites(database, chargeOf);
  const ledger = ledgerWrites(database);
  const forget = (): void => {
    writes.forget();
    ledger.forget();
  };
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  // Within an open transaction this is a savepoint.
  const together = database.transaction((act: () => void) => act());
  return {
    ...transcriptReads(database),
    ...transcriptWrites(database),
    messages: { ...apiMessageReads(database), ...writes },
    ledger,
    write: (act) => {
      if (!database.inTransaction) begin.run();
      try {
        together(act);
      } catch (error) {
        forget();
        throw error;
      }
    },
    commit: () => {
      if (database.inTransaction) commit.run();
    },
    undo: () => {
      if (database.inTransaction) database.exec("ROLLBACK");
      forget();
    },
    hasOpenWrites: () => database.inTransaction,
    expand: writes.beginFirst,
    rest: () => {
      writes.endFirst();
      database.pragma("wal_checkpoint(TRUNCATE)");
      database.pragma("shrink_memory");
    },
  };
}
