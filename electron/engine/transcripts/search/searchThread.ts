/**
 * One worker thread of search. Owns the thread from its start to its end; knows nothing of what it does.
 * Invariant: `onEnd` is called once, whether the thread was ended, ended itself or died.
 */
import { Worker } from "node:worker_threads";
import type { SearchWorkerRole } from "./workerMessages.ts";
import { endThread } from "../../endThread.ts";
import { scriptBeside } from "../../scriptBeside.ts";

/** A heap beyond this is a file that no conversation is; the thread then dies instead of the host. */
const HEAP_MB = 64;

/** Short-lived objects: more room only makes the thread larger, not faster. */
const YOUNG_HEAP_MB = 4;

export interface SearchThreadOptions<Report> {
  readonly role: SearchWorkerRole;
  readonly onReport: (report: Report) => void;
  /** `error` says what it died of; null when it ended as it should. */
  readonly onEnd: (error: string | null) => void;
}

export class SearchThread<Order, Report> {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #error: string | null = null;

  constructor({ role, onReport, onEnd }: SearchThreadOptions<Report>) {
    this.#worker = new Worker(scriptBeside(import.meta.url, "searchWorkerMain"), {
      workerData: role,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    this.#worker.on("message", onReport);
    this.#worker.on("error", (error) => {
      this.#error = error instanceof Error ? error.message : String(error);
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once("exit", () => {
        onEnd(this.#error);
        resolve();
      });
    });
  }

  post(order: Order): void {
    this.#worker.postMessage(order, []);
  }

  /** Resolves when the thread is no more. What it has not begun is not done. */
  async end(): Promise<void> {
    await endThread(this.#worker);
    await this.#ended;
  }
}
