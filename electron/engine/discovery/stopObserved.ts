/**
 * Ends a process that this host does not own, because a person asked for exactly that one.
 * Invariant: a signal goes only to a process whose start identity is the one the person saw; looked at again before
 * each signal.
 */
import { setTimeout as delay } from "node:timers/promises";

export interface StopRequest {
  readonly pid: number;
  /** As the person saw it in the list. */
  readonly startIdentity: string;
}

/**
 * `ended`; `already_gone` before anything was sent; `not_the_same`: another process has the pid by now;
 * `not_permitted`: it belongs to another user; `still_running`: not even SIGKILL ended it in time.
 */
export type StopOutcome = "ended" | "already_gone" | "not_the_same" | "not_permitted" | "still_running";

export interface Stopping {
  /** `readStartIdentities` of the CLI adapter. */
  readonly readStartIdentities: (pids: readonly number[]) => Promise<ReadonlyMap<number, string>>;
  /** `process.kill` when missing. */
  readonly signal?: (pid: number, signal: "SIGTERM" | "SIGKILL") => void;
  /** Resolves after so many milliseconds. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** The CLI ends its own children, writes its last records and leaves the registry within a second. */
const TERM_MS = 3_000;

/** SIGKILL works at once but for a process stuck in the kernel. */
const KILL_MS = 2_000;

const POLL_MS = 50;

/** SIGTERM, and SIGKILL when that was not enough. On Windows both end it at once. */
export async function stopObserved(request: StopRequest, stopping: Stopping): Promise<StopOutcome> {
  const { pid, startIdentity } = request;
  const { readStartIdentities, signal = (target, name) => void process.kill(target, name), wait = delay } = stopping;
  const look = async () => (await readStartIdentities([pid])).get(pid) ?? null;

  const found = await look();
  if (found === null) return "already_gone";
  if (found !== startIdentity) return "not_the_same";
  for (const [name, withinMs] of [
    ["SIGTERM", TERM_MS],
    ["SIGKILL", KILL_MS],
  ] as const) {
    if ((await look()) !== startIdentity) return "ended";
    if (send(signal, pid, name) === "not_permitted") return "not_permitted";
    for (let waited = 0; waited < withinMs; waited += POLL_MS) {
      if ((await look()) !== startIdentity) return "ended";
      await wait(POLL_MS);
    }
  }
  return (await look()) === startIdentity ? "still_running" : "ended";
}

/** It may be gone since the look: then there is nothing to send, and the next look tells. */
function send(
  signal: NonNullable<Stopping["signal"]>,
  pid: number,
  name: "SIGTERM" | "SIGKILL",
): "sent" | "not_permitted" {
  try {
    signal(pid, name);
    return "sent";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EPERM") return "not_permitted";
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return "sent";
    throw error;
  }
}
