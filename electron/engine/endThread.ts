import type { Worker } from "node:worker_threads";

/** What a thread is told last: it is to end by itself, when it has done what it was told before. */
export interface EndOrder {
  readonly kind: "end";
}

const END: EndOrder = { kind: "end" };

/** Long enough for any thread that is not stuck; a host that is asked to end waits no longer. */
const PATIENCE_MS = 2_000;

/**
 * Has a thread end by itself, and ends it by force only when it does not: one that is cut off while it starts, or within
 * SQLite, can bring the whole process down with it. Resolves when it is no more; harmless when it is gone already.
 */
export async function endThread(worker: Worker, patienceMs: number = PATIENCE_MS): Promise<void> {
  // So says Node of one that has ended.
  if (worker.threadId === -1) return;
  const exited = new Promise<void>((resolve) => void worker.once("exit", () => resolve()));
  worker.postMessage(END, []);
  const timer = setTimeout(() => void worker.terminate(), patienceMs);
  await exited;
  clearTimeout(timer);
}
