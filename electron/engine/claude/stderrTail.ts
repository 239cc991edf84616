/**
 * What a child writes to stderr: always drained, its end kept, its beginning passed on.
 * Invariant: a child that floods stderr costs the host `MAX_TAIL_CHARS` and its listener `MAX_PASSED_CHARS`, once.
 */
import type { Readable } from "node:stream";

/** Enough for the reason of an early death, which comes last. */
export const MAX_TAIL_CHARS = 8 * 1024;

/** Far more than a healthy session writes; a flood is not worth storing and sending to every client. */
export const MAX_PASSED_CHARS = 256 * 1024;

const OMITTED_NOTICE = "\n[This session writes a lot to stderr; the rest is not shown.]\n";

export interface StderrTail {
  /** The last characters written so far. */
  readonly read: () => string;
  /** Settles when the pipe has ended; never rejects. */
  readonly ended: Promise<void>;
  /** Stops reading a pipe that will not end by itself. */
  readonly cutOff: () => void;
}

export function drainStderr(stderr: Readable, onText: (text: string) => void): StderrTail {
  let tail = "";
  let budget = MAX_PASSED_CHARS;
  stderr.setEncoding("utf8");
  stderr.on("error", () => undefined);
  stderr.on("data", (text: string) => {
    tail = (tail + text.slice(-MAX_TAIL_CHARS)).slice(-MAX_TAIL_CHARS);
    if (budget <= 0) return;
    onText(text.length < budget ? text : text.slice(0, budget) + OMITTED_NOTICE);
    budget -= text.length;
  });
  stderr.resume();
  const ended = new Promise<void>((resolve) => stderr.once("close", () => resolve()));
  return { read: () => tail, ended, cutOff: () => void stderr.destroy() };
}
