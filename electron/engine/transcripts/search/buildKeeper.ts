/**
 * Keeps the building worker: starts it when there is work, ends it when there is none for a while, and starts it anew
 * after its death or when its database is damaged.
 * Invariants: there is at most one such worker; a file whose reading a worker died of is never given to another; after
 * a number of restarts it is given up, and said so.
 */
import type { EngineLog } from "../../engineLog.ts";
import { deleteSearchFiles } from "./searchFiles.ts";
import { SearchThread } from "./searchThread.ts";
import type { BuildOrder, BuildProgress, BuildReport } from "./workerMessages.ts";

/** Without work for this long the worker ends, and its memory is free. */
const IDLE_MS = 15_000;

/** After a failure: a disk is full for minutes. What was read before it is not read again. */
const TRY_AGAIN_MS = 30_000;

/** Beyond this something is wrong that beginning again does not mend. */
const MAX_RESTARTS = 5;

export interface BuildKeeperOptions {
  readonly path: string;
  readonly log: EngineLog;
  readonly onProgress: (progress: BuildProgress) => void;
  /** The list of all files was worked through. */
  readonly onWhole: () => void;
  /** What the worker was told is lost: the list of all files is wanted again. */
  readonly onEmpty: () => void;
  /** Building has ended; the message is for a person. */
  readonly onFailed: (message: string) => void;
  /** Nobody may have the database open while it is deleted. */
  readonly beforeDelete: () => Promise<void>;
  readonly tryAgainMs?: number;
}

type Thread = SearchThread<BuildOrder, BuildReport>;

export class BuildKeeper {
  readonly #options: BuildKeeperOptions;
  #thread: Thread | null = null;
  #opened: PromiseWithResolvers<boolean> | null = null;
  #reading: string | null = null;
  readonly #avoided = new Set<string>();
  #restarts = 0;
  /** Lists and changes that the worker was given, and how many of them it has done. */
  #given = 0;
  #done = 0;
  #isResetting = false;
  /** True when an earlier worker had the database open: whoever asks may have it too. */
  #isReopening = false;
  #idle: NodeJS.Timeout | null = null;
  #again: NodeJS.Timeout | null = null;

  constructor(options: BuildKeeperOptions) {
    this.#options = options;
  }

  /** True when nothing that was posted is still to be done. What a lost worker was given is wanted again (`onEmpty`). */
  get isUpToDate(): boolean {
    return this.#done === this.#given;
  }

  post(order: BuildOrder): void {
    const thread = this.#begun();
    if (order.kind === "all" || order.kind === "changed") this.#given += 1;
    thread.post(order);
  }

  /** Resolves when there is a database to ask; false when there can be none. */
  opened(): Promise<boolean> {
    if (this.#opened === null) this.#begun();
    return this.#opened?.promise ?? Promise.resolve(false);
  }

  /** Deletes the database and begins anew. */
  async reset(): Promise<void> {
    if (this.#isResetting) return;
    this.#isResetting = true;
    try {
      await this.#reset();
    } finally {
      this.#isResetting = false;
    }
  }

  async #reset(): Promise<void> {
    const isGivenUp = this.#restarts >= MAX_RESTARTS;
    this.#restarts += 1;
    this.#options.log.warn({ path: this.#options.path }, "the search index was damaged and is built anew");
    await this.end();
    await this.#options.beforeDelete();
    await deleteSearchFiles(this.#options.path);
    if (isGivenUp) this.#options.onFailed("The search index is damaged again and again. Look at the disk.");
    else this.#options.onEmpty();
  }

  /** Ends the worker; what is not committed is read again another time. */
  async end(): Promise<void> {
    this.#rest();
    if (this.#again !== null) clearTimeout(this.#again);
    this.#again = null;
    const thread = this.#thread;
    this.#thread = null;
    this.#opened?.resolve(false);
    this.#opened = null;
    await thread?.end();
  }

  #begun(): Thread {
    this.#rest();
    this.#thread ??= this.#start();
    return this.#thread;
  }

  #rest(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
  }

  #start(): Thread {
    this.#given = 0;
    this.#done = 0;
    this.#isReopening = this.#opened !== null;
    this.#opened ??= Promise.withResolvers();
    const thread: Thread = new SearchThread<BuildOrder, BuildReport>({
      role: { role: "build", path: this.#options.path },
      onReport: (report) => {
        if (this.#thread === thread) this.#take(report);
      },
      onEnd: (error) => {
        if (this.#thread === thread) this.#lost(error);
      },
    });
    for (const path of this.#avoided) thread.post({ kind: "avoid", path });
    return thread;
  }

  #take(report: BuildReport): void {
    const { log, onProgress } = this.#options;
    switch (report.kind) {
      case "opened":
        if (report.discarded !== null)
          log.warn({ why: report.discarded }, "the search index could not be used, and is built anew");
        this.#opened?.resolve(true);
        if (report.isNew && this.#isReopening) void this.#replaced();
        break;
      case "reading":
        this.#reading = report.path;
        break;
      case "unreadable":
        log.warn({ path: report.path, code: report.code }, "a transcript could not be read for search");
        break;
      case "progress":
        onProgress(report.progress);
        break;
      case "done":
        this.#takeDone(report);
        break;
      case "failed":
        void this.#failed(report.isDamaged, report.message);
    }
  }

  /** The database went away while no worker had it open: who asks must open the new one, which has all to read. */
  async #replaced(): Promise<void> {
    await this.#options.beforeDelete();
    this.#options.onEmpty();
  }

  #takeDone({ orders, isWhole, progress }: Extract<BuildReport, { kind: "done" }>): void {
    this.#reading = null;
    this.#done = orders;
    this.#options.onProgress(progress);
    if (isWhole) this.#options.onWhole();
    this.#rest();
    // Told before it had what was posted last: it has work.
    if (!this.isUpToDate) return;
    this.#idle = setTimeout(() => {
      const thread = this.#thread;
      this.#thread = null;
      // Asked to end, it closes the database, which puts all into one file.
      thread?.post({ kind: "end" });
    }, IDLE_MS);
    this.#idle.unref();
  }

  async #failed(isDamaged: boolean, message: string): Promise<void> {
    if (isDamaged) return this.reset();
    this.#options.log.error({ message }, "the search index cannot be built");
    this.#options.onFailed(`The search index cannot be built: ${message}`);
    await this.end();
    this.#again = setTimeout(() => {
      this.#again = null;
      this.#options.onEmpty();
    }, this.#options.tryAgainMs ?? TRY_AGAIN_MS);
    this.#again.unref();
  }

  /** The worker died: of the file that it read, as far as anybody knows. */
  #lost(error: string | null): void {
    const path = this.#reading;
    this.#thread = null;
    this.#reading = null;
    this.#options.log.error({ message: error, path }, "the search index's worker died");
    this.#restarts += 1;
    if (path !== null) this.#avoided.add(path);
    if (this.#restarts > MAX_RESTARTS) {
      this.#opened?.resolve(false);
      this.#opened = null;
      this.#options.onFailed("The search index cannot be built: its worker died again and again. The log says more.");
      return;
    }
    this.#options.onEmpty();
  }
}
