/**
 * The index over all transcripts, as the rest of the engine knows it. Owns its state and the connection that reads; the
 * work is done in a thread of its own (`indexWork.ts`), so that nothing of it is felt here.
 * Invariants: nothing here throws or rejects because of what is on disk: without a ledger there is nothing to read, the
 * state says why, and the next scan tries again; a thread that dies is started again by the next scan.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { IndexState } from "../../../shared/model/host.ts";
import type { EngineLog } from "../engineLog.ts";
import { keepNewObjectsYoung } from "../keepNewObjectsYoung.ts";
import { markDamaged } from "../storage/ledgerSeal.ts";
import { ledgerPath } from "../storage/openLedger.ts";
import { LedgerReader, type TranscriptReader } from "../storage/transcriptReader.ts";
import { isDamage } from "../storage/storageFailure.ts";
import type { PriceSheet } from "../ledger/pricing/price.ts";
import type { IndexNews, LedgerAnswer, LedgerAsk } from "./indexMessages.ts";
import { IndexThread } from "./indexThread.ts";
import { type IndexStanding, NOTHING_MISSING } from "./indexStanding.ts";
import { NO_PROGRESS, type ScanProgress } from "./scanProgress.ts";
import { standingNotices, unreadOf } from "./standingWords.ts";

export interface TranscriptIndexOptions {
  /** Where `ledger.db` is kept; the folder must be there. */
  readonly dataDir: string;
  /** The configuration folders, real paths, those that are not there too; asked for at each scan. */
  readonly roots: () => Promise<readonly string[]>;
  /** Threads of a scan; when there is little to read it is done without. */
  readonly workers?: number;
  /** Gets the state at most some ten times a second while a scan runs, and when it ended. */
  readonly onProgress?: (state: IndexState) => void;
  /** Gets the sessions whose rows changed, each once, gathered over a short time; those of deleted files too. */
  readonly onChange?: (sessionIds: readonly string[]) => void;
  /** Gets files that changed, at once and before they are read; deleted ones too. Only while watching. */
  readonly onFilesChanged?: (paths: readonly string[]) => void;
  /** What could not be read before can be: the ledger was opened later than at first, or a folder is back. */
  readonly onRegained?: () => void;
  /** The user's own prices, asked for when the ledger is opened; there are none when missing. */
  readonly userPrices?: () => PriceSheet | null;
  readonly log: EngineLog;
}

/** Which file is written. */
export interface LedgerUse {
  /** Another than the ledger's while that must be left as it is. */
  readonly path: string;
  /** Why it must be; null when it is written. */
  readonly readOnly: string | null;
  /** Counts how often it was opened to be written: it may be another file each time, though of the same name. */
  readonly openings: number;
}

export interface TranscriptIndex {
  /** `off` before the first scan, after one was cancelled, and when the ledger cannot be used; then `problem` says why. */
  readonly state: () => IndexState;
  /** What a person must be told, e.g. that a damaged ledger was begun anew. */
  readonly notices: () => readonly string[];
  readonly ledger: () => LedgerUse;
  /** Folders that are not there now, though sessions are known of them. */
  readonly away: () => readonly string[];
  /** What the index holds: at any time, during scans and before the first one too. */
  readonly read: TranscriptReader;
  /** Reads what is new since the last time, newest files first. Resolves when all is read, or the scan was cancelled. */
  readonly scan: () => Promise<void>;
  /** The same, and then what `watch` does, as soon as it keeps nobody from reading. Resolves when the scan does. */
  readonly scanAndWatch: () => Promise<void>;
  /** The configuration folders are others: reads what is new in them, unless reading was stopped. */
  readonly rootsChanged: () => Promise<void>;
  /** Has the ledger's one writer do something. Rejects when it could not be done, and when there is no ledger. */
  readonly askLedger: (ask: LedgerAsk) => Promise<LedgerAnswer>;
  /**
   * Ends a running scan, also within a file. Nothing but what changes is read from then on, until a scan is asked for: it
   * goes on from there.
   */
  readonly cancel: () => void;
  /** Reads what is appended from now on, soon after it was; also below roots that come later. */
  readonly watch: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Between looks at all files while watching: for what the system does not tell of, such as network folders. */
const RESCAN_MS = 60_000;

/** The same, while not all changes are told of, or a folder is away and nobody tells when it is back. */
const RESCAN_SOON_MS = 10_000;

/** After something could not be kept, e.g. because the disk is full: looking whether it can be now costs little. */
const AGAIN_MS = 5_000;

/** For the thread's end: writing what is open takes some ten milliseconds, a folder on a dead network forever. */
const DISPOSE_PATIENCE_MS = 5000;

/** Beside the index's own thread, which reads too: with more, each takes 20 MB, and the disk is the limit. */
const DEFAULT_WORKERS = Math.max(1, Math.min(3, availableParallelism() - 1));

/** Resolves when the ledger is open and what it holds can be read, or when it cannot be. Never rejects. */
export async function openTranscriptIndex(options: TranscriptIndexOptions): Promise<TranscriptIndex> {
  const index = new Index(options);
  await index.begin();
  return index;
}

class Index implements TranscriptIndex {
  readonly #options: TranscriptIndexOptions;
  readonly #path: string;
  readonly #reader: LedgerReader;
  readonly #notices: string[] = [];
  #thread: IndexThread | null = null;
  /** The thread that was told to watch. */
  #watching: IndexThread | null = null;
  #hasBegun = false;
  #opening: Promise<IndexThread | null> | null = null;
  #state: IndexState["state"] = "off";
  #problem: string | null = null;
  #readOnly: string | null = null;
  #writtenPath: string;
  #openings = 0;
  #progress: ScanProgress = NO_PROGRESS;
  #running: Promise<void> | null = null;
  /** A person wants no scan, until one is asked for. */
  #isStopped = false;
  /** A scan was asked for, and waits for a cancelled one to end. */
  #isAsked = false;
  #standing: IndexStanding = NOTHING_MISSING;
  #isWatching = false;
  #rescan: NodeJS.Timeout | null = null;
  #again: NodeJS.Timeout | null = null;
  #isDisposed = false;

  constructor(options: TranscriptIndexOptions) {
    this.#options = options;
    this.#path = ledgerPath(options.dataDir);
    this.#writtenPath = this.#path;
    this.#reader = new LedgerReader(this.#path, (error) => {
      options.log.error({ err: error }, "the ledger could not be read");
      if (isDamage(error)) markDamaged(this.#writtenPath);
    });
  }

  get read(): TranscriptReader {
    return this.#reader;
  }

  readonly state = (): IndexState => ({
    state: this.#isAsked && this.#state === "off" ? "scanning" : this.#state,
    problem: this.#problem,
    ...this.#progress,
    unread: unreadOf(this.#standing),
  });

  readonly notices = (): readonly string[] => [
    ...this.#notices,
    ...(this.#readOnly === null ? [] : [this.#readOnly]),
    ...standingNotices(this.#standing),
  ];

  readonly away = (): readonly string[] => this.#standing.away;

  readonly ledger = (): LedgerUse => ({
    path: this.#writtenPath,
    readOnly: this.#readOnly,
    openings: this.#openings,
  });

  readonly scan = async (): Promise<void> => {
    this.#isAsked = true;
    // One that is being cancelled reads no more.
    if (this.#isStopped) await this.#running;
    // Cancelled meanwhile, or begun by whoever asked before.
    if (!this.#isAsked) return this.#running ?? undefined;
    this.#isAsked = false;
    this.#isStopped = false;
    await this.#look();
  };

  readonly rootsChanged = async (): Promise<void> => {
    // A scan that runs goes on with the folders it began with.
    await this.#running;
    if (!this.#isStopped) return this.#look();
    const roots = await this.#options.roots();
    if (this.#watching !== null) await this.#watchBy(this.#watching, roots);
  };

  readonly askLedger = async (ask: LedgerAsk): Promise<LedgerAnswer> => {
    const thread = await this.open();
    if (thread === null) throw new Error(this.#problem ?? "The ledger is not written at present.");
    return thread.ask(ask);
  };

  readonly cancel = (): void => {
    this.#isAsked = false;
    if (this.#running === null) return;
    this.#isStopped = true;
    this.#thread?.cancel();
  };

  readonly scanAndWatch = (): Promise<void> => {
    this.#beginWatching();
    return this.scan();
  };

  readonly watch = async (): Promise<void> => {
    if (!this.#beginWatching()) return;
    const thread = await this.open();
    const roots = await this.#options.roots();
    if (thread !== null && !this.#isDisposed) await this.#watchBy(thread, roots);
  };

  readonly dispose = async (): Promise<void> => {
    this.#isDisposed = true;
    if (this.#rescan !== null) clearTimeout(this.#rescan);
    if (this.#again !== null) clearTimeout(this.#again);
    await this.#opening;
    // First, so that the writer is the last to close the file and leaves it whole.
    this.#reader.close();
    await this.#thread?.dispose(DISPOSE_PATIENCE_MS);
    await this.#running;
  };

  /** Answers whether it was not so before. */
  #beginWatching(): boolean {
    if (this.#isWatching || this.#isDisposed) return false;
    this.#isWatching = true;
    this.#planRescan();
    return true;
  }

  async begin(): Promise<void> {
    await this.open();
    this.#hasBegun = true;
  }

  /** The thread, started when there is none; null when the ledger cannot be used. */
  open(): Promise<IndexThread | null> {
    if (this.#thread !== null || this.#isDisposed) return Promise.resolve(this.#thread);
    this.#opening ??= this.#start().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #start(): Promise<IndexThread | null> {
    const setup = { ledgerPath: this.#path, workers: this.#options.workers ?? DEFAULT_WORKERS };
    const { thread, start } = await IndexThread.start(setup, {
      onNews: (news) => this.#take(news),
      onEnd: () => {
        this.#thread = null;
      },
    });
    if (!start.isOpen) {
      this.#problem = start.problem;
      this.#options.log.error({ path: this.#path }, start.problem);
      // Whoever else writes it keeps nobody from reading it.
      if (!this.#reader.isOpen && existsSync(this.#path)) this.#reader.reopen();
      return null;
    }
    keepNewObjectsYoung();
    this.#problem = null;
    this.#readOnly = start.readOnly;
    this.#writtenPath = start.path;
    this.#openings += 1;
    if (start.notice !== null) this.#notices.push(start.notice);
    this.#thread = thread;
    const userSheet = this.#options.userPrices?.() ?? null;
    thread
      .ask({ what: "prices", userSheet })
      .catch((error: unknown) => this.#options.log.error({ err: error }, "messages were not priced anew"));
    this.#reader.reopen(start.path);
    if (this.#hasBegun) this.#options.onRegained?.();
    return thread;
  }

  #look(): Promise<void> {
    if (this.#isStopped || this.#isDisposed) return this.#running ?? Promise.resolve();
    this.#running ??= this.#scan().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #scan(): Promise<void> {
    const wasReady = this.#state === "ready";
    // A look that finds little to do is not shown as a scan.
    if (!wasReady) {
      this.#state = "scanning";
      this.#options.onProgress?.(this.state());
    }
    const end = await this.#scanOrTryAgain();
    if (this.#isDisposed) return;
    if (end === "done") this.#problem = null;
    this.#state = end === "done" || (end === "failed" && wasReady) ? "ready" : "off";
    this.#options.onProgress?.(this.state());
  }

  /** A thread that ended during the scan, e.g. because the ledger turned out damaged, is started again once. */
  async #scanOrTryAgain(): Promise<"done" | "cancelled" | "failed"> {
    for (let tries = 0; tries < 2; tries += 1) {
      const thread = await this.open();
      if (thread === null) return "failed";
      const roots = await this.#options.roots();
      if (this.#isDisposed) return "cancelled";
      // Else it was cancelled before there was a scan.
      const scanned = this.#isStopped ? Promise.resolve("cancelled" as const) : thread.order("scan", roots);
      // After the scan's order, so that the watch waits for what is found.
      if (this.#isWatching && this.#watching !== thread) void this.#watchBy(thread, roots);
      const end = await scanned;
      if (end !== "lost") return end;
      if (this.#isDisposed) return "cancelled";
    }
    this.#problem = "Sessions on disk are not read: reading them failed twice. The log says why.";
    return "failed";
  }

  async #watchBy(thread: IndexThread, roots: readonly string[]): Promise<void> {
    this.#watching = thread;
    if (this.#isStopped) thread.cancel();
    await thread.order("watch", roots);
  }

  #planRescan(): void {
    if (this.#rescan !== null) clearTimeout(this.#rescan);
    if (this.#isDisposed) return;
    const { away, unwatched } = this.#standing;
    const isPartial = away.length > 0 || unwatched !== null;
    this.#rescan = setTimeout(
      () => void this.#look().finally(() => this.#planRescan()),
      isPartial ? RESCAN_SOON_MS : RESCAN_MS,
    );
    this.#rescan.unref();
  }

  /** While watching; whoever only scans decides when. */
  #scanAgain(): void {
    if (!this.#isWatching || this.#again !== null) return;
    this.#again = setTimeout(() => {
      this.#again = null;
      void this.#look();
    }, AGAIN_MS);
    this.#again.unref();
  }

  #take(news: IndexNews): void {
    if (this.#isDisposed && news.kind !== "log") return;
    const { onChange, onFilesChanged, onProgress, log } = this.#options;
    switch (news.kind) {
      case "progress":
        // A look that is not shown as a scan leaves the time that the last one took.
        this.#progress =
          this.#state === "ready" ? { ...news.progress, elapsedMs: this.#progress.elapsedMs } : news.progress;
        onProgress?.(this.state());
        break;
      case "standing":
        this.#takeStanding(news.standing);
        break;
      case "changed":
        onChange?.(news.sessionIds);
        break;
      case "filesChanged":
        onFilesChanged?.(news.paths);
        break;
      case "noticed":
        this.#notices.push(news.notice);
        onProgress?.(this.state());
        break;
      case "lost":
        this.#problem = news.problem;
        this.#scanAgain();
        onProgress?.(this.state());
        log.error({ path: this.#path }, news.problem);
        break;
      case "log":
        log[news.level](news.detail, news.message);
        break;
      case "opened":
      case "refused":
      case "ended":
      case "answered":
      case "notDone":
    }
  }

  #takeStanding(standing: IndexStanding): void {
    const before = this.#standing;
    this.#standing = standing;
    if (this.#isWatching) this.#planRescan();
    this.#options.onProgress?.(this.state());
    if (before.away.some((folder) => !standing.away.includes(folder))) this.#options.onRegained?.();
  }
}
