/** What a scanning worker is told and tells. */
import type { EndOrder } from "../endThread.ts";
import type { PackedCopies } from "./packCopies.ts";
import type { ScanPart, ScanTask } from "./scanTranscript.ts";

/** What a worker is started with. */
export interface ScanWorkerSetup {
  /** One `Int32`: orders up to this id, if they can stop, are wanted no more. A worker that reads hears nothing else. */
  readonly stoppedUpTo: SharedArrayBuffer;
}

export interface ScanOrder {
  readonly kind: "scan";
  readonly orderId: number;
  readonly task: ScanTask;
  /** Whether it may end before the file does. */
  readonly canStop: boolean;
}

/** All that a worker is told. */
export type ScanWorkerOrder = ScanOrder | EndOrder;

export interface ScanAnswer {
  readonly orderId: number;
  readonly part: Omit<ScanPart, "copies"> | null;
  readonly packed: PackedCopies | null;
  /** The system's code when the file could not be read, or `STOPPED`. */
  readonly errorCode: string | null;
}

/** Told in the place of the system's code: the rest of the file is left for another time. */
export const STOPPED = "STOPPED";
