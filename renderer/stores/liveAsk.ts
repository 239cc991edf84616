/**
 * Owns: when something that the host told is asked for again: soon after a change, never more than once a `PAUSE_MS`, and
 * now and then without one, as time alone changes rates and days.
 * Knows nothing about: what is asked.
 * Invariants: nothing is asked while nobody watches; one question runs at a time, and a change that comes meanwhile is
 * asked for after it.
 */
import type { After } from "./clock.ts";

/** Milliseconds between two questions while things change: the first change is shown at once, the next ones together. */
export const PAUSE_MS = 1_000;
/** Without a change: a rate per hour that is half a minute old is still true. */
export const REST_MS = 30_000;
/** After a question that failed. */
export const RETRY_MS = 5_000;

export interface LiveAsk {
  /** Asks now and from then on, until the returned function is called. */
  readonly watch: () => () => void;
  /** Something changed. */
  readonly touch: () => void;
}

export interface LiveAskOptions {
  /** Resolves to whether the answer came. Never rejects. */
  readonly ask: () => Promise<boolean>;
  readonly after: After;
}

/** Creates it at rest. */
export function createLiveAsk({ ask, after }: LiveAskOptions): LiveAsk {
  let watchers = 0;
  let state: "off" | "asking" | "pausing" | "resting" = "off";
  let isWanted = false;
  let cancel: () => void = () => {};

  async function begin(): Promise<void> {
    cancel();
    state = "asking";
    isWanted = false;
    const isAnswered = await ask();
    if (watchers === 0) {
      state = "off";
      return;
    }
    state = "pausing";
    cancel = after(PAUSE_MS, () => pauseOver(isAnswered));
  }

  function pauseOver(isAnswered: boolean): void {
    if (isWanted) return void begin();
    state = "resting";
    cancel = after((isAnswered ? REST_MS : RETRY_MS) - PAUSE_MS, () => void begin());
  }

  function leave(): void {
    watchers -= 1;
    if (watchers > 0 || state === "asking") return;
    cancel();
    state = "off";
  }

  return {
    watch: () => {
      watchers += 1;
      if (state === "asking" || state === "pausing") isWanted = true;
      else void begin();
      let isOver = false;
      return () => {
        if (!isOver) leave();
        isOver = true;
      };
    },
    touch: () => {
      if (state === "resting") void begin();
      else isWanted = true;
    },
  };
}
