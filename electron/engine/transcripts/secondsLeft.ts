/** What the rest of a scan is judged by. */
export interface ScanPace {
  /** Bytes that this scan has read, not those of an earlier one. */
  readonly bytesRead: number;
  readonly bytesLeft: number;
  readonly elapsedMs: number;
}

/** Before this, starting up is most of the time that passed. */
const MIN_ELAPSED_MS = 300;

/** Whole seconds until all is read at the pace so far; null while there is nothing to judge by, and when nothing is left. */
export function secondsLeft({ bytesRead, bytesLeft, elapsedMs }: ScanPace): number | null {
  if (bytesLeft <= 0 || bytesRead <= 0 || elapsedMs < MIN_ELAPSED_MS) return null;
  return Math.ceil((bytesLeft * elapsedMs) / bytesRead / 1000);
}
