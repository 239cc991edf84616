/**
 * Owns when budgets are looked at: soon after something changed, when a period ends, and at once when somebody asks.
 * Knows nothing about what a look does.
 * Invariants: one look at a time; whoever asks gets one that began after that.
 */
export interface LookPaceOptions {
  readonly look: () => Promise<void>;
  /** Milliseconds until the next period begins; null when none does. */
  readonly untilTurn: () => number | null;
  /** A look that nobody asked for failed. */
  readonly onFailure: (error: unknown) => void;
}

/** Between two looks: what a busy session uses comes many times a second. */
const REST_MS = 300;

/** Until the next try when the ledger cannot be read. */
const TRY_AGAIN_MS = 5000;

/** At the longest between two looks at the clock: it may be set, and a host may sleep. */
const MAX_WAIT_MS = 15 * 60_000;

export class LookPace {
  readonly #options: LookPaceOptions;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #soon: NodeJS.Timeout | null = null;
  #turn: NodeJS.Timeout | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #isDisposed = false;

  constructor(options: LookPaceOptions) {
    this.#options = options;
  }

  /** Looks in a moment, however often it is called until then. */
  soon(): void {
    if (this.#soon === null) this.#lookIn(Math.max(0, this.#lastMs + REST_MS - performance.now()));
  }

  /** Looks now, or as soon as the look that runs has ended. Rejects when it fails. */
  now(): Promise<void> {
    if (this.#next !== null) return this.#next;
    if (this.#running === null) return this.#begin();
    // The one that runs may have asked before what the caller wants to see was written.
    this.#next = this.#running.then(() => {
      this.#next = null;
      return this.#begin();
    });
    return this.#next;
  }

  /** Resolves when nothing is looked at any more. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const timer of [this.#soon, this.#turn]) if (timer !== null) clearTimeout(timer);
    await this.#running;
  }

  #begin(): Promise<void> {
    const look = this.#isDisposed ? Promise.resolve() : this.#options.look();
    const ended = (): void => {
      this.#lastMs = performance.now();
      this.#running = null;
      this.#waitForTurn();
    };
    this.#running = look.then(ended, ended);
    return look;
  }

  #lookIn(delayMs: number): void {
    if (this.#isDisposed) return;
    this.#soon = setTimeout(() => {
      this.#soon = null;
      this.now().catch((error: unknown) => {
        if (this.#isDisposed) return;
        this.#options.onFailure(error);
        if (this.#soon === null) this.#lookIn(TRY_AGAIN_MS);
      });
    }, delayMs);
    this.#soon.unref();
  }

  #waitForTurn(): void {
    if (this.#turn !== null) clearTimeout(this.#turn);
    this.#turn = null;
    const waitMs = this.#isDisposed ? null : this.#options.untilTurn();
    if (waitMs === null) return;
    const turned = (): void => ((this.#options.untilTurn() ?? 0) <= 0 ? this.soon() : this.#waitForTurn());
    this.#turn = setTimeout(turned, Math.min(Math.max(waitMs, REST_MS), MAX_WAIT_MS));
    this.#turn.unref();
  }
}
