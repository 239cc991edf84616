/**
 * Owns: what waits to be written to a terminal, and when it is written.
 * Knows nothing about: xterm, events.
 * Invariants: pieces are written whole and in order; never more than `MAX_IN_FLIGHT_CHARS` are handed over and not yet
 * confirmed (one piece longer than that goes alone); never more than `MAX_BACKLOG_CHARS` wait. Lengths are UTF-16 units.
 */

/** One batch a frame at 60 Hz. */
export const BATCH_INTERVAL_MS = 16;
/** A batch xterm parses well inside one frame (it parses a batch in one go, at some megabytes a second). */
export const MAX_BATCH_CHARS = 16 * 1024;
/** Two batches: one being parsed, one ready, so parsing never waits for a timer. */
export const MAX_IN_FLIGHT_CHARS = 2 * MAX_BATCH_CHARS;
/**
 * What may wait: more than the scrollback (10,000 lines) of usual lines, so nothing is dropped that could still be
 * scrolled to unless output stays ahead of the screen.
 */
export const MAX_BACKLOG_CHARS = 2 * 1024 * 1024;

export interface WriteQueueOptions {
  /** Writes text; must call `done` once it is parsed. */
  readonly write: (text: string, done: () => void) => void;
  /** Runs a callback after some milliseconds; returns its cancellation. */
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** The text that stands in for dropped output. */
  readonly skipMark: (lines: number) => string;
}

export interface WriteQueue {
  /** Adds a piece that must not be cut. */
  readonly push: (piece: string) => void;
  /** Forgets everything that waits. */
  readonly clear: () => void;
  /** Characters that wait. */
  readonly backlog: () => number;
  /** Calls back once, as soon as nothing waits and nothing is in flight. */
  readonly whenIdle: (listener: () => void) => void;
  readonly dispose: () => void;
}

/** A queue that writes at most one batch an interval, obeys the write callback, and drops the oldest when it is full. */
export function createWriteQueue(options: WriteQueueOptions): WriteQueue {
  // `first` indexes the oldest waiting piece: shifting a long array on every batch would cost its whole length.
  let pieces: string[] = [];
  let first = 0;
  let waiting = 0;
  let inFlight = 0;
  let skippedLines = 0;
  let cancelTimer: (() => void) | null = null;
  let disposed = false;
  let idleListeners: (() => void)[] = [];

  function takePiece(): string {
    const piece = pieces[first] ?? "";
    first += 1;
    waiting -= piece.length;
    if (first === pieces.length) {
      pieces = [];
      first = 0;
    }
    return piece;
  }

  function compact(): void {
    if (first < 1024 || first * 2 < pieces.length) return;
    pieces = pieces.slice(first);
    first = 0;
  }

  function takeBatch(): string {
    let batch = skippedLines > 0 ? options.skipMark(skippedLines) : "";
    skippedLines = 0;
    while (first < pieces.length) {
      const next = pieces[first] ?? "";
      if (batch !== "" && batch.length + next.length > MAX_BATCH_CHARS) break;
      batch += takePiece();
    }
    compact();
    return batch;
  }

  function settleIdle(): void {
    if (waiting > 0 || inFlight > 0) return;
    const listeners = idleListeners;
    idleListeners = [];
    for (const listener of listeners) listener();
  }

  function flush(): void {
    cancelTimer = null;
    const room = MAX_IN_FLIGHT_CHARS - inFlight;
    if (disposed || waiting === 0 || (inFlight > 0 && room < MAX_BATCH_CHARS)) return;
    const batch = takeBatch();
    inFlight += batch.length;
    options.write(batch, () => {
      inFlight -= batch.length;
      if (disposed) return;
      plan();
      settleIdle();
    });
    plan();
  }

  function plan(): void {
    if (cancelTimer === null && waiting > 0) cancelTimer = options.schedule(flush, BATCH_INTERVAL_MS);
  }

  function dropOldest(): void {
    // Down to half, so that a flood pays for dropping once in a while and not on every piece.
    while (waiting > MAX_BACKLOG_CHARS / 2 && pieces.length - first > 1) {
      skippedLines += lineCount(takePiece());
    }
    compact();
  }

  return {
    push: (piece) => {
      if (disposed || piece === "") return;
      pieces.push(piece);
      waiting += piece.length;
      if (waiting > MAX_BACKLOG_CHARS) dropOldest();
      plan();
    },
    clear: () => {
      pieces = [];
      first = 0;
      waiting = 0;
      skippedLines = 0;
    },
    backlog: () => waiting,
    whenIdle: (listener) => {
      idleListeners.push(listener);
      settleIdle();
    },
    dispose: () => {
      disposed = true;
      cancelTimer?.();
      pieces = [];
      idleListeners = [];
    },
  };
}

function lineCount(piece: string): number {
  let lines = 0;
  for (let at = piece.indexOf("\n"); at !== -1; at = piece.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
