/**
 * The work of the index: finds files, has what is new in them read and written, and follows their changes. Owns the order
 * of it. Runs in the index's own thread; knows nothing about records or SQL.
 * Invariants: one scan at a time; a root that is away takes nothing with it.
 */
import { realpath } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { EngineLog } from "../engineLog.ts";
import type { TranscriptFileStateRow } from "../storage/transcriptRows.ts";
import type { TranscriptStore } from "../storage/transcriptStore.ts";
import { deletedOf, projectsOf, sortMissing } from "./awayFolders.ts";
import { existingFolders } from "./configRoots.ts";
import { bytesToRead, FileReading } from "./fileReading.ts";
import {
  type FindResult,
  findTranscript,
  findTranscripts,
  type FoundFolder,
  type FoundTranscript,
} from "./findTranscripts.ts";
import { giveBackMemory } from "./giveBackMemory.ts";
import { IndexWriter } from "./indexWriter.ts";
import { ProgressMeter, type ScanProgress } from "./scanProgress.ts";
import { ScanReading, type ScanReadingOptions } from "./scanReading.ts";
import { type IndexStanding, Standing } from "./indexStanding.ts";
import { TranscriptWatch } from "./watchTranscripts.ts";

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
  /** What keeps the index from being whole is another. */
  readonly onStanding: (standing: IndexStanding) => void;
  /** What was written was undone, and why. */
  readonly onLoss: (error: unknown) => void;
  readonly log: EngineLog;
}

/** A scan with less to read than this is done here, without workers: starting them takes longer. */
const WORKERS_FROM_BYTES = 8 * 1024 * 1024;

/** A gigabyte or two are read by then. */
const WATCH_AT_LAST_MS = 3000;

/** Files looked at between two commits, when many change at once. */
const LOOK_AT_A_TIME = 64;

export class IndexWork {
  readonly #options: IndexWorkOptions;
  readonly #writer: IndexWriter;
  readonly #reading: FileReading;
  readonly #standing: Standing;
  #roots: readonly string[] = [];
  /** Those that were there at the last look. */
  #folders: readonly FoundFolder[] = [];
  #scanning: Promise<ScanEnd> | null = null;
  #current: ScanReading | null = null;
  #isCancelled = false;
  /** A person wants no scan, until one is ordered. */
  #isStopped = false;
  #hasScanned = false;
  #watch: TranscriptWatch | null = null;
  #isDisposed = false;

  constructor(options: IndexWorkOptions) {
    const { store, onChange, onStanding, onLoss, workers, log } = options;
    this.#options = options;
    this.#standing = new Standing(onStanding);
    this.#writer = new IndexWriter({
      store,
      onChange,
      onLoss: (error) => {
        onLoss(error);
        // What else is read of this scan would not be kept either.
        this.#endReading();
      },
    });
    this.#reading = new FileReading({
      writer: this.#writer,
      workers,
      onChangedMeanwhile: (path) => void this.#look([path]),
      onRead: (path, errorCode) => this.#standing.read(path, errorCode),
      log,
    });
  }

  /** All writing goes through it: it knows what is not permanent yet. */
  get writer(): IndexWriter {
    return this.#writer;
  }

  /** Reads what is new since the last time, newest files first. A second call joins the scan that runs. */
  async scan(roots: readonly string[]): Promise<ScanEnd> {
    const isOther = roots.join("\n") !== this.#roots.join("\n");
    this.#roots = roots;
    if (this.#scanning !== null && isOther) await this.#scanning;
    this.#isStopped = false;
    return this.#begin();
  }

  /** Ends a scan that runs, also within a file. From then on only what changes is read, until another is ordered. */
  cancel(): void {
    this.#isStopped = true;
    this.#endReading();
  }

  /** Resolves when what changes from then on is read soon after. */
  async watch(roots: readonly string[]): Promise<void> {
    this.#roots = roots;
    // What is there comes first: a person waits for that, and beginning to watch thousands of files takes as long as
    // reading a hundred megabytes. But nothing that is live waits for years of history.
    if (this.#scanning !== null) await Promise.race([this.#scanning, wait(WATCH_AT_LAST_MS, null, { ref: false })]);
    if (this.#isDisposed) return;
    this.#watch ??= this.#newWatch();
    const folders = await Promise.all(roots.map(projectsFolder));
    const isMore = await this.#watch.follow([...folders, ...this.#folders]);
    // A scan gives back memory at its end.
    if (isMore && this.#hasScanned) await this.#lookAfterScan();
    else if (this.#scanning === null) giveBackMemory();
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#standing.dispose();
    await Promise.all([this.#watch?.close(), this.#reading.dispose()]);
    this.#current?.end();
    this.#writer.commit();
  }

  #newWatch(): TranscriptWatch {
    const { onFilesChanged, log } = this.#options;
    return new TranscriptWatch({
      onChange: (paths) => {
        onFilesChanged(paths);
        void this.#look(paths);
      },
      onFoldersChanged: () => void this.#lookAround(),
      onError: (error) => {
        if (this.#standing.watchFailed(error)) log.warn({ err: error }, "not all transcript folders are watched");
      },
    });
  }

  #begin(): Promise<ScanEnd> {
    if (this.#scanning === null) this.#isCancelled = false;
    this.#scanning ??= this.#scan().finally(() => {
      this.#scanning = null;
    });
    return this.#scanning;
  }

  #endReading(): void {
    this.#isCancelled = this.#scanning !== null;
    this.#current?.stop();
  }

  /** What changed after a scan had walked the folders, and before they were watched, nobody tells. */
  async #lookAfterScan(): Promise<void> {
    await this.#scanning;
    await this.#lookAround();
  }

  /** Something came or went that nobody tells of file by file. */
  async #lookAround(): Promise<void> {
    if (!this.#isStopped) return void (await this.#begin());
    if (this.#isDisposed || this.#scanning !== null) return;
    const known = this.#options.store.fileStates();
    const found = await this.#find();
    const kept = new Set(found.files.map(({ identity }) => identity));
    // What was only moved is read under its new name by the scan that is asked for.
    const left = known.filter(({ identity }) => !kept.has(identity));
    await this.#markGone(found, left);
    this.#writer.commit();
  }

  async #scan(): Promise<ScanEnd> {
    // Perhaps it came to an end, and the ledger was closed, while an earlier scan was waited for.
    if (this.#isDisposed) return "cancelled";
    const { store, onProgress, prepare } = this.#options;
    const { losses } = this.#writer;
    const meter = new ProgressMeter(() => performance.now(), onProgress);
    const known = new Map(store.fileStates().map((row) => [row.path, row]));
    if (known.size === 0) this.#reading.prepare();
    const found = await this.#find();
    const isUnread = this.#hasScanned ? isChanged : isUnfinished;
    this.#hasScanned = true;
    const todo = found.files.filter((file) => isUnread(file, known.get(file.path)));
    const isLarge = todo.reduce((sum, file) => sum + bytesToRead(file, known.get(file.path)), 0) >= WORKERS_FROM_BYTES;
    const prepared = todo.length > 0 ? prepare() : Promise.resolve();
    // Workers need not wait for it.
    if (isLarge) this.#reading.holdUntil(prepared);
    else await prepared;
    if (this.#isDisposed) return "cancelled";
    await this.#markGone(found, known.values());
    if (this.#isDisposed) return "cancelled";
    this.#noteUnread(found, known);
    if (isLarge) store.expand();
    await Promise.all([prepared, this.#readAll(found, todo, { known, meter, byWorker: isLarge })]);
    if (this.#isDisposed) return "cancelled";
    this.#writer.commit();
    this.#standing.tell();
    meter.tell();
    // All can be read now: what follows only makes the host smaller.
    setImmediate(() => void this.#rest(isLarge));
    if (this.#writer.losses !== losses) return "failed";
    return this.#isCancelled ? "cancelled" : "done";
  }

  /** Files that could not be read the last time are read again now, and may still fail. */
  #noteUnread({ files, problems }: FindResult, known: ReadonlyMap<string, TranscriptFileStateRow>): void {
    const failed = files.flatMap(({ path }) => {
      const row = known.get(path);
      return row?.state === "failed" ? [{ path, code: row.error ?? "" }] : [];
    });
    for (const problem of this.#standing.found([...problems, ...failed]))
      this.#options.log.warn(problem, "a transcript folder or file is not readable");
  }

  async #rest(wasLarge: boolean): Promise<void> {
    await this.#reading.rest();
    if (this.#isDisposed) return;
    if (wasLarge) this.#tidy();
    giveBackMemory();
  }

  #tidy(): void {
    try {
      this.#options.store.rest();
    } catch (error) {
      this.#options.log.error({ err: error }, "the ledger could not be tidied after a scan");
    }
  }

  async #readAll(
    found: FindResult,
    todo: readonly FoundTranscript[],
    options: Omit<ScanReadingOptions, "reading">,
  ): Promise<void> {
    const current = new ScanReading({ ...options, reading: this.#reading });
    if (this.#isCancelled) current.stop();
    this.#current = current;
    await current.run(found.files, todo);
    this.#current = null;
  }

  /** Looks at single files that changed. */
  async #look(paths: readonly string[]): Promise<void> {
    for (let from = 0; from < paths.length; from += LOOK_AT_A_TIME) {
      const some = paths.slice(from, from + LOOK_AT_A_TIME).filter((path) => !this.#reading.noteChange(path));
      const found = await Promise.all(some.map((path) => findTranscript(this.#roots, path)));
      if (found.some((file) => file !== null)) await this.#options.prepare();
      if (this.#isDisposed) return;
      for (const file of found) if (file !== null) this.#take(file);
      await this.#takeMissing(some.filter((_, index) => found[index] === null));
      if (this.#isDisposed) return;
      this.#writer.commit();
    }
  }

  #take(file: FoundTranscript): void {
    if (this.#reading.noteChange(file.path)) return;
    try {
      this.#reading.read({ file, byWorker: false, canStop: false, onDone: () => this.#commitWhenIdle() });
    } catch (error) {
      this.#options.log.error({ err: error, path: file.path }, "a change of a transcript was not kept");
    }
  }

  #writeGone(path: string, sessionId: string | null): void {
    // Whoever reads it finds out by himself.
    if (this.#reading.noteChange(path)) return;
    this.#standing.read(path, null);
    try {
      this.#writer.writeGone(path, sessionId);
    } catch (error) {
      this.#options.log.error({ err: error, path }, "a change of a transcript was not kept");
    }
  }

  #commitWhenIdle(): void {
    if (this.#reading.isIdle && this.#current === null) this.#writer.commit();
  }

  /** All that is there now. What changes in it from then on is told, where folders are watched. */
  async #find(): Promise<FindResult> {
    const found = await this.#findNow();
    const missing = found.missing.map((path) => ({ listed: path, real: path, parts: [] }));
    if ((await this.#watch?.follow([...missing, ...found.folders])) !== true) return found;
    // What came before it was watched would else be seen at the next scan.
    return await this.#findNow();
  }

  async #findNow(): Promise<FindResult> {
    const present = new Set(await existingFolders(this.#roots));
    const found = await findTranscripts(this.#roots.filter((root) => present.has(root)));
    this.#folders = found.folders;
    const away = this.#roots.filter((root) => !present.has(root));
    return { ...found, missing: [...found.missing, ...away.map(projectsOf)] };
  }

  /** What is known and is not there was deleted, unless its folder is away: then another look says more. */
  async #takeMissing(paths: readonly string[]): Promise<void> {
    const rows = paths.map((path) => this.#options.store.file(path)).filter((row) => row !== null);
    const missing = rows.filter(({ state }) => state !== "gone");
    const deleted = await deletedOf(missing, this.#folders);
    if (this.#isDisposed) return;
    for (const { path, sessionId } of deleted) this.#writeGone(path, sessionId);
    if (deleted.length < missing.length) void this.#lookAround();
  }

  /** What is known and was not found was deleted, unless its folder is away or could not be looked into. */
  async #markGone(found: FindResult, known: Iterable<TranscriptFileStateRow>): Promise<void> {
    const { gone, away } = await sortMissing(this.#roots, known, found);
    if (this.#isDisposed) return;
    this.#standing.folders(away);
    for (const { path, sessionId } of gone) this.#writer.writeGone(path, sessionId);
  }
}

async function projectsFolder(root: string): Promise<FoundFolder> {
  const listed = projectsOf(root);
  return { listed, real: await realpath(listed).catch(() => listed), parts: [] };
}

function isChanged(file: FoundTranscript, row: TranscriptFileStateRow | undefined): boolean {
  if (row === undefined || row.state !== "ready") return true;
  return row.identity !== file.identity || row.sizeBytes !== file.sizeBytes || row.modifiedMs !== file.modifiedMs;
}

/** Also when its last line was not done with: that is looked at once a run, whatever version left it. */
function isUnfinished(file: FoundTranscript, row: TranscriptFileStateRow | undefined): boolean {
  return isChanged(file, row) || (row !== undefined && row.offset < file.sizeBytes);
}
