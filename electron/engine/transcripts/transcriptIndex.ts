/**
 * The index over all transcripts: finds files, has what is new in them read, and keeps it.
 * Owns the order of the work, its progress, and the watching. Knows nothing about records or SQL.
 * Invariants: a file is read by one worker at a time; a change while it is read leads to another reading; a file that
 * cannot be read or written never stops the others; a root that is away takes nothing with it.
 */
import { join, sep } from "node:path";
import type { EngineLog } from "../engineLog.ts";
import type { TranscriptFileStateRow } from "../storage/transcriptRows.ts";
import type { TranscriptStore } from "../storage/transcriptStore.ts";
import { type FindResult, findTranscript, findTranscripts, type FoundTranscript } from "./findTranscripts.ts";
import { IndexWriter } from "./indexWriter.ts";
import { ScanPool } from "./scanPool.ts";
import type { ScanPart } from "./scanTranscript.ts";
import { type TranscriptWatch, watchTranscripts } from "./watchTranscripts.ts";

/** How far a scan is. Files and bytes that an earlier scan read count as done. */
export interface IndexProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly elapsedMs: number;
}

/** `off` before the first scan, and after one was cancelled. */
export type IndexState = IndexProgress & { readonly state: "scanning" | "ready" | "off" };

export interface TranscriptIndexOptions {
  /** The configuration folders, real paths; asked for at each scan. */
  readonly roots: () => Promise<readonly string[]>;
  readonly store: TranscriptStore;
  /** Threads of a scan; afterwards one comes when something is appended. */
  readonly workers?: number;
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Gets the sessions whose rows changed, each once, gathered over a short time. */
  readonly onChange?: (sessionIds: readonly string[]) => void;
  readonly log: EngineLog;
}

export interface TranscriptIndex {
  readonly state: () => IndexState;
  /** Reads what is new since the last time, newest files first. Resolves when all is read, or the scan was cancelled. */
  readonly scan: () => Promise<void>;
  /** Ends a running scan after the files that are being read. A later scan goes on from there. */
  readonly cancel: () => void;
  /** Reads what is appended from now on, soon after it was. */
  readonly watch: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Between looks at all files while watching: for what the system does not tell of, such as network folders. */
const RESCAN_MS = 60_000;

const NO_PROGRESS: IndexProgress = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0, elapsedMs: 0 };

export function openTranscriptIndex(options: TranscriptIndexOptions): TranscriptIndex {
  return new Index(options);
}

class Index implements TranscriptIndex {
  readonly #options: TranscriptIndexOptions;
  readonly #workers: number;
  readonly #pool: ScanPool;
  readonly #writer: IndexWriter;
  /** Files that a worker has or will have; true when the file changed since. */
  readonly #inWork = new Map<string, boolean>();
  #state: IndexState["state"] = "off";
  #progress = NO_PROGRESS;
  #running: Promise<void> | null = null;
  /** The scan that runs: its files that are not read yet, and what is to be done when there are none. */
  #current: { readonly paths: Set<string>; readonly end: () => void } | null = null;
  #roots: readonly string[] = [];
  #watch: TranscriptWatch | null = null;
  #rescan: NodeJS.Timeout | null = null;
  #isDisposed = false;

  constructor(options: TranscriptIndexOptions) {
    this.#options = options;
    this.#workers = options.workers ?? 2;
    this.#pool = new ScanPool(this.#workers);
    this.#writer = new IndexWriter({
      store: options.store,
      onChange: (sessionIds) => options.onChange?.(sessionIds),
      onError: (error) => options.log.error({ err: error }, "sessions were not brought up to date"),
    });
  }

  readonly state = (): IndexState => ({ state: this.#state, ...this.#progress });

  readonly scan = (): Promise<void> => {
    this.#running ??= this.#scan().finally(() => {
      this.#running = null;
    });
    return this.#running;
  };

  readonly cancel = (): void => {
    if (this.#current === null) return;
    this.#state = "off";
    for (const path of this.#pool.forget(this.#current.paths)) {
      this.#inWork.delete(path);
      this.#current.paths.delete(path);
    }
    if (this.#current.paths.size === 0) this.#current.end();
  };

  readonly watch = async (): Promise<void> => {
    if (this.#watch !== null) return;
    const roots = await this.#options.roots();
    this.#roots = roots;
    this.#watch = await watchTranscripts(
      roots.map((root) => join(root, "projects")),
      {
        onChange: (paths) => void this.#look(paths),
        onFolderGone: () => void this.scan(),
        onError: (error) => this.#options.log.warn({ err: error }, "a transcript folder is not watched"),
      },
    );
    this.#rescan = setInterval(() => void this.scan(), RESCAN_MS);
    this.#rescan.unref();
  };

  readonly dispose = async (): Promise<void> => {
    this.#isDisposed = true;
    if (this.#rescan !== null) clearInterval(this.#rescan);
    await Promise.all([this.#watch?.close(), this.#pool.dispose()]);
    this.#current?.end();
    this.#writer.dispose();
  };

  async #scan(): Promise<void> {
    const beganMs = performance.now();
    this.#roots = await this.#options.roots();
    const found = await findTranscripts(this.#roots);
    if (this.#isDisposed) return;
    for (const problem of found.problems)
      this.#options.log.warn(problem, "a transcript folder or file is not readable");
    const known = new Map(this.#options.store.fileStates().map((row) => [row.path, row]));
    this.#markGone(found, known);
    const changed = found.files.filter((file) => isChanged(file, known.get(file.path)));
    // A look that finds little to do is not shown as a scan.
    if (this.#state !== "ready") this.#state = "scanning";
    await this.#readAll(found.files, changed, known, beganMs);
    if (this.#isDisposed) return;
    this.#writer.flush();
    if (this.#state === "scanning") this.#state = "ready";
    this.#options.onProgress?.(this.#progress);
    if (changed.length === 0) return;
    this.#options.store.messages.endFirst();
    await this.#pool.resize(1);
  }

  #readAll(
    all: readonly FoundTranscript[],
    changed: readonly FoundTranscript[],
    known: ReadonlyMap<string, TranscriptFileStateRow>,
    beganMs: number,
  ): Promise<void> {
    const todo = changed.filter((file) => !this.#inWork.has(file.path));
    const bytesLeft = todo.reduce((sum, file) => sum + bytesToRead(file, known.get(file.path)), 0);
    const bytesTotal = all.reduce((sum, file) => sum + file.sizeBytes, 0);
    const tell = (change: Partial<IndexProgress>): void => {
      this.#progress = { ...this.#progress, ...change, elapsedMs: Math.round(performance.now() - beganMs) };
      this.#options.onProgress?.(this.#progress);
    };
    const filesDone = all.length - todo.length;
    const done = { filesDone, filesTotal: all.length, bytesDone: bytesTotal - bytesLeft, bytesTotal };
    this.#progress = { ...this.#progress, ...done };
    if (todo.length === 0) return Promise.resolve();
    tell({});
    return new Promise((resolve) => {
      const paths = new Set(todo.map(({ path }) => path));
      const end = (): void => {
        this.#current = null;
        resolve();
      };
      this.#current = { paths, end };
      this.#pool.allow(this.#workers);
      for (const file of todo) {
        const bytes = bytesToRead(file, known.get(file.path));
        this.#order(file, known.has(file.path), () => {
          tell({ filesDone: this.#progress.filesDone + 1, bytesDone: this.#progress.bytesDone + bytes });
          paths.delete(file.path);
          if (paths.size === 0) end();
        });
      }
    });
  }

  /** Has a file read and what is new in it kept. */
  #order(file: FoundTranscript, isKnown: boolean, onDone: () => void): void {
    const { path, sessionId, kind } = file;
    this.#inWork.set(path, false);
    const earlier = isKnown ? this.#writer.earlierReading(path) : null;
    let isLost = false;
    this.#pool.scan(
      { path, sessionId, isSubagentFile: kind === "subagent", earlier },
      {
        onPart: (part) => {
          // After a part that was not kept none may be: the next reading goes on from what was.
          if (!isLost && !this.#isDisposed) isLost = !this.#keep(file, part);
        },
        onDone: (errorCode) => {
          if (this.#isDisposed) return;
          const hasChanged = this.#inWork.get(path) === true;
          this.#inWork.delete(path);
          if (errorCode !== null) this.#fail(file, errorCode);
          onDone();
          if (hasChanged) void this.#look([path]);
        },
      },
    );
  }

  #keep(file: FoundTranscript, part: ScanPart): boolean {
    try {
      this.#writer.writePart(file, part);
      return true;
    } catch (error) {
      this.#options.log.error({ err: error, path: file.path }, "what a transcript says was not kept");
      return false;
    }
  }

  #fail(file: FoundTranscript, errorCode: string): void {
    this.#options.log.warn({ path: file.path, code: errorCode }, "a transcript could not be read");
    try {
      this.#writer.writeFailure(file, errorCode);
    } catch (error) {
      this.#options.log.error({ err: error, path: file.path }, "a transcript's failure was not kept");
    }
  }

  /** Looks at single files that changed. */
  async #look(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      if (this.#inWork.has(path)) {
        this.#inWork.set(path, true);
        continue;
      }
      const found = await findTranscript(this.#roots, path);
      if (this.#isDisposed || this.#inWork.has(path)) continue;
      if (found !== null) this.#order(found, true, () => undefined);
      else this.#lookAtMissing(path);
    }
  }

  #lookAtMissing(path: string): void {
    const row = this.#options.store.file(path);
    if (row !== null && row.state !== "gone") this.#writer.writeGone(path, row.sessionId);
  }

  /** What is known and was not found was deleted, unless its folder could not be looked into. */
  #markGone(found: FindResult, known: ReadonlyMap<string, TranscriptFileStateRow>): void {
    const present = new Set(found.files.map(({ path }) => path));
    const unread = [...found.problems.map(({ path }) => path), ...found.missing];
    for (const row of known.values()) {
      if (row.state === "gone" || present.has(row.path)) continue;
      const isBelowRoot = this.#roots.some((root) => row.path.startsWith(join(root, "projects") + sep));
      const isUnread = unread.some((path) => row.path === path || row.path.startsWith(path + sep));
      if (isBelowRoot && !isUnread) this.#writer.writeGone(row.path, row.sessionId);
    }
  }
}

function isChanged(file: FoundTranscript, row: TranscriptFileStateRow | undefined): boolean {
  if (row === undefined || row.state !== "ready") return true;
  return row.identity !== file.identity || row.sizeBytes !== file.sizeBytes || row.modifiedMs !== file.modifiedMs;
}

function bytesToRead(file: FoundTranscript, row: TranscriptFileStateRow | undefined): number {
  const isContinued = row !== undefined && row.identity === file.identity && row.offset <= file.sizeBytes;
  return isContinued ? file.sizeBytes - row.offset : file.sizeBytes;
}
