/**
 * The environment of the index's threads. Run from source, each thread would load the compiler for TypeScript: that takes
 * longer than a small scan, and some 40 MB that the system does not get back. So they load their code from a cache, which
 * this thread, that has the compiler anyway, fills before they start. Built code needs none of it.
 */
import { enableCompileCache, flushCompileCache, getCompileCacheDir } from "node:module";
import { setImmediate } from "node:timers/promises";

const isSource = import.meta.url.endsWith(".ts");

/** `folder` is used when the host has no cache of its own; nobody else may write to it, since what is in it is run. */
export async function threadEnvironment(folder: string): Promise<NodeJS.ProcessEnv> {
  if (!isSource) return process.env;
  if (getCompileCacheDir() === undefined) enableCompileCache(folder);
  // In parts that build on each other, so that none of them holds this thread for long.
  await import("./scanWorkerMain.ts");
  await setImmediate();
  await import("../storage/transcriptStore.ts");
  await setImmediate();
  await import("./indexThreadMain.ts");
  flushCompileCache();
  return { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() ?? folder };
}

/**
 * Puts what a thread loaded later into the cache, for the next start. What is too large to be loaded by the main thread
 * is compiled once in the thread that needs it.
 */
export function keepCompiled(): void {
  if (isSource) flushCompileCache();
}
