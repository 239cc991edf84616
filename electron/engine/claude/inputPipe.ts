/**
 * The way into a child: its stdin. Owns what is written and not taken up yet.
 * Invariants: lines go out whole and in order; every line's end is told once, as taken up by the pipe or as failed;
 * a child that does not read makes the host hold `MAX_INPUT_BACKLOG_BYTES` at most.
 */
import type { Writable } from "node:stream";
import { ClaudeProcessError } from "./claudeProcessError.ts";

/** Dozens of the largest payloads: a child this far behind has stopped reading. */
export const MAX_INPUT_BACKLOG_BYTES = 64 * 1024 * 1024;

/** Called once, later: with null when the pipe has taken the line. */
export type WriteDone = (error: ClaudeProcessError | null) => void;

export interface InputPipe {
  /** Writes one encoded line. */
  readonly write: (line: string, done: WriteDone) => void;
  /** No more lines; the child reads what is left and then the end. */
  readonly end: () => void;
}

export function createInputPipe(stdin: Writable, maxBacklogBytes = MAX_INPUT_BACKLOG_BYTES): InputPipe {
  // A child that dies with lines unread breaks the pipe (EPIPE); the write's own callback tells it.
  stdin.on("error", () => undefined);
  return {
    write: (line, done) => {
      const refusal = refuse(stdin, line, maxBacklogBytes);
      if (refusal !== null) queueMicrotask(() => done(refusal));
      else stdin.write(line, (error) => done(error ? closed(error) : null));
    },
    end: () => {
      if (!stdin.writableEnded) stdin.end();
    },
  };
}

function refuse(stdin: Writable, line: string, maxBacklogBytes: number): ClaudeProcessError | null {
  if (stdin.writableEnded || stdin.destroyed) return closed();
  if (stdin.writableLength + Buffer.byteLength(line) <= maxBacklogBytes) return null;
  return new ClaudeProcessError(
    "input_full",
    "The session does not read its input. Interrupt it, or close and resume it.",
  );
}

function closed(cause?: Error): ClaudeProcessError {
  return new ClaudeProcessError("not_running", "The session's process takes no more input.", { cause });
}
