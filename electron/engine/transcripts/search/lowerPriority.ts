import { readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { basename } from "node:path";

/**
 * Gives the calling thread the lowest priority, where a thread can have one of its own: on Linux, whose `setpriority`
 * takes the id of a thread. Answers false where it could not, and the thread must pace itself.
 */
export function lowerPriority(): boolean {
  if (process.platform !== "linux") return false;
  try {
    // Synchronous file calls run on the thread that makes them: this names ours, not the process's first one.
    const thread = Number(basename(readlinkSync("/proc/thread-self")));
    if (!Number.isSafeInteger(thread) || thread === process.pid) return false;
    setPriority(thread, constants.priority.PRIORITY_LOW);
    return true;
  } catch {
    return false;
  }
}
