/**
 * The public door of search: full text over what was said in all sessions.
 * Owns when what is read, and what is told about it. Knows nothing of records, words or SQL.
 * Invariants: the database is derived data, deleted and built anew whenever it cannot be used; nothing but messages to
 * and from workers happens on this thread; when search is off there is no thread and no file.
 */
import { setImmediate as breathe } from "node:timers/promises";
import type { SearchState } from "../../../../shared/model/host.ts";
import type { EngineLog } from "../../engineLog.ts";
import { AskQueue } from "./askQueue.ts";
import { BuildKeeper } from "./buildKeeper.ts";
import { SearchError } from "./searchError.ts";
import type { SearchFile } from "./searchFile.ts";
import { deleteSearchFiles } from "./searchFiles.ts";
import type { BuildProgress, FoundPage, SearchFilter } from "./workerMessages.ts";

export interface TranscriptSearchOptions {
  /** The database; the files that SQLite keeps beside it have the same beginning. */
  readonly path: string;
  /**
   * All sessions' own files and parts, not those of sub-agents. With `names` (paths and session ids) only the files that
   * they name are needed; naming more does no harm.
   */
  readonly files: (names?: ReadonlySet<string>) => AsyncIterable<SearchFile> | readonly SearchFile[];
  readonly isEnabled?: boolean;
  readonly onStateChange?: (state: SearchState) => void;
  /** Milliseconds after a failure until it is built on. */
  readonly tryAgainMs?: number;
  readonly log: EngineLog;
}

export interface TranscriptSearchQuery {
  /** Words and phrases in double quotes, all of which must occur. Any text is a query. */
  readonly q: string;
  readonly filter?: SearchFilter;
  /** Only sessions that this accepts; asked once for each session that is indexed. */
  readonly accepts?: (sessionId: string) => boolean;
  readonly limit: number;
  readonly cursor?: string | null;
}

export interface TranscriptSearchPage extends FoundPage {
  /** True when not everything that is known of could be searched yet: not all was read, or something changed since. */
  readonly partial: boolean;
}

export interface TranscriptSearch {
  readonly state: () => SearchState;
  /** Reads what is new since the last time, in the background. May be called again. */
  readonly start: () => void;
  /** Reads what is new of all files, if it was started. */
  readonly lookAgain: () => void;
  /** Has files looked at again: their paths, or the ids of their sessions. For appends, new and deleted files. */
  readonly notify: (names: Iterable<string>) => void;
  /** @throws SearchError; the signal's reason when it was aborted. */
  readonly query: (query: TranscriptSearchQuery, signal: AbortSignal) => Promise<TranscriptSearchPage>;
  /** Off ends the work and deletes the database; on begins it anew. Resolves when that is done. */
  readonly setEnabled: (isEnabled: boolean) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Appends come many a second while a session works; search may be this much behind. */
const NOTIFY_MS = 1000;

/** Files in one message to the builder, with a breath between two: the list may be ten thousand long. */
const FILES_A_MESSAGE = 500;

const NO_PROGRESS: BuildProgress = {
  filesDone: 0,
  filesTotal: 0,
  bytesDone: 0,
  bytesTotal: 0,
  elapsedMs: 0,
  secondsLeft: null,
  sizeBytes: 0,
};

export function openTranscriptSearch(options: TranscriptSearchOptions): TranscriptSearch {
  return new Search(options);
}

class Search implements TranscriptSearch {
  readonly #options: TranscriptSearchOptions;
  readonly #asking: AskQueue;
  readonly #building: BuildKeeper;
  #state: SearchState["state"];
  #progress = NO_PROGRESS;
  #problem: string | null = null;
  #isStarted = false;
  readonly #names = new Set<string>();
  #notifying: NodeJS.Timeout | null = null;
  /** Lists of files that are being put together for the builder. */
  #listing = 0;
  /** Lists are sent, and switches are made, one after the other. */
  #lane: Promise<void> = Promise.resolve();
  #isDisposed = false;

  constructor(options: TranscriptSearchOptions) {
    this.#options = options;
    const { path, log, tryAgainMs } = options;
    this.#state = options.isEnabled === false ? "off" : "building";
    this.#building = new BuildKeeper({
      path,
      log,
      ...(tryAgainMs !== undefined && { tryAgainMs }),
      onProgress: (progress) => this.#told({ progress }),
      onWhole: () => this.#told({ state: "ready", problem: null }),
      onEmpty: () => this.#anew(),
      onFailed: (message) => this.#told({ problem: message }),
      beforeDelete: () => this.#asking.end(),
    });
    this.#asking = new AskQueue({
      path,
      onDamaged: () => void this.#inLane(() => this.#building.reset()),
      onFailure: (message) => log.warn({ message }, "a search failed"),
    });
  }

  readonly state = (): SearchState => ({ state: this.#state, ...this.#progress, problem: this.#problem });

  readonly start = (): void => {
    this.#isStarted = true;
    this.#list(() => this.#sendAll());
  };

  readonly lookAgain = (): void => {
    if (this.#isStarted) this.start();
  };

  readonly notify = (names: Iterable<string>): void => {
    if (!this.#isStarted || this.#isOff()) return;
    for (const name of names) this.#names.add(name);
    if (this.#names.size === 0) return;
    this.#notifying ??= setTimeout(() => this.#sendSoon(), NOTIFY_MS);
    this.#notifying.unref();
  };

  readonly query = async (query: TranscriptSearchQuery, signal: AbortSignal): Promise<TranscriptSearchPage> => {
    signal.throwIfAborted();
    if (this.#isOff()) throw new SearchError("off");
    const isBehind = this.#isBehind();
    // Who searches now may well search again for what was just said.
    if (this.#notifying !== null) this.#sendSoon();
    if (!(await this.#building.opened())) throw new SearchError("failed");
    const { q, accepts, limit, cursor = null, filter = {} } = query;
    const among = accepts === undefined ? filter : await this.#accepted(filter, accepts, signal);
    const page = await this.#asking.ask({ q, limit, cursor, filter: among }, signal);
    return { ...page, partial: isBehind || this.#state !== "ready" || this.#problem !== null };
  };

  readonly setEnabled = (isEnabled: boolean): Promise<void> =>
    this.#inLane(async () => {
      if (this.#isDisposed || isEnabled === (this.#state !== "off")) return;
      if (isEnabled) {
        this.#told({ state: "building", progress: NO_PROGRESS, problem: null });
        if (this.#isStarted) await this.#sendAll();
        return;
      }
      this.#told({ state: "off", progress: NO_PROGRESS, problem: null });
      await this.#endThreads();
      await deleteSearchFiles(this.#options.path);
    });

  readonly dispose = async (): Promise<void> => {
    this.#isDisposed = true;
    await this.#inLane(() => this.#endThreads());
  };

  /** Whether something is not searched yet that was there when this is asked. */
  #isBehind(): boolean {
    const isSent = this.#names.size === 0 && this.#listing === 0;
    return this.#state !== "ready" || !isSent || !this.#building.isUpToDate;
  }

  #isOff(): boolean {
    return this.#isDisposed || this.#state === "off";
  }

  #inLane(act: () => Promise<void>): Promise<void> {
    this.#lane = this.#lane.then(act).catch((error: unknown) => {
      this.#options.log.error({ err: error }, "the search index could not be brought up to date");
      this.#told({ problem: error instanceof Error ? error.message : String(error) });
    });
    return this.#lane;
  }

  #sendSoon(): void {
    if (this.#notifying !== null) clearTimeout(this.#notifying);
    this.#notifying = null;
    this.#list(() => this.#sendChanged());
  }

  #list(send: () => Promise<void>): void {
    this.#listing += 1;
    void this.#inLane(send).finally(() => {
      this.#listing -= 1;
    });
  }

  async #sendAll(): Promise<void> {
    if (this.#isOff()) return;
    let files: SearchFile[] = [];
    let isFirst = true;
    for await (const file of this.#options.files()) {
      files.push(file);
      if (files.length < FILES_A_MESSAGE) continue;
      this.#building.post({ kind: "all", files, isFirst, isLast: false });
      files = [];
      isFirst = false;
      await breathe();
    }
    if (!this.#isOff()) this.#building.post({ kind: "all", files, isFirst, isLast: true });
  }

  async #sendChanged(): Promise<void> {
    if (this.#isOff()) return;
    const names = new Set(this.#names);
    this.#names.clear();
    const files: SearchFile[] = [];
    for await (const file of this.#options.files(names)) {
      if (names.has(file.path) || names.has(file.sessionId)) files.push(file);
    }
    if (!this.#isOff()) this.#building.post({ kind: "changed", files, names: [...names] });
  }

  /** The database is empty: all there is must be read. */
  #anew(): void {
    this.#told({ state: "building", progress: NO_PROGRESS });
    if (this.#isStarted) this.#list(() => this.#sendAll());
  }

  async #accepted(
    filter: SearchFilter,
    accepts: (sessionId: string) => boolean,
    signal: AbortSignal,
  ): Promise<SearchFilter> {
    const among = filter.sessionIds ?? (await this.#asking.sessionIds(signal));
    return { ...filter, sessionIds: among.filter(accepts) };
  }

  async #endThreads(): Promise<void> {
    if (this.#notifying !== null) clearTimeout(this.#notifying);
    this.#notifying = null;
    await Promise.all([this.#building.end(), this.#asking.end()]);
  }

  #told(change: {
    readonly state?: SearchState["state"];
    readonly progress?: BuildProgress;
    readonly problem?: string | null;
  }): void {
    const isLate = this.#state === "off" && change.state === undefined;
    if (this.#isDisposed || isLate) return;
    this.#state = change.state ?? this.#state;
    this.#progress = change.progress ?? this.#progress;
    if (change.problem !== undefined) this.#problem = change.problem;
    this.#options.onStateChange?.(this.state());
  }
}
