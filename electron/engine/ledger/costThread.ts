/**
 * Owns the thread that answers from the ledger. It runs from the first question on, and ends when nobody has asked for a
 * while: its entries in memory are for people who look at costs.
 * Invariant: every question is answered or fails.
 */
import { Worker } from "node:worker_threads";
import type { CostAnswers, CostNews, CostOrder, CostQuestion, CostThreadSetup } from "./costMessages.ts";
import type { PriceSheet } from "./pricing/price.ts";
import { endThread } from "../endThread.ts";
import { scriptBeside } from "../scriptBeside.ts";

export interface CostThreadOptions {
  readonly ledgerPath: string;
  readonly userPrices: () => PriceSheet | null;
}

/** Without questions for this long it ends. Beginning again takes a few tenths of a second. */
const IDLE_MS = 10 * 60_000;

/** Entries beside the young space are in typed arrays, outside of the heap. */
const HEAP_MB = 512;

export class CostThread {
  readonly #options: CostThreadOptions;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #lastId = 0;
  #isDisposed = false;

  constructor(options: CostThreadOptions) {
    this.#options = options;
  }

  /** @throws when there is no ledger, or it cannot be read. */
  async ask<What extends CostQuestion>(
    what: What,
    ask: CostAnswers[What]["ask"],
  ): Promise<CostAnswers[What]["answer"]> {
    if (this.#isDisposed) throw new Error("The host is being closed.");
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    this.#asked.set(id, answer);
    const order: CostOrder = { kind: "ask", id, what, ask };
    this.#started().postMessage(order, []);
    this.#rest();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the thread answers what was asked
    return (await answer.promise) as CostAnswers[What]["answer"];
  }

  /** The user's prices are others; a thread that is started later asks for them. */
  async pricesChanged(): Promise<void> {
    if (this.#worker !== null) await this.ask("prices", { userSheet: this.#options.userPrices() });
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    if (this.#worker !== null) await endThread(this.#worker);
  }

  #started(): Worker {
    if (this.#worker !== null) return this.#worker;
    const setup: CostThreadSetup = {
      ledgerPath: this.#options.ledgerPath,
      userSheet: this.#options.userPrices(),
    };
    const worker = new Worker(scriptBeside(import.meta.url, "costThreadMain"), {
      workerData: setup,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    let problem = "The costs could not be read.";
    worker.on("message", (news: CostNews) => this.#take(news));
    worker.on("error", (error) => {
      problem = `The costs could not be read: ${String(error)}.`;
    });
    worker.once("exit", () => this.#lose(worker, problem));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #take(news: CostNews): void {
    const asked = this.#asked.get(news.id);
    this.#asked.delete(news.id);
    if ("problem" in news) asked?.reject(new Error(news.problem));
    else asked?.resolve(news.answer);
  }

  #lose(worker: Worker, problem: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#asked.values()) reject(new Error(problem));
    this.#asked.clear();
  }

  #rest(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#asked.size > 0 || this.#worker === null) return;
      const worker = this.#worker;
      // Whoever asks from now on gets another.
      this.#worker = null;
      void endThread(worker);
    }, IDLE_MS);
    this.#idle.unref();
  }
}
