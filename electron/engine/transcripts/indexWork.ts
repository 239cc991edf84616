/**
 * The work of the index: finds files, has what is new in them read and written, and follows their changes. Owns the order
 * of it. Runs in the index's own thread; knows nothing about records or SQL.
 * Invariants: one scan at a time; a root that is away takes nothing with it.
 */
import { join, sep } from "node:path";
import type { EngineLog } from "../engineLog.ts";
import type { TranscriptFileStateRow } from "../storage/transcriptRows.ts";
import type { TranscriptStore } from "../storage/transcriptStore.ts";
import { bytesToRead, FileReading } from "./fileReading.ts";
import { type FindResult, findTranscript, findTranscripts, type FoundTranscript } from "./findTranscripts.ts";
import { giveBackMemory } from "./giveBackMemory.ts";
import { IndexWriter } from "./indexWriter.ts";
import { ProgressMeter, type ScanProgress } from "./scanProgress.ts";
import { type TranscriptWatch, watchTranscripts } from "./watchTranscripts.ts";

/** How a scan ended: all is read, it was cancelled, or what was read could not be kept. */
export type ScanEnd = "done" | "cancelled" | "failed";

export interface IndexWorkOptions {
  readonly store: TranscriptStore;
  /** Threads of a scan. */
  readonly workers: number;
  /** Awaited before what is in files is written. Resolves when it can be. */
  readonly prepare: () => Promise<void>;
  readonly onProgress: (progress: ScanProgress) => void;
  /** Sessions whose rows changed, each once, gathered over a short time. */
  readonly onChange: (sessionIds: readonly string[]) => void;
  /** Files that changed, before they are read; deleted ones too. */
  readonly onFilesChanged: (paths: readonly string[]) => void;
  /** What was written was undone, and why. */
  readonly onLoss: (error: unknown) => void;
  readonly log: EngineLog;
}

/** A scan with less to read than this is done here, without workers: starting them takes longer. */
const WORKERS_FROM_BYTES = 8 * 1024 * 1024;

/** Files looked at between two commits, when many change at once. */
const LOOK_AT_A_TIME = 64;

/** The files of a running scan that are not read yet, and what is to be done when there are none. */
interface Running {
  readonly paths: Set<string>;
  readonly end: () => void;
}

interface ReadingAll {
  readonly known: ReadonlyMap<string, TranscriptFileStateRow>;
  readonly meter: ProgressMeter;
  readonly byWorker: boolean;
}

export class IndexWork {
  readonly #options: IndexWorkOptions;
  readonly #writer: IndexWriter;
  readonly #reading: FileReading;
  #roots: readonly string[] = [];
  #scanning: Promise<ScanEnd> | null = null;
  #current: Running | null = null;
  #isCancelled = false;
  #watch: TranscriptWatch | null = null;
  #isDisposed = false;

  constructor(options: IndexWorkOptions) {
    const { store, onChange, onLoss, workers, log } = options;
    this.#options = options;
    this.#writer = new IndexWriter({
      store,
      onChange,
      onLoss: (error) => {
        onLoss(error);
        // What else is read of this scan would not be kept either.
        this.cancel();
      },
    });
    this.#reading = new FileReading({
      writer: this.#writer,
      workers,
      onChangedMeanwhile: (path) => void this.#look([path]),
      log,
    });
  }

  /** All writing goes through it: it knows what is not permanent yet. */
  get writer(): IndexWriter {
    return this.#writer;
  }

  /** Reads what is new since the last time, newest files first. A second call joins the scan that runs. */
  async scan(roots: readonly string[]): Promise<ScanEnd> {
    // Ordered by whoever did not know yet that this is over: a watch that is closed follows no more, and throws.
    if (this.#isDisposed) return "cancelled";
    const isOther = roots.join("\n") !== this.#roots.join("\n");
    this.#roots = roots;
    // What changes after it was read would else be seen at the next scan.
    await this.#watch?.follow(folders(roots));
    if (this.#scanning !== null && isOther) await this.#scanning;
    if (this.#scanning === null) this.#isCancelled = false;
    this.#scanning ??= this.#scan().finally(() => {
      this.#scanning = null;
    });
    return this.#scanning;
  }

  /** Ends a running scan after the files that are being read. */
  cancel(): void {
    this.#isCancelled = this.#scanning !== null;
    const current = this.#current;
    if (current === null) return;
    for (const path of this.#reading.forget(current.paths)) current.paths.delete(path);
    if (current.paths.size === 0) current.end();
  }

  /** Resolves when what changes from then on is read soon after. */
  async watch(roots: readonly string[]): Promise<void> {
    if (this.#isDisposed) return;
    this.#roots = roots;
    if (this.#watch !== null) return await this.#watch.follow(folders(roots));
    const watch = await watchTranscripts(folders(roots), {
      onChange: (paths) => {
        this.#options.onFilesChanged(paths);
        void this.#look(paths);
      },
      onFolderGone: () => void this.scan(this.#roots),
      onError: (error) => this.#options.log.warn({ err: error }, "a transcript folder is not watched"),
    });
    if (this.#isDisposed) return watch.close();
    this.#watch = watch;
    giveBackMemory();
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await Promise.all([this.#watch?.close(), this.#reading.dispose()]);
    this.#current?.end();
    this.#writer.commit();
  }

  async #scan(): Promise<ScanEnd> {
    // Perhaps it came to an end, and the ledger was closed, while an earlier scan was waited for.
    if (this.#isDisposed) return "cancelled";
    const { store, log, onProgress, prepare } = this.#options;
    const { losses } = this.#writer;
    const meter = new ProgressMeter(() => performance.now(), onProgress);
    const known = new Map(store.fileStates().map((row) => [row.path, row]));
    if (known.size === 0) this.#reading.prepare();
    const found = await findTranscripts(this.#roots);
    const todo = found.files.filter((file) => isChanged(file, known.get(file.path)));
    const isLarge = todo.reduce((sum, file) => sum + bytesToRead(file, known.get(file.path)), 0) >= WORKERS_FROM_BYTES;
    const prepared = todo.length > 0 ? prepare() : Promise.resolve();
    // Workers need not wait for it.
    if (isLarge) this.#reading.holdUntil(prepared);
    else await prepared;
    if (this.#isDisposed) return "cancelled";
    for (const problem of found.problems) log.warn(problem, "a transcript folder or file is not readable");
    this.#markGone(found, known);
    if (isLarge) store.expand();
    await Promise.all([prepared, this.#readAll(found.files, todo, { known, meter, byWorker: isLarge })]);
    if (this.#isDisposed) return "cancelled";
    this.#writer.commit();
    meter.tell();
    // All can be read now: what follows only makes the host smaller.
    if (isLarge) setImmediate(() => void this.#rest());
    else if (known.size === 0) void this.#reading.rest();
    if (this.#writer.losses !== losses) return "failed";
    return this.#isCancelled ? "cancelled" : "done";
  }

  async #rest(): Promise<void> {
    await this.#reading.rest();
    if (this.#isDisposed) return;
    try {
      this.#options.store.rest();
    } catch (error) {
      this.#options.log.error({ err: error }, "the ledger could not be tidied after a scan");
    }
    giveBackMemory();
  }

  #readAll(
    all: readonly FoundTranscript[],
    changed: readonly FoundTranscript[],
    { known, meter, byWorker }: ReadingAll,
  ): Promise<void> {
    const todo = changed.filter((file) => !this.#reading.isInWork(file.path));
    const sizes = new Map(todo.map((file) => [file.path, bytesToRead(file, known.get(file.path))]));
    const bytesLeft = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const bytesTotal = all.reduce((sum, file) => sum + file.sizeBytes, 0);
    const filesDone = all.length - todo.length;
    meter.begin({ filesDone, filesTotal: all.length, bytesDone: bytesTotal - bytesLeft, bytesTotal });
    if (todo.length === 0 || this.#isCancelled) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        this.#current = null;
        resolve();
      };
      const current: Running = { paths: new Set(sizes.keys()), end };
      this.#current = current;
      for (const file of todo) {
        const onDone = (): void => {
          meter.add(sizes.get(file.path) ?? 0);
          current.paths.delete(file.path);
          if (current.paths.size === 0) end();
        };
        if (this.#isCancelled) current.paths.delete(file.path);
        else this.#reading.read({ file, byWorker, onDone });
      }
      if (this.#isCancelled && current.paths.size === 0) end();
    });
  }

  /** Looks at single files that changed. */
  async #look(paths: readonly string[]): Promise<void> {
    for (let from = 0; from < paths.length; from += LOOK_AT_A_TIME) {
      const some = paths.slice(from, from + LOOK_AT_A_TIME).filter((path) => !this.#reading.noteChange(path));
      const found = await Promise.all(some.map((path) => findTranscript(this.#roots, path)));
      if (found.some((file) => file !== null)) await this.#options.prepare();
      if (this.#isDisposed) return;
      for (const [index, path] of some.entries()) this.#take(path, found[index] ?? null);
      this.#writer.commit();
    }
  }

  #take(path: string, file: FoundTranscript | null): void {
    if (this.#reading.noteChange(path)) return;
    try {
      if (file === null) this.#takeMissing(path);
      else this.#reading.read({ file, byWorker: false, onDone: () => this.#commitWhenIdle() });
    } catch (error) {
      this.#options.log.error({ err: error, path }, "a change of a transcript was not kept");
    }
  }

  #commitWhenIdle(): void {
    if (this.#reading.isIdle && this.#current === null) this.#writer.commit();
  }

  #takeMissing(path: string): void {
    const row = this.#options.store.file(path);
    if (row !== null && row.state !== "gone") this.#writer.writeGone(path, row.sessionId);
  }

  /** What is known and was not found was deleted, unless its folder could not be looked into. */
  #markGone(found: FindResult, known: ReadonlyMap<string, TranscriptFileStateRow>): void {
    const present = new Set(found.files.map(({ path }) => path));
    const unread = [...found.problems.map(({ path }) => path), ...found.missing];
    for (const row of known.values()) {
      if (row.state === "gone" || present.has(row.path)) continue;
      const isBelowRoot = folders(this.#roots).some((folder) => row.path.startsWith(folder + sep));
      const isUnread = unread.some((path) => row.path === path || row.path.startsWith(path + sep));
      if (isBelowRoot && !isUnread) this.#writer.writeGone(row.path, row.sessionId);
    }
  }
}

function folders(roots: readonly string[]): readonly string[] {
  return roots.map((root) => join(root, "projects"));
}

function isChanged(file: FoundTranscript, row: TranscriptFileStateRow | undefined): boolean {
  if (row === undefined || row.state !== "ready") return true;
  return row.identity !== file.identity || row.sizeBytes !== file.sizeBytes || row.modifiedMs !== file.modifiedMs;
}
