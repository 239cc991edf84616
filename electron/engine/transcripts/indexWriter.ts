/**
 * Writes what was read into the store, and tells which sessions changed. Knows nothing about how files are found or read.
 * Invariants: a file's offset, its facts and its messages are written as one; a session's row is derived from its
 * files' rows and is brought up to date soon after, also when the host was killed in between.
 */
import type { TranscriptFileRow } from "../storage/transcriptRows.ts";
import type { TranscriptStore } from "../storage/transcriptStore.ts";
import { emptyFacts, parseFacts } from "./fileFacts.ts";
import type { FoundTranscript } from "./findTranscripts.ts";
import { keepCopy, type MessageCopy } from "./messageCopy.ts";
import { rollUpSession } from "./rollUpSession.ts";
import type { EarlierReading, ScanPart } from "./scanTranscript.ts";

/** From a change to its being told: long enough to gather a burst, short enough not to be seen. */
const GATHER_MS = 30;

/** Time at a piece on the main thread. */
const SLICE_MS = 5;

export interface IndexWriterOptions {
  readonly store: TranscriptStore;
  /** Gets the sessions that changed since the last call, each once, when their rows are up to date. */
  readonly onChange: (sessionIds: readonly string[]) => void;
  readonly onError: (error: unknown) => void;
}

export class IndexWriter {
  readonly #options: IndexWriterOptions;
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: IndexWriterOptions) {
    this.#options = options;
    for (const sessionId of options.store.sessionsToRollUp()) this.#touch(sessionId);
  }

  /** What an earlier reading of the file left; null when it must be read from its beginning. */
  earlierReading(path: string): EarlierReading | null {
    const row = this.#options.store.file(path);
    const facts = row === null ? null : parseFacts(row.facts);
    return row === null || facts === null ? null : { ...row, facts };
  }

  /** @throws SQLite's errors; then nothing of the part is kept. */
  writePart(found: FoundTranscript, part: ScanPart): void {
    const { store } = this.#options;
    const sessionId = found.sessionId ?? part.facts.sessionId;
    const { identity, sizeBytes, modifiedMs, offset, fingerprint } = part;
    const row: TranscriptFileRow = {
      path: found.path,
      kind: found.kind,
      sessionId,
      identity,
      sizeBytes,
      modifiedMs,
      offset,
      fingerprint,
      state: part.isDone ? "ready" : "partial",
      error: null,
      facts: JSON.stringify(part.facts),
    };
    store.transaction(() => {
      const fileId = store.saveFile(row);
      for (const copy of part.copies) this.#writeCopy(copy, fileId);
    });
    if (sessionId !== null) this.#touch(sessionId);
  }

  #writeCopy(copy: MessageCopy, fileId: number): void {
    const { messages } = this.#options.store;
    const byIdAlone = !copy.isSidechain && copy.requestId === null;
    if (messages.addIfNew(copy, fileId, byIdAlone)) return;
    const copies = messages.withMessageId(copy.messageId);
    const kept = { copies, byIdAlone: copies.some((row) => row.byIdAlone) };
    const next = keepCopy(kept, copy);
    if (next.byIdAlone === kept.byIdAlone && next.copies.every((one, index) => one === copies[index])) return;
    messages.replace(
      copy.messageId,
      next.copies.map((one) => ({ ...one, byIdAlone: next.byIdAlone })),
    );
  }

  /** The file could not be read. What was read of it before stays. */
  writeFailure(found: FoundTranscript, errorCode: string): void {
    const { store } = this.#options;
    if (store.file(found.path) !== null) return store.setFileState(found.path, "failed", errorCode);
    const { path, kind, sessionId, identity, sizeBytes, modifiedMs } = found;
    const nothing = { offset: 0, fingerprint: "", facts: JSON.stringify(emptyFacts()) };
    const row = { path, kind, sessionId, identity, sizeBytes, modifiedMs, ...nothing };
    store.saveFile({ ...row, state: "failed", error: errorCode });
  }

  /** The file was deleted. What it said stays. */
  writeGone(path: string, sessionId: string | null): void {
    this.#options.store.setFileState(path, "gone", null);
    if (sessionId !== null) this.#touch(sessionId);
  }

  /** Brings all session rows up to date now. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#rollUp(Number.POSITIVE_INFINITY);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#changed.clear();
  }

  #touch(sessionId: string): void {
    this.#changed.add(sessionId);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#rollUp(SLICE_MS);
    }, GATHER_MS);
  }

  #rollUp(sliceMs: number): void {
    const until = performance.now() + sliceMs;
    const done: string[] = [];
    try {
      this.#options.store.transaction(() => {
        for (const sessionId of this.#changed) {
          this.#rollUpOne(sessionId);
          done.push(sessionId);
          if (performance.now() > until) break;
        }
      });
    } catch (error) {
      // The files stay marked: the next change or the next start brings the rows up to date.
      this.#changed.clear();
      return this.#options.onError(error);
    }
    for (const sessionId of done) this.#changed.delete(sessionId);
    const [left] = this.#changed;
    if (left !== undefined) this.#touch(left);
    if (done.length > 0) this.#options.onChange(done);
  }

  #rollUpOne(sessionId: string): void {
    const { store } = this.#options;
    const files = store.filesOfSession(sessionId).flatMap(({ path, kind, state, modifiedMs, facts: text }) => {
      const facts = parseFacts(text);
      return facts === null ? [] : [{ path, kind, isGone: state === "gone", modifiedMs, facts }];
    });
    const facts = rollUpSession(files);
    if (facts === null) return;
    const { projectPath, lastActivityMs } = facts;
    store.saveSession({ sessionId, projectPath, lastActivityMs, facts: JSON.stringify(facts) });
  }
}
