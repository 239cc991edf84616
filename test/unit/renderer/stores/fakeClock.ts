import type { After } from "../../../../renderer/stores/clock.ts";

/** Time that passes when the test says so. */
export interface FakeClock {
  readonly after: After;
  /** Lets time pass and everything that is due run, then what that started settle. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** How many callbacks wait. */
  readonly waiting: () => number;
}

/** Creates a clock that stands still. */
export function createFakeClock(): FakeClock {
  let now = 0;
  let timers: readonly { readonly due: number; readonly run: () => void }[] = [];
  return {
    after: (milliseconds, run) => {
      const timer = { due: now + milliseconds, run };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass: async (milliseconds) => {
      now += milliseconds;
      const due = timers.filter((timer) => timer.due <= now);
      timers = timers.filter((timer) => timer.due > now);
      for (const timer of due) timer.run();
      await settled();
    },
    waiting: () => timers.length,
  };
}

/** Lets the answers of a fake host arrive: they are promises that are kept already. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
