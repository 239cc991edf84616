/**
 * Owns the thread that does the index's work, from its start to its end.
 * Invariant: every order ends, as `lost` when the thread does before it.
 */
import { dirname, join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { IndexNews, IndexOrder, IndexThreadSetup, LedgerAnswer, LedgerAsk } from "./indexMessages.ts";
import type { ScanEnd } from "./indexWork.ts";
import { startBusyThread } from "./startBusyThread.ts";
import { threadEnvironment } from "./threadEnvironment.ts";
import { scriptBeside } from "../scriptBeside.ts";

/** How the start ended: the ledger is open, perhaps with something to tell a person, or it cannot be. */
export type ThreadStart =
  | { readonly isOpen: true; readonly path: string; readonly readOnly: string | null; readonly notice: string | null }
  | { readonly isOpen: false; readonly problem: string };

export interface IndexThreadListener {
  /** All news but those of the start and of orders' ends. */
  readonly onNews: (news: IndexNews) => void;
  /** It is no more, asked to or not. */
  readonly onEnd: () => void;
}

/** Rows on their way live for a moment: with less young space many are copied before they die. Given back after a scan. */
const YOUNG_HEAP_MB = 24;

/** The files of a transcript index name paths, facts and progress; this many bytes are far beyond all of it. */
const OLD_HEAP_MB = 512;

const NOT_WRITTEN = "The ledger is not written at present.";

export class IndexThread {
  readonly #worker: Worker;
  readonly #listener: IndexThreadListener;
  readonly #pending = new Map<number, (end: ScanEnd | "lost") => void>();
  readonly #asked = new Map<number, PromiseWithResolvers<LedgerAnswer>>();
  readonly #exited: Promise<void>;
  #lastId = 0;
  #hasEnded = false;

  private constructor(setup: IndexThreadSetup, listener: IndexThreadListener, env: NodeJS.ProcessEnv) {
    this.#listener = listener;
    this.#worker = startBusyThread(scriptBeside(import.meta.url, "indexThreadMain"), {
      workerData: setup,
      env,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_HEAP_MB, maxOldGenerationSizeMb: OLD_HEAP_MB },
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.once("exit", () => {
        this.#lose();
        resolve();
      });
    });
  }

  /** Resolves when the ledger is open, or cannot be; then there is no thread. */
  static async start(
    setup: IndexThreadSetup,
    listener: IndexThreadListener,
  ): Promise<{ readonly thread: IndexThread; readonly start: ThreadStart }> {
    const env = await threadEnvironment(join(dirname(setup.ledgerPath), "compile-cache"));
    const thread = new IndexThread(setup, listener, env);
    const start = await new Promise<ThreadStart>((resolve) => {
      thread.#worker.on("message", (news: IndexNews) => {
        if (news.kind === "opened") resolve({ ...news, isOpen: true });
        else if (news.kind === "refused") resolve({ isOpen: false, problem: news.problem });
        else thread.#take(news);
      });
      thread.#worker.on("error", (error) => {
        listener.onNews({ kind: "log", level: "error", detail: { err: error }, message: "the index's thread failed" });
        resolve({ isOpen: false, problem: `Sessions on disk are not read: ${String(error)}.` });
      });
      thread.#worker.once("exit", () => resolve({ isOpen: false, problem: "Sessions on disk are not read." }));
    });
    return { thread, start };
  }

  /** Resolves when the order is done. */
  order(kind: "scan" | "watch", roots: readonly string[]): Promise<ScanEnd | "lost"> {
    if (this.#hasEnded) return Promise.resolve("lost");
    this.#lastId += 1;
    const id = this.#lastId;
    this.#post({ kind, id, roots });
    return new Promise((resolve) => this.#pending.set(id, resolve));
  }

  /** Resolves when it is done and permanent. @throws when it could not be, or the thread ends before. */
  ask(ask: LedgerAsk): Promise<LedgerAnswer> {
    if (this.#hasEnded) return Promise.reject(new Error(NOT_WRITTEN));
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = Promise.withResolvers<LedgerAnswer>();
    this.#asked.set(id, answer);
    this.#post({ kind: "ask", id, ask });
    return answer.promise;
  }

  cancel(): void {
    this.#post({ kind: "cancel" });
  }

  /** Ends it when what is written is permanent, or after `patienceMs`. */
  async dispose(patienceMs: number): Promise<void> {
    if (this.#hasEnded) return;
    this.#post({ kind: "dispose" });
    const timer = setTimeout(() => void this.#worker.terminate(), patienceMs);
    await this.#exited;
    clearTimeout(timer);
  }

  #post(order: IndexOrder): void {
    this.#worker.postMessage(order, []);
  }

  #take(news: IndexNews): void {
    if (news.kind === "answered") this.#asked.get(news.id)?.resolve(news.answer);
    if (news.kind === "notDone") this.#asked.get(news.id)?.reject(new Error(news.problem));
    if (news.kind === "answered" || news.kind === "notDone") return void this.#asked.delete(news.id);
    if (news.kind !== "ended") return this.#listener.onNews(news);
    this.#pending.get(news.id)?.(news.end);
    this.#pending.delete(news.id);
  }

  #lose(): void {
    this.#hasEnded = true;
    for (const resolve of this.#pending.values()) resolve("lost");
    this.#pending.clear();
    for (const { reject } of this.#asked.values()) reject(new Error(NOT_WRITTEN));
    this.#asked.clear();
    this.#listener.onEnd();
  }
}
