/**
 * Owns when it is looked for claude processes that are in no registry: when something writes a session that nobody is
 * known to have open, while such a process runs, and otherwise rarely, because a look costs something.
 * Knows nothing about what a look is. Invariants: looks come one after the other; after `close` nothing is told.
 */
import type { FoundProcess, UnregisteredSessions } from "./unregisteredSessions.ts";

export interface ProcessWatchOptions {
  readonly sessions: Pick<UnregisteredSessions, "look">;
  /** What was found, after each change. */
  readonly onFound: (found: readonly FoundProcess[]) => void;
  readonly onProblem: (error: unknown) => void;
  /** True where a look starts no program. */
  readonly isCheap: boolean;
}

/** A session registers within half a second of its start (measured on 2.1.329); a machine that swaps takes longer. */
const REGISTERED_AFTER_MS = 3_000;

/** Between two looks in milliseconds: while a process is found, at least at all times, and at most whatever is written. */
const CHEAP = { whileFound: 1_000, slow: 10_000, fast: 1_000 };
const DEAR = { whileFound: 10_000, slow: 60_000, fast: 10_000 };

export class ProcessWatch {
  readonly #options: ProcessWatchOptions;
  readonly #pace: typeof CHEAP;
  #found: readonly FoundProcess[] = [];
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #lastAt = Number.NEGATIVE_INFINITY;
  #last: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: ProcessWatchOptions) {
    this.#options = options;
    this.#pace = options.isCheap ? CHEAP : DEAR;
  }

  /** As of the last look. */
  get found(): readonly FoundProcess[] {
    return this.#found;
  }

  /** Something wrote a session that nobody is known to have open. */
  wake(): void {
    this.#lookAt(this.#lastAt + this.#pace.fast);
  }

  /** Looks now; resolves when what it found was told. */
  look(): Promise<void> {
    this.#last = this.#last.then(() => this.#look());
    return this.#last;
  }

  /** Looks now, for processes that began just now as well, and tells nobody but the caller. */
  async openIn(sessionId: string): Promise<FoundProcess | null> {
    const { sessions, onProblem } = this.#options;
    try {
      const { found } = await sessions.look(0);
      return found.find((process) => process.sessionId === sessionId) ?? null;
    } catch (error) {
      onProblem(error);
      return null;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#last;
  }

  #lookAt(at: number): void {
    if (this.#closed || this.#dueAt <= at) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => void this.look(), Math.max(0, at - performance.now()));
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#dueAt = Number.POSITIVE_INFINITY;
    let isWaiting = false;
    try {
      const looked = await this.#options.sessions.look(REGISTERED_AFTER_MS);
      isWaiting = looked.isWaiting;
      this.#take(looked.found);
    } catch (error) {
      this.#options.onProblem(error);
    }
    this.#lastAt = performance.now();
    const { slow, whileFound } = this.#pace;
    this.#lookAt(this.#lastAt + (this.#found.length > 0 ? whileFound : slow));
    if (isWaiting) this.#lookAt(this.#lastAt + Math.max(REGISTERED_AFTER_MS, this.#pace.fast));
  }

  #take(found: readonly FoundProcess[]): void {
    if (this.#closed || JSON.stringify(found) === JSON.stringify(this.#found)) return;
    this.#found = found;
    this.#options.onFound(found);
  }
}
