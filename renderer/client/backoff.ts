/** The wait after the first failed try, in milliseconds: a restarting host is back within it. */
const FIRST_WAIT_MS = 250;

/** The longest wait, in milliseconds: a person who starts the host again soon sees the page come back. */
export const MAX_WAIT_MS = 5_000;

/**
 * How long to wait before the next try, in milliseconds: twice as long each time, and by chance up to half of it
 * shorter, so that many pages do not come back at the same instant. `random` is in [0, 1).
 */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, attempt - 1), MAX_WAIT_MS);
  return full * (1 - random / 2);
}
