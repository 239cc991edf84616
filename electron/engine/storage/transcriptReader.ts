/**
 * What the index holds, for everyone but its writer: a connection of its own that only reads, at any time.
 * Invariant: reading never throws; without a ledger, or with one that cannot be read, there is nothing in it.
 */
import type { SessionLabel } from "../../../shared/model/session.ts";
import { apiMessageReads, NO_USE, type SessionUse } from "./apiMessageRows.ts";
import { labelsIn } from "./ledgerLabels.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import { openLedgerToRead } from "./openLedger.ts";
import {
  type SessionPage,
  transcriptReads,
  type TranscriptFileStateRow,
  type TranscriptSessionRow,
} from "./transcriptRows.ts";

export interface TranscriptReader {
  readonly session: (sessionId: string) => TranscriptSessionRow | null;
  /** The most recently active first; those active before `beforeMs` when it is given. */
  readonly sessions: (page: SessionPage) => readonly TranscriptSessionRow[];
  /**
   * All sessions, the most recently active first, some hundred fetched at a time: whoever has many may go on with other
   * work between them.
   */
  readonly allSessions: () => IterableIterator<TranscriptSessionRow>;
  readonly sessionCount: () => number;
  /** The session's files, deleted ones included, in the order of their paths. */
  readonly fileStatesOfSession: (sessionId: string) => readonly TranscriptFileStateRow[];
  /** What people labelled sessions with, as the ledger has it; those that were taken away too. */
  readonly labels: () => readonly SessionLabel[];
  readonly messages: {
    /** Tokens of the session's messages of the API, each counted once, and what it cost. */
    readonly useOfSession: (sessionId: string) => SessionUse;
  };
}

type Reads = ReturnType<typeof transcriptReads> & {
  readonly messages: ReturnType<typeof apiMessageReads>;
  readonly labels: () => readonly SessionLabel[];
};

/** Owns the reading connection: whoever writes the ledger says when it is there. */
export class LedgerReader implements TranscriptReader {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  #database: SqliteDatabase | null = null;
  #reads: Reads | null = null;

  constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  get isOpen(): boolean {
    return this.#reads !== null;
  }

  /** Opens the file that is there now, in the place of the one that was open. */
  reopen(path = this.#path): void {
    this.close();
    try {
      this.#database = openLedgerToRead(path);
      const database = this.#database;
      this.#reads = {
        ...transcriptReads(database),
        messages: apiMessageReads(database),
        labels: () => [...labelsIn(database)],
      };
    } catch (error) {
      this.close();
      this.#onError(error);
    }
  }

  close(): void {
    this.#reads = null;
    this.#database?.close();
    this.#database = null;
  }

  readonly session = (sessionId: string): TranscriptSessionRow | null =>
    this.#read((reads) => reads.session(sessionId), null);

  readonly sessions = (page: SessionPage): readonly TranscriptSessionRow[] =>
    this.#read((reads) => reads.sessions(page), []);

  readonly sessionCount = (): number => this.#read((reads) => reads.sessionCount(), 0);

  readonly fileStatesOfSession = (sessionId: string): readonly TranscriptFileStateRow[] =>
    this.#read((reads) => reads.fileStatesOfSession(sessionId), []);

  readonly labels = (): readonly SessionLabel[] => this.#read(({ labels }) => labels(), []);

  readonly messages = {
    useOfSession: (sessionId: string): SessionUse =>
      this.#read((reads) => reads.messages.useOfSession(sessionId), NO_USE),
  };

  *allSessions(): IterableIterator<TranscriptSessionRow> {
    const rows = this.#read((reads) => reads.allSessions(), null);
    if (rows === null) return;
    for (;;) {
      const next = this.#read(() => rows.next(), null);
      if (next === null || next.done === true) return;
      yield next.value;
    }
  }

  #read<T>(act: (reads: Reads) => T, nothing: T): T {
    if (this.#reads === null) return nothing;
    try {
      return act(this.#reads);
    } catch (error) {
      this.#onError(error);
      return nothing;
    }
  }
}
