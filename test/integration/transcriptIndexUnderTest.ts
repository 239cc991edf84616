/** An index over a folder with a data directory of its own, and what it came to, for comparison with another. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiMessageReads } from "../../electron/engine/storage/apiMessageRows.ts";
import { ledgerPath, openLedgerToRead } from "../../electron/engine/storage/openLedger.ts";
import { transcriptReads } from "../../electron/engine/storage/transcriptRows.ts";
import {
  openTranscriptIndex,
  type TranscriptIndex,
  type TranscriptIndexOptions,
} from "../../electron/engine/transcripts/transcriptIndex.ts";

/** All that is kept, read by the test's own connection. */
export type StoredIndex = ReturnType<typeof transcriptReads> & {
  readonly messages: ReturnType<typeof apiMessageReads>;
};

export interface IndexUnderTest {
  readonly index: TranscriptIndex;
  readonly store: StoredIndex;
  /** What was logged as a warning or an error. */
  readonly warnings: readonly string[];
  /** Resolves at the next change, with the sessions that changed. */
  readonly nextChange: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export interface IndexUnderTestOptions extends Partial<Omit<TranscriptIndexOptions, "roots" | "log" | "onChange">> {
  readonly roots: readonly string[] | (() => readonly string[]);
}

export async function openIndexUnderTest({ roots, ...options }: IndexUnderTestOptions): Promise<IndexUnderTest> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "switchboard-ledger-"));
  mkdirSync(dataDir, { recursive: true });
  const warnings: string[] = [];
  let waiting: ((sessionIds: readonly string[]) => void)[] = [];
  const note = (detail: object, message: string): void => void warnings.push(`${message} ${JSON.stringify(detail)}`);
  const index = await openTranscriptIndex({
    ...options,
    dataDir,
    roots: () => Promise.resolve(typeof roots === "function" ? roots() : roots),
    log: { info: () => undefined, warn: note, error: note },
    onChange: (sessionIds) => {
      const told = waiting;
      waiting = [];
      for (const tell of told) tell(sessionIds);
    },
  });
  const database = openLedgerToRead(ledgerPath(dataDir));
  return {
    index,
    store: { ...transcriptReads(database), messages: apiMessageReads(database) },
    warnings,
    nextChange: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      database.close();
      await index.dispose();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true });
    },
  };
}

/** All that an index holds, in an order that does not depend on how it came to be. */
export function contents(store: StoredIndex): unknown {
  const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : 1);
  const bySession = (a: { readonly sessionId: string }, b: { readonly sessionId: string }): number =>
    a.sessionId < b.sessionId ? -1 : 1;
  return {
    files: store.fileStates().toSorted(byPath),
    sessions: [...store.allSessions()].toSorted(bySession),
    messages: [...store.messages.all()],
  };
}
