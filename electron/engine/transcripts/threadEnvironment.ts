/**
 * The environment of the index's threads. Run from source, each thread would load the compiler for TypeScript: that takes
 * longer than a small scan, and some 40 MB that the system does not get back. So they load their code from a cache, which
 * this thread, that has the compiler anyway, fills before they start. Built code needs none of it.
 */
import { enableCompileCache, flushCompileCache, getCompileCacheDir } from "node:module";

/** `folder` is used when the host has no cache of its own; nobody else may write to it, since what is in it is run. */
export async function threadEnvironment(folder: string): Promise<NodeJS.ProcessEnv> {
  if (!import.meta.url.endsWith(".ts")) return process.env;
  if (getCompileCacheDir() === undefined) enableCompileCache(folder);
  await Promise.all([import("./indexThreadMain.ts"), import("./ledgerOrders.ts"), import("./scanWorkerMain.ts")]);
  flushCompileCache();
  return { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() ?? folder };
}
