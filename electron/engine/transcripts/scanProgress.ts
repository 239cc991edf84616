/** How far a scan is, told at most some ten times a second. */
import { secondsLeft } from "./secondsLeft.ts";

/** Files and bytes that an earlier scan read count as done. */
export interface ScanProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly elapsedMs: number;
  /** Null while there is nothing to judge by, and when nothing is left. */
  readonly secondsLeft: number | null;
}

export const NO_PROGRESS: ScanProgress = {
  filesDone: 0,
  filesTotal: 0,
  bytesDone: 0,
  bytesTotal: 0,
  elapsedMs: 0,
  secondsLeft: null,
};

/** Between two tellings: fast enough for a bar that moves. */
const TELL_MS = 100;

/** What is known when a scan begins to read. */
export type ScanExtent = Pick<ScanProgress, "filesDone" | "filesTotal" | "bytesDone" | "bytesTotal">;

export class ProgressMeter {
  readonly #beganMs: number;
  readonly #now: () => number;
  readonly #tell: (progress: ScanProgress) => void;
  #extent: ScanExtent = NO_PROGRESS;
  #bytesBefore = 0;
  #toldMs = Number.NEGATIVE_INFINITY;

  /** `now` is a clock in milliseconds; the scan begins with this. */
  constructor(now: () => number, tell: (progress: ScanProgress) => void) {
    this.#now = now;
    this.#tell = tell;
    this.#beganMs = now();
  }

  begin(extent: ScanExtent): void {
    this.#extent = extent;
    this.#bytesBefore = extent.bytesDone;
    this.tell();
  }

  /** So much more was read. */
  advance(bytes: number): void {
    const { bytesDone, ...others } = this.#extent;
    this.#extent = { ...others, bytesDone: bytesDone + bytes };
    this.#tellSometimes();
  }

  /** One more file was read, with so many bytes more than were told of it. */
  add(bytes: number): void {
    const { filesDone, bytesDone, ...totals } = this.#extent;
    this.#extent = { ...totals, filesDone: filesDone + 1, bytesDone: bytesDone + bytes };
    this.#tellSometimes();
  }

  #tellSometimes(): void {
    if (this.#now() - this.#toldMs >= TELL_MS) this.tell();
  }

  /** Tells it now. */
  tell(): void {
    this.#toldMs = this.#now();
    const elapsedMs = Math.round(this.#toldMs - this.#beganMs);
    const { bytesDone, bytesTotal } = this.#extent;
    const pace = { bytesRead: bytesDone - this.#bytesBefore, bytesLeft: bytesTotal - bytesDone, elapsedMs };
    this.#tell({ ...this.#extent, elapsedMs, secondsLeft: secondsLeft(pace) });
  }
}
