/**
 * The one way to die: end stdin, wait, SIGTERM, wait, SIGKILL, descendants included.
 * Invariants: only a pid whose start identity still matches is ever signalled; it resolves when nothing known is left,
 * or when SIGKILL has had its time.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { ProcessIdentity } from "./processIdentity.ts";
import { readStartIdentities } from "./processIdentity.ts";
import { findDescendants } from "./processTree.ts";

/** A turn that runs when stdin ends is finished first; longer than this nobody waits for a window to close. */
export const DEFAULT_GRACE_MS = 3_000;

/** For programs to clean up after themselves. */
export const DEFAULT_TERM_MS = 2_000;

/** SIGKILL works at once but for a process stuck in the kernel, which nothing ends. */
const KILL_WAIT_MS = 2_000;

/** How often the processes are looked at while waiting for them. */
const POLL_MS = 50;

export interface EndTreeOptions {
  /** From SIGTERM to SIGKILL. */
  readonly termMs?: number;
  /** Descendants found earlier, which may have lost their parent since. */
  readonly knownDescendants?: readonly ProcessIdentity[];
}

/**
 * Ends processes and everything they started: SIGTERM, then SIGKILL for what is left. The roots may be gone already.
 * On POSIX the roots are leaders of their own process groups.
 */
export async function endProcessTrees(roots: readonly ProcessIdentity[], options: EndTreeOptions = {}): Promise<void> {
  const { termMs = DEFAULT_TERM_MS, knownDescendants = [] } = options;
  const targets = new Map<number, ProcessIdentity>();
  for (const identity of [...knownDescendants, ...(await findDescendants(roots)), ...roots]) {
    targets.set(identity.pid, identity);
  }
  await signalAll([...targets.values()], "SIGTERM");
  if (await waitUntilGone([...targets.values()], termMs)) return;
  // What was started between the two signals dies with the rest.
  for (const found of await findDescendants([...targets.values()])) targets.set(found.pid, found);
  await signalAll([...targets.values()], "SIGKILL");
  await waitUntilGone([...targets.values()], KILL_WAIT_MS);
}

async function signalAll(targets: readonly ProcessIdentity[], signal: NodeJS.Signals): Promise<void> {
  for (const { pid } of await stillRunning(targets)) signalQuietly(pid, signal);
}

async function waitUntilGone(targets: readonly ProcessIdentity[], withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if ((await stillRunning(targets)).length === 0) return true;
    if (performance.now() >= deadline) return false;
    await delay(POLL_MS);
  }
}

async function stillRunning(targets: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const running = await readStartIdentities(targets.map(({ pid }) => pid));
  return targets.filter(({ pid, startIdentity }) => running.get(pid) === startIdentity);
}

/** It may be gone since the look, or belong to somebody else (EPERM): either way there is nothing to do. */
function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Nothing to do, see above.
  }
}
