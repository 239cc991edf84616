/** Looking again and again at what tells nobody when it changes, such as the screen of a terminal. */
import { setTimeout as pause } from "node:timers/promises";

export interface Patience {
  /** Milliseconds after which the last failure counts. */
  readonly timeout: number;
  /** Milliseconds between two attempts. */
  readonly interval: number;
}

/** Resolves with the first attempt that does not throw; rejects with the failure of the last one. */
export async function untilPasses<Result>(
  attempt: () => Promise<Result>,
  { timeout, interval }: Patience,
): Promise<Result> {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await pause(interval);
  }
}
