import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Lets `giveBackMemory` do its work, in all threads. To be called once, before any thread is started: V8's flags are the
 * whole process's, and one that changes while another thread begins may bring that thread down.
 */
export function allowGivingBack(): void {
  setFlagsFromString("--expose-gc");
}

/**
 * Collects all garbage of the calling thread, and returns the pages to the system; does nothing where that was not allowed.
 * A thread that did much and then waits keeps its heap as large as it ever was, since V8 collects when something is
 * allocated: after a scan and the first look at all folders that is some 30 MB. Holds the thread for some ten
 * milliseconds: the main one only before it has anything to do.
 */
export function giveBackMemory(): void {
  const collect: unknown = runInNewContext("globalThis.gc");
  if (typeof collect === "function") collect({ type: "major", execution: "sync", flavor: "last-resort" });
}
