/**
 * Waits for a child and for what its pipes still hold.
 * Invariant: a process that inherited the pipes and keeps them open delays the end by `DRAIN_MS` at most.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { StdoutReader } from "./readStdout.ts";
import type { RawExit, SpawnedChild } from "./spawnChild.ts";
import type { StderrTail } from "./stderrTail.ts";

/** What a pipe holds is at most some 64 KB and read in no time: past this, somebody else keeps it open. */
const DRAIN_MS = 2_000;

/** A child closes its stdout and then exits; one that has not exited by then is not going to. */
const EXIT_AFTER_CLOSE_MS = 2_000;

export interface EndOfChild extends RawExit {
  /** It closed its stdout and went on running. */
  readonly outputClosedEarly: boolean;
}

export interface WatchedPipes {
  readonly stdout: StdoutReader;
  readonly stderr: StderrTail;
}

/** @param endChild Ends a child that nothing can be heard of any more. */
export async function watchEnd(child: SpawnedChild, pipes: WatchedPipes, endChild: () => void): Promise<EndOfChild> {
  const { stdout, stderr } = pipes;
  const outputClosedEarly = await Promise.race([child.exited.then(() => false), outlives(stdout.ended, child.exited)]);
  if (outputClosedEarly) endChild();
  const exit = await child.exited;
  await settledWithin(Promise.all([stdout.ended, stderr.ended]), DRAIN_MS);
  stdout.cutOff();
  stderr.cutOff();
  await stdout.ended;
  return { ...exit, outputClosedEarly };
}

/** True when the process still runs some time after its stdout has ended. */
async function outlives(stdoutEnded: Promise<void>, exited: Promise<RawExit>): Promise<boolean> {
  await stdoutEnded;
  return !(await settledWithin(exited, EXIT_AFTER_CLOSE_MS));
}

/** False when the time is up first. */
export async function settledWithin(promise: Promise<unknown>, withinMs: number): Promise<boolean> {
  const abort = new AbortController();
  const timeUp = delay(withinMs, false, { signal: abort.signal }).catch(() => false);
  try {
    return await Promise.race([promise.then(() => true), timeUp]);
  } finally {
    abort.abort();
  }
}
