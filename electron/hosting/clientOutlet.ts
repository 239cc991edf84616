import type { HostFrame } from "../../shared/contract/frames.ts";
import type { HostLog } from "./hostLog.ts";
import type { Pipe } from "./pipe.ts";

/** Bytes waiting in the pipe above which events stay queued: more would only hide how slow the client is. */
export const PIPE_HIGH_WATER_BYTES = 4 * 1024 * 1024;

/**
 * Bytes waiting in the pipe above which nothing more is written and the pipe is closed. Replies and snapshots have no
 * credit, so this bounds a client that asks and never reads.
 */
export const MAX_PIPE_BYTES = 32 * 1024 * 1024;

/** The way out to one client. */
export interface ClientOutlet {
  readonly send: (frame: HostFrame) => void;
  /** Sends a frame that is already JSON. */
  readonly sendJson: (frame: string) => void;
  /** True while the client takes frames more slowly than they come. */
  readonly isCongested: () => boolean;
}

/** Writes to a pipe as long as the client reads it; closes the pipe of one that does not. */
export function createClientOutlet(pipe: Pipe, log: HostLog): ClientOutlet {
  const buffered = (): number => pipe.bufferedBytes?.() ?? 0;
  let isGivenUp = false;

  function sendJson(frame: string): void {
    if (isGivenUp) return;
    if (buffered() > MAX_PIPE_BYTES) {
      isGivenUp = true;
      log.warn({ bufferedBytes: buffered() }, "a client does not read; its connection is closed");
      pipe.close();
      return;
    }
    pipe.send(frame);
  }

  return {
    send: (frame) => sendJson(JSON.stringify(frame)),
    sendJson,
    isCongested: () => buffered() > PIPE_HIGH_WATER_BYTES,
  };
}
