import type { Failure } from "../../shared/contract/errors.ts";

/** What a pipe tells. `onClose` comes once and last, also when the pipe never opened. */
export interface PipeListener {
  readonly onOpen: () => void;
  readonly onFrame: (frame: string) => void;
  /** `failure` when the far end said why it refuses this client; null for a connection that is merely gone. */
  readonly onClose: (failure: Failure | null) => void;
}

/** One open or opening connection that carries frames as JSON text. */
export interface ClientPipe {
  readonly send: (frame: string) => void;
  readonly close: () => void;
}

/** Opens a pipe and tells its listener what becomes of it, never before it has returned. Never throws. */
export type OpenPipe = (listener: PipeListener) => ClientPipe;
