import { type ApiMessageRows, apiMessageRows } from "./apiMessageRows.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import { type TranscriptRows, transcriptRows } from "./transcriptRows.ts";

/** All that the index over transcripts keeps, written together. */
export interface TranscriptStore extends TranscriptRows {
  readonly messages: ApiMessageRows;
  /** Runs all writes of `act` as one: all of them are kept, or none. @throws what `act` throws, and SQLite's errors. */
  readonly transaction: (act: () => void) => void;
}

export function transcriptStore(database: SqliteDatabase): TranscriptStore {
  const messages = apiMessageRows(database);
  const run = database.transaction((act: () => void) => act());
  return {
    ...transcriptRows(database),
    messages,
    transaction: (act) => {
      try {
        run(act);
      } catch (error) {
        messages.forget();
        throw error;
      }
    },
  };
}
