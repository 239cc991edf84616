/** An index over a folder with a database of its own, and what it came to, for comparison with another. */
import { allMigrations } from "../../electron/engine/storage/migrations/allMigrations.ts";
import { transcriptsMigration } from "../../electron/engine/storage/migrations/005-transcripts.ts";
import { openDatabase } from "../../electron/engine/storage/openDatabase.ts";
import { type TranscriptStore, transcriptStore } from "../../electron/engine/storage/transcriptStore.ts";
import { openTranscriptIndex, type TranscriptIndex } from "../../electron/engine/transcripts/transcriptIndex.ts";

export interface IndexUnderTest {
  readonly index: TranscriptIndex;
  readonly store: TranscriptStore;
  /** What was logged as a warning or an error. */
  readonly warnings: readonly string[];
  /** Resolves at the next change, with the sessions that changed. */
  readonly nextChange: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export interface IndexUnderTestOptions {
  readonly roots: readonly string[];
  /** The database; in memory when missing. */
  readonly file?: string;
  readonly onProgress?: () => void;
}

export function openIndexUnderTest({ roots, file, onProgress }: IndexUnderTestOptions): IndexUnderTest {
  const migrations = allMigrations.includes(transcriptsMigration)
    ? allMigrations
    : [...allMigrations, transcriptsMigration];
  const { database } = openDatabase(file ?? ":memory:", () => new Date(), migrations);
  const store = transcriptStore(database);
  const warnings: string[] = [];
  let waiting: ((sessionIds: readonly string[]) => void)[] = [];
  const note = (detail: object, message: string): void => void warnings.push(`${message} ${JSON.stringify(detail)}`);
  const index = openTranscriptIndex({
    roots: () => Promise.resolve(roots),
    store,
    log: { info: () => undefined, warn: note, error: note },
    ...(onProgress === undefined ? {} : { onProgress }),
    onChange: (sessionIds) => {
      const told = waiting;
      waiting = [];
      for (const tell of told) tell(sessionIds);
    },
  });
  return {
    index,
    store,
    warnings,
    nextChange: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      await index.dispose();
      database.close();
    },
  };
}

/** All that an index holds, in an order that does not depend on how it came to be. */
export function contents(store: TranscriptStore): unknown {
  const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : 1);
  const bySession = (a: { readonly sessionId: string }, b: { readonly sessionId: string }): number =>
    a.sessionId < b.sessionId ? -1 : 1;
  return {
    files: store.fileStates().toSorted(byPath),
    sessions: store.sessions({ limit: 100_000 }).toSorted(bySession),
    messages: [...store.messages.all()],
  };
}
