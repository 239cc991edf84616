import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Collects all garbage of the calling thread, and returns the pages to the system. A thread that did much and then waits
 * keeps its heap as large as it ever was, since V8 collects when something is allocated: after a scan and the first look
 * at all folders that is some 30 MB. Holds the thread for some ten milliseconds: the main one
 * only before it has anything to do.
 */
export function giveBackMemory(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("globalThis.gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect({ type: "major", execution: "sync", flavor: "last-resort" });
}
