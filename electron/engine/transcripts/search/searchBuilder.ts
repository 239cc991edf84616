/**
 * Builds and keeps the database of search, inside the building worker. Owns the order of the work and its pace.
 * Invariants: work is done in short stretches with pauses between, each one transaction; orders are taken between two
 * stretches; the newest files come first, and changed files before all; a file that cannot be read stops nothing.
 */
import { setTimeout as pause } from "node:timers/promises";
import { giveBackMemory } from "../giveBackMemory.ts";
import { BuildQueue, type BuildWork } from "./buildQueue.ts";
import { fileRows, type FileRows } from "./fileRows.ts";
import { mergeWords } from "./mergeWords.ts";
import { messageRows, type MessageRows } from "./messageRows.ts";
import {
  buildProblem,
  checkTables,
  isDamage,
  openForBuilding,
  type OpenedSearch,
  type SearchDatabase,
  searchFileBytes,
} from "./searchDatabase.ts";
import { TranscriptFileReader } from "./transcriptFileReader.ts";
import type { BuildOrder, BuildProgress, BuildReport } from "./workerMessages.ts";

/** Long enough that writing costs little beside reading, short enough to end or pause soon. */
const STRETCH_MS = 50;

/** A pause when the system gives this thread only time that nobody else wants. */
const SHORT_PAUSE_MS = 5;

const REPORT_EVERY_MS = 250;

/** After fewer new messages the pieces that the words lie in are not worth putting together. */
const MERGE_AFTER_MESSAGES = 1000;

export interface SearchBuilderOptions {
  readonly path: string;
  /** True when the thread has the lowest priority, and need not keep half of the time free by itself. */
  readonly isLowPriority: boolean;
  readonly report: (report: BuildReport) => void;
}

export class SearchBuilder {
  readonly #options: SearchBuilderOptions;
  readonly #database: SearchDatabase;
  readonly #files: FileRows;
  readonly #messages: MessageRows;
  readonly #reader: TranscriptFileReader;
  readonly #queue: BuildQueue;
  #isRunning = false;
  #isChecked = false;
  #isEnding = false;
  #isWhole = false;
  /** Lists and changes that were taken. */
  #orders = 0;
  #newMessages = 0;
  #isFirstMerge = true;
  #reportedMs = 0;

  /** @throws SQLite's or the system's error when there can be no database. */
  constructor(options: SearchBuilderOptions) {
    this.#options = options;
    const opened: OpenedSearch = openForBuilding(options.path);
    this.#database = opened.database;
    this.#files = fileRows(opened.database);
    this.#messages = messageRows(opened.database);
    this.#reader = new TranscriptFileReader(this.#files, this.#messages);
    this.#queue = new BuildQueue(this.#files);
    options.report({ kind: "opened", isNew: opened.isNew, discarded: opened.discarded });
  }

  /** Resolves when the order is taken, and, for one that begins work, when all work is done. */
  async take(order: BuildOrder): Promise<void> {
    if (order.kind === "end") return this.#end();
    if (order.kind === "avoid") return this.#queue.avoid(order.path);
    this.#orders += 1;
    if (order.kind === "changed") this.#change(order);
    else {
      const isListed = this.#queue.list(order);
      if (!isListed) return;
      this.#isWhole = true;
    }
    if (!this.#isRunning) await this.#run();
  }

  #change({ files, names }: Extract<BuildOrder, { kind: "changed" }>): void {
    const present = new Set(files.map(({ path }) => path));
    const gone = this.#files.named(names).filter((path) => !present.has(path));
    this.#queue.change({ files, gone });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      await this.#check();
      while (!this.#isEnding) {
        const stretchMs = this.#queue.hasWork ? this.#stretch() : this.#merge();
        if (stretchMs === null) break;
        this.#progress();
        await pause(this.#options.isLowPriority ? SHORT_PAUSE_MS : stretchMs);
      }
      if (!this.#isEnding) this.#done();
    } catch (error) {
      this.#isEnding = true;
      this.#database.close();
      const message = buildProblem(this.#options.path, error);
      this.#options.report({ kind: "failed", isDamaged: isDamage(error), message });
    } finally {
      this.#isRunning = false;
    }
    if (this.#isEnding) this.#close();
  }

  /** Once, and beside questions: what they find in a damaged database for a moment is nothing worse than nothing. */
  async #check(): Promise<void> {
    if (this.#isChecked) return;
    const tables = checkTables(this.#database);
    while (tables.next().done !== true) {
      await pause(SHORT_PAUSE_MS);
      if (this.#isEnding) return;
    }
    this.#isChecked = true;
  }

  /** One transaction over as much work as its time allows. Answers the time it took. */
  #stretch(): number {
    const beganMs = performance.now();
    const endMs = beganMs + STRETCH_MS;
    const isTimeUp = (): boolean => performance.now() >= endMs;
    this.#queue.begin();
    let path = "";
    try {
      this.#database.transaction(() => {
        while (!isTimeUp()) {
          const work = this.#queue.next();
          if (work === null) break;
          ({ path } = work);
          this.#work(work, isTimeUp);
        }
      })();
    } catch (error) {
      this.#messages.forget();
      this.#queue.rollBack();
      this.#blame(path, error);
    }
    return performance.now() - beganMs;
  }

  #work(work: BuildWork, isTimeUp: () => boolean): void {
    if (work.file === null) {
      const row = this.#files.file(work.path);
      if (row !== null) this.#reader.forget(row.fileId);
      this.#queue.step(0, true);
      return;
    }
    this.#options.report({ kind: "reading", path: work.path });
    const { isDone, bytesRead, messages } = this.#reader.readStretch(work.file, isTimeUp);
    this.#newMessages += messages;
    this.#queue.step(bytesRead, isDone);
  }

  /** A file's own failure costs that file; the database's ends the building. */
  #blame(path: string, error: unknown): void {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (path === "" || code.startsWith("SQLITE_")) throw error;
    // Deleted or on a disk that is away: the index finds out which, and names it again. Until then what it said is found.
    if (code === "ENOENT") return this.#queue.passOver(path);
    this.#queue.avoid(path);
    this.#options.report({ kind: "unreadable", path, code });
  }

  /** Puts the pieces together that the words were written in, a little at a time. Answers null when there is no more. */
  #merge(): number | null {
    if (this.#newMessages < MERGE_AFTER_MESSAGES) return null;
    const beganMs = performance.now();
    const hasMore = mergeWords(this.#database, this.#isFirstMerge);
    this.#isFirstMerge = !hasMore;
    if (!hasMore) {
      this.#newMessages = 0;
      this.#database.pragma("wal_checkpoint(TRUNCATE)");
      giveBackMemory();
    }
    return performance.now() - beganMs;
  }

  #progress(): void {
    const nowMs = performance.now();
    if (nowMs - this.#reportedMs < REPORT_EVERY_MS) return;
    this.#reportedMs = nowMs;
    this.#options.report({ kind: "progress", progress: this.#told() });
  }

  #done(): void {
    const progress = this.#told();
    this.#options.report({ kind: "done", orders: this.#orders, isWhole: this.#isWhole, progress });
  }

  #told(): BuildProgress {
    return { ...this.#queue.progress(), sizeBytes: searchFileBytes(this.#options.path) };
  }

  #end(): void {
    this.#isEnding = true;
    if (!this.#isRunning) this.#close();
  }

  #close(): void {
    this.#database.close();
  }
}
