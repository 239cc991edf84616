/**
 * Starts threads that work through much data in one go. They begin with a young heap as large as their limit: a small one
 * that grows with time has rows copied which would be dead a moment later, and takes 10 % more of a first index.
 * Owns V8's flag for that while such threads start: a thread reads it once, when it begins, and no other one is changed.
 */
import { setFlagsFromString } from "node:v8";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** Megabytes of each half; more than a thread's limit counts as the limit. */
const BUSY = "--min-semi-space-size=8";
const USUAL = "--min-semi-space-size=0";

let starting = 0;

export function startBusyThread(script: string | URL, options: WorkerOptions): Worker {
  starting += 1;
  setFlagsFromString(BUSY);
  const worker = new Worker(script, options);
  let isStarting = true;
  const started = (): void => {
    if (!isStarting) return;
    isStarting = false;
    starting -= 1;
    if (starting === 0) setFlagsFromString(USUAL);
  };
  worker.once("online", started);
  worker.once("exit", started);
  return worker;
}
