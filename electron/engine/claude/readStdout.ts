/** Stdout's bytes to messages: splits, parses, hands over. */
import type { Readable } from "node:stream";
import type { ClaudeMessage } from "./claudeMessage.ts";
import { createLineSplitter } from "./lineSplitter.ts";
import { parseMessage } from "./parseMessage.ts";
import { unrecognised } from "./unrecognised.ts";

export interface StdoutReader {
  /** Settles when the pipe has ended and its last line was handed over; never rejects. */
  readonly ended: Promise<void>;
  /** Stops reading a pipe that will not end by itself; what was read of a last line is handed over. */
  readonly cutOff: () => void;
}

/** @param onMessage Must not throw. */
export function readStdout(stdout: Readable, onMessage: (message: ClaudeMessage) => void): StdoutReader {
  const splitter = createLineSplitter({
    onLine: (line) => {
      if (line.trim() !== "") onMessage(parseMessage(line));
    },
    onTooLong: (line, alreadyOmitted) =>
      onMessage(unrecognised({ reason: "too_long", messageType: null, line, alreadyOmitted })),
  });
  const ended = new Promise<void>((resolve) => {
    // After `end`, after an error and after `destroy` alike.
    stdout.once("close", () => {
      splitter.flush();
      resolve();
    });
  });
  // A broken pipe ends like a closed one, and the exit tells why.
  stdout.on("error", () => undefined);
  stdout.on("data", splitter.push);
  stdout.resume();
  return { ended, cutOff: () => void stdout.destroy() };
}
