/**
 * Owns the worker threads that read transcripts, and which file each of them has. Knows nothing about storage.
 * Invariants: every order ends in exactly one `onDone`, also when its worker dies; orders given first are begun first.
 */
import type { Worker } from "node:worker_threads";
import { unpackCopies } from "./packCopies.ts";
import type { ScanAnswer, ScanOrder, ScanWorkerSetup } from "./scanOrders.ts";
import type { PartToWrite, ScanTask } from "./scanTranscript.ts";
import { startBusyThread } from "./startBusyThread.ts";
import { endThread } from "../endThread.ts";
import { scriptBeside } from "../scriptBeside.ts";

export interface ScanListener {
  readonly onPart: (part: PartToWrite) => void;
  /** The file is read (null), or could not be: the system's code, `WORKER_DIED`, or `STOPPED`. */
  readonly onDone: (errorCode: string | null) => void;
}

/** An order with who waits for it. */
export interface GivenOrder extends Omit<ScanOrder, "kind"> {
  /** What there is to read. */
  readonly bytes: number;
  readonly listener: ScanListener;
}

/** Files that a worker has at least: the next one lies ready while the last one's answer is on its way. */
const ORDERS_A_WORKER = 3;

/**
 * Bytes that a worker has to read: it goes on while the thread that gives them out writes and commits, which takes up to
 * some 50 ms.
 */
const BYTES_A_WORKER = 12 * 1024 * 1024;

/** Where files are tiny: more would lie with the worker than anybody can still help with, and be counted each time. */
const MOST_ORDERS_A_WORKER = 32;

/** A part of a file lives until it is sent: with less young space it is copied before. The worker ends with the scan. */
const YOUNG_HEAP_MB = 24;

export class ScanPool {
  readonly #scriptPath: string;
  readonly #workers = new Map<Worker, Map<number, GivenOrder>>();
  readonly #waiting: GivenOrder[] = [];
  readonly #stoppedUpTo = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #wanted: number;
  #lastOrderId = 0;

  constructor(workers: number, scriptPath: string = scriptBeside(import.meta.url, "scanWorkerMain")) {
    this.#wanted = workers;
    this.#scriptPath = scriptPath;
  }

  /** Starts a thread for orders that are about to come. */
  prepare(): void {
    if (this.#workers.size === 0 && this.#wanted > 0) this.#start();
  }

  scan(order: Omit<GivenOrder, "orderId">): void {
    this.#lastOrderId += 1;
    this.#waiting.push({ ...order, orderId: this.#lastOrderId });
    this.#hand();
  }

  /** Ends what workers read now, if it can stop, soon. */
  stop(): void {
    Atomics.store(this.#stoppedUpTo, 0, this.#lastOrderId);
  }

  /** Forgets the orders for these files that no worker has yet, and names them. Their listeners hear nothing more. */
  forget(paths: ReadonlySet<string>): readonly string[] {
    const all = this.#waiting.splice(0);
    this.#waiting.push(...all.filter(({ task }) => !paths.has(task.path)));
    return all.flatMap(({ task }) => (paths.has(task.path) ? [task.path] : []));
  }

  /** Takes back the first order for one of these files that no worker has yet, for somebody else to do; null when none. */
  takeBack(isWanted: (task: ScanTask) => boolean): GivenOrder | null {
    const index = this.#waiting.findIndex(({ task }) => isWanted(task));
    return index === -1 ? null : (this.#waiting.splice(index, 1)[0] ?? null);
  }

  /** Ends the threads that have nothing to do; they come back when there is something. */
  async endIdle(): Promise<void> {
    const idle = [...this.#workers].filter(([, given]) => given.size === 0);
    await Promise.all(idle.map(([worker]) => this.#end(worker)));
  }

  async dispose(): Promise<void> {
    this.#waiting.splice(0);
    // One that reads a large file would not hear that it is to end.
    this.stop();
    this.#wanted = 0;
    await Promise.all([...this.#workers.keys()].map((worker) => this.#end(worker)));
  }

  #hand(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#leastBusy();
      if (worker === null) return;
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#workers.get(worker)?.set(next.orderId, next);
      const { orderId, task, canStop } = next;
      worker.postMessage({ kind: "scan", orderId, task, canStop } satisfies ScanOrder, []);
    }
  }

  #leastBusy(): Worker | null {
    const [least] = [...this.#workers].toSorted(([, a], [, b]) => a.size - b.size);
    if ((least === undefined || least[1].size > 0) && this.#workers.size < this.#wanted) return this.#start();
    return least !== undefined && hasRoom(least[1]) ? least[0] : null;
  }

  #start(): Worker {
    const setup: ScanWorkerSetup = { stoppedUpTo: this.#stoppedUpTo.buffer };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_HEAP_MB };
    const worker = startBusyThread(this.#scriptPath, { workerData: setup, resourceLimits });
    this.#workers.set(worker, new Map());
    worker.on("message", (message: ScanAnswer) => this.#take(worker, message));
    // The exit that follows ends its orders.
    worker.on("error", () => undefined);
    worker.once("exit", () => this.#lose(worker));
    return worker;
  }

  #take(worker: Worker, { orderId, part, packed, errorCode }: ScanAnswer): void {
    const given = this.#workers.get(worker)?.get(orderId);
    if (given === undefined) return;
    if (part !== null && packed !== null) {
      given.listener.onPart({ ...part, copies: unpackCopies(packed, given.task.path) });
      if (!part.isDone) return;
    }
    this.#workers.get(worker)?.delete(orderId);
    this.#hand();
    given.listener.onDone(errorCode);
  }

  #lose(worker: Worker): void {
    const lost = this.#workers.get(worker);
    this.#workers.delete(worker);
    for (const { listener } of lost?.values() ?? []) listener.onDone("WORKER_DIED");
    if (this.#wanted > 0) this.#hand();
  }

  async #end(worker: Worker): Promise<void> {
    // Already none of ours: nothing is given to one that ends.
    const lost = this.#workers.get(worker);
    this.#workers.delete(worker);
    for (const { listener } of lost?.values() ?? []) listener.onDone("WORKER_DIED");
    await endThread(worker);
  }
}

function hasRoom(given: ReadonlyMap<number, GivenOrder>): boolean {
  if (given.size < ORDERS_A_WORKER) return true;
  if (given.size >= MOST_ORDERS_A_WORKER) return false;
  return [...given.values()].reduce((sum, { bytes }) => sum + bytes, 0) < BYTES_A_WORKER;
}
