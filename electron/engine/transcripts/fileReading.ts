/**
 * Has files read, by a worker or here, and what is new in them written. Owns which files are being read.
 * Invariants: a file is read by one reader at a time; a change while it is read leads to another look; a file that cannot
 * be read or written never stops the others; after a part that was not kept, none of that reading is.
 */
import type { EngineLog } from "../engineLog.ts";
import type { FoundTranscript } from "./findTranscripts.ts";
import type { IndexWriter } from "./indexWriter.ts";
import { STOPPED } from "./scanOrders.ts";
import { ScanPool } from "./scanPool.ts";
import { type EarlierReading, type PartToWrite, type ScanTask, TranscriptScanner } from "./scanTranscript.ts";
import { systemCode } from "./systemCode.ts";

/** What is appended at a time is far less. Starting a worker takes longer than reading this. */
const HERE_BYTES = 2 * 1024 * 1024;

/** What workers wait for meanwhile is some milliseconds. */
const HELP_BYTES = 1024 * 1024;

/** Kept for reading here: appends are small, and this stays for as long as the index is watched. */
const HERE_CHUNK_BYTES = 256 * 1024;

export interface FileReadingOptions {
  readonly writer: IndexWriter;
  readonly workers: number;
  /** A file changed while it was read. */
  readonly onChangedMeanwhile: (path: string) => void;
  /** A file was read (null), or could not be: the system's code. */
  readonly onRead: (path: string, errorCode: string | null) => void;
  readonly log: EngineLog;
}

export interface ReadOrder {
  readonly file: FoundTranscript;
  /** True to leave it to a worker, however little there is to read. */
  readonly byWorker: boolean;
  /** True when the reading may end where `stop` finds it. */
  readonly canStop: boolean;
  /** So many bytes of what there was to read are written; not told of the last ones. */
  readonly onProgress?: (bytes: number) => void;
  /** False when it was stopped before its end. */
  readonly onDone: (isWhole: boolean) => void;
}

export class FileReading {
  readonly #options: FileReadingOptions;
  readonly #pool: ScanPool;
  /** Files that somebody reads or will read; true when the file changed since. */
  readonly #inWork = new Map<string, boolean>();
  /** Waiting files that are quickly read. */
  readonly #small = new Set<string>();
  #isHelping = false;
  /** What workers answered and nobody may write yet; null when all may be written. */
  #held: (() => void)[] | null = null;
  #scanner: TranscriptScanner | null = null;
  #isDisposed = false;

  constructor(options: FileReadingOptions) {
    this.#options = options;
    this.#pool = new ScanPool(options.workers);
  }

  get isIdle(): boolean {
    return this.#inWork.size === 0;
  }

  isInWork(path: string): boolean {
    return this.#inWork.has(path);
  }

  /** Answers whether the file is being read; then another look at it follows. */
  noteChange(path: string): boolean {
    if (!this.#inWork.has(path)) return false;
    this.#inWork.set(path, true);
    return true;
  }

  /** To be called when much is to be read soon: a worker starts while it is found out what. */
  prepare(): void {
    this.#pool.prepare();
  }

  /**
   * Until this resolves workers read, and nothing of it is written. Meant for some ten milliseconds: what they read
   * meanwhile stays in memory.
   */
  holdUntil(ready: Promise<void>): void {
    const held: (() => void)[] = [];
    this.#held = held;
    const release = (): void => {
      this.#held = null;
      for (const act of held) act();
      this.#startHelping();
    };
    // Whoever waits for it as well hears of a failure.
    ready.then(release, () => undefined);
  }

  read({ file, byWorker, canStop, onProgress, onDone }: ReadOrder): void {
    const { path, sessionId, kind } = file;
    const earlier = this.#options.writer.earlierReading(path);
    const task = { path, sessionId, isSubagentFile: kind === "subagent", earlier };
    const keep = this.#keeping(file);
    const bytes = bytesToRead(file, earlier);
    if (!byWorker && bytes <= HERE_BYTES) {
      this.#end(file, this.#readHere(task, keep));
      return onDone(true);
    }
    const startsAt = file.sizeBytes - bytes;
    this.#inWork.set(path, false);
    if (bytes <= HELP_BYTES) this.#small.add(path);
    const end = (errorCode: string | null): void => {
      if (this.#isDisposed) return;
      const hasChanged = this.#inWork.get(path) === true;
      this.#inWork.delete(path);
      this.#small.delete(path);
      if (errorCode !== STOPPED) this.#end(file, errorCode);
      onDone(errorCode !== STOPPED);
      if (hasChanged) this.#options.onChangedMeanwhile(path);
    };
    const take = (part: PartToWrite): void => {
      keep(part);
      if (!part.isDone) onProgress?.(part.offset - startsAt);
    };
    const listener = {
      onPart: (part: PartToWrite) => this.#whenReleased(() => take(part)),
      onDone: (errorCode: string | null) => this.#whenReleased(() => end(errorCode)),
    };
    this.#pool.scan({ task, bytes, canStop, listener });
    this.#startHelping();
  }

  #whenReleased(act: () => void): void {
    if (this.#held === null) act();
    else this.#held.push(act);
  }

  #startHelping(): void {
    if (this.#isHelping || this.#held !== null) return;
    this.#isHelping = true;
    setImmediate(() => this.#help());
  }

  /** Between writing what the workers read, this thread reads a small file of theirs, instead of waiting for them. */
  #help(): void {
    const order = this.#pool.takeBack(({ path }) => this.#small.delete(path));
    this.#isHelping = order !== null && !this.#isDisposed;
    if (order === null || this.#isDisposed) return;
    setImmediate(() => this.#help());
    order.listener.onDone(this.#readHere(order.task, order.listener.onPart));
  }

  /** Ends what may end where it is, and forgets those of the files that nobody has begun: these are named. */
  stop(paths: ReadonlySet<string>): readonly string[] {
    this.#pool.stop();
    const forgotten = this.#pool.forget(paths);
    for (const path of forgotten) this.#inWork.delete(path);
    return forgotten;
  }

  /** Ends the workers; they come back when there is something to read. */
  rest(): Promise<void> {
    this.#scanner = null;
    return this.#pool.endIdle();
  }

  dispose(): Promise<void> {
    this.#isDisposed = true;
    return this.#pool.dispose();
  }

  #readHere(task: ScanTask, keep: (part: PartToWrite) => void): string | null {
    try {
      this.#scanner ??= new TranscriptScanner({ chunkBytes: HERE_CHUNK_BYTES });
      this.#scanner.scan(task, keep);
      return null;
    } catch (error) {
      return systemCode(error);
    }
  }

  #keeping(file: FoundTranscript): (part: PartToWrite) => void {
    const { writer, log } = this.#options;
    const { losses } = writer;
    let isKept = true;
    return (part) => {
      if (this.#isDisposed || !isKept || writer.losses !== losses) return;
      try {
        writer.writePart(file, part);
      } catch (error) {
        isKept = false;
        log.error({ err: error, path: file.path }, "what a transcript says was not kept");
      }
    };
  }

  #end(file: FoundTranscript, errorCode: string | null): void {
    const { writer, onRead, log } = this.#options;
    onRead(file.path, errorCode);
    if (errorCode === null) return;
    log.warn({ path: file.path, code: errorCode }, "a transcript could not be read");
    try {
      writer.writeFailure(file, errorCode);
    } catch (error) {
      log.error({ err: error, path: file.path }, "a transcript's failure was not kept");
    }
  }
}

/** Bytes that a reading has before it, going by what an earlier one knew. */
export function bytesToRead(
  file: FoundTranscript,
  earlier: Pick<EarlierReading, "identity" | "offset"> | null | undefined,
): number {
  const isContinued = earlier?.identity === file.identity && earlier.offset <= file.sizeBytes;
  return isContinued ? file.sizeBytes - earlier.offset : file.sizeBytes;
}
