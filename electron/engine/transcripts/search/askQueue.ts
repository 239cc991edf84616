/**
 * Asks the asking worker, one question at a time. Owns the questions that wait and the worker, which ends when nobody
 * asks for a while.
 * Invariants: every question ends in one answer or one failure; the queue is bounded, and the newest questions win; a
 * question that nobody waits for any longer is stopped in the worker too.
 */
import { SearchError } from "./searchError.ts";
import { SearchThread } from "./searchThread.ts";
import type { AskOrder, AskReport, FoundPage, SearchAsk } from "./workerMessages.ts";

/** More people than look at one host type at the same time. */
const MAX_WAITING = 16;

const TIMEOUT_MS = 5000;

/** Without a question for this long the worker ends, and its memory is free. */
const IDLE_MS = 30_000;

interface Question {
  readonly order: AskOrder;
  readonly stop: Int32Array;
  readonly take: (report: AskReport) => void;
  readonly fail: (error: unknown) => void;
}

export interface AskQueueOptions {
  readonly path: string;
  readonly onDamaged: () => void;
  readonly onFailure: (message: string) => void;
}

export class AskQueue {
  readonly #options: AskQueueOptions;
  #thread: SearchThread<AskOrder, AskReport> | null = null;
  #waiting: Question[] = [];
  #current: Question | null = null;
  #lastId = 0;
  #idle: NodeJS.Timeout | null = null;

  constructor(options: AskQueueOptions) {
    this.#options = options;
  }

  /** @throws SearchError; the signal's reason when it was aborted. */
  async ask(ask: SearchAsk, signal: AbortSignal): Promise<FoundPage> {
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const report = await this.#put((id) => ({ kind: "ask", id, ask, stop }), new Int32Array(stop), signal);
    if (report.kind !== "found") throw new SearchError("failed");
    return report.page;
  }

  /** The ids of all sessions that are indexed. */
  async sessionIds(signal: AbortSignal): Promise<readonly string[]> {
    const report = await this.#put((id) => ({ kind: "sessions", id }), new Int32Array(1), signal);
    if (report.kind !== "sessions") throw new SearchError("failed");
    return report.sessionIds;
  }

  /** Ends the worker; questions fail. A later question starts it anew. */
  async end(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const failed = [...this.#waiting.splice(0), ...(this.#current === null ? [] : [this.#current])];
    this.#current = null;
    for (const question of failed) {
      Atomics.store(question.stop, 0, 1);
      question.fail(new SearchError("failed"));
    }
    const thread = this.#thread;
    this.#thread = null;
    await thread?.end();
  }

  #put(order: (id: number) => AskOrder, stop: Int32Array, signal: AbortSignal): Promise<AskReport> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(reasonOf(signal));
      this.#lastId += 1;
      const settled = (): void => {
        clearTimeout(timeout);
        signal.removeEventListener("abort", onAbort);
      };
      const question: Question = {
        order: order(this.#lastId),
        stop,
        take: (report) => {
          settled();
          if (report.kind === "refused") reject(this.#errorOf(report));
          else resolve(report);
        },
        fail: (error) => {
          settled();
          reject(error);
        },
      };
      const onAbort = (): void => this.#giveUp(question, reasonOf(signal));
      const timeout = setTimeout(() => this.#giveUp(question, new SearchError("timed_out")), TIMEOUT_MS);
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(question);
      if (this.#waiting.length > MAX_WAITING) this.#waiting.shift()?.fail(new SearchError("busy"));
      this.#next();
    });
  }

  #next(): void {
    if (this.#current !== null) return;
    if (this.#idle !== null) clearTimeout(this.#idle);
    const question = this.#waiting.shift();
    if (question === undefined) {
      this.#idle = setTimeout(() => void this.end(), IDLE_MS);
      this.#idle.unref();
      return;
    }
    this.#current = question;
    this.#thread ??= this.#start();
    this.#thread.post(question.order);
  }

  #start(): SearchThread<AskOrder, AskReport> {
    const thread = new SearchThread<AskOrder, AskReport>({
      role: { role: "ask", path: this.#options.path },
      onReport: (report) => {
        const question = this.#current;
        if (this.#thread !== thread || question === null || report.id !== question.order.id) return;
        this.#current = null;
        question.take(report);
        this.#next();
      },
      onEnd: (error) => {
        if (this.#thread !== thread) return;
        this.#thread = null;
        this.#options.onFailure(error ?? "The thread ended.");
        const question = this.#current;
        this.#current = null;
        question?.fail(new SearchError("failed"));
        this.#next();
      },
    });
    return thread;
  }

  #giveUp(question: Question, error: unknown): void {
    Atomics.store(question.stop, 0, 1);
    this.#waiting = this.#waiting.filter((waiting) => waiting !== question);
    question.fail(error);
  }

  #errorOf({ reason, message }: Extract<AskReport, { kind: "refused" }>): SearchError {
    if (reason === "bad_cursor") return new SearchError("bad_cursor");
    if (reason === "damaged") this.#options.onDamaged();
    this.#options.onFailure(message);
    return new SearchError("failed");
  }
}

function reasonOf(signal: AbortSignal): unknown {
  return signal.reason;
}
