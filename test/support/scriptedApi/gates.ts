/**
 * Gates: a test holds a reply back and lets it go, so that it waits on events and never sleeps.
 * Owns who waits; knows nothing about HTTP. Invariant: releasing all gates leaves nobody waiting.
 */

export type Gate = {
  /** Resolves when the first request stands at the gate. */
  readonly arrived: Promise<void>;
  /** Lets everybody through, now and later. */
  readonly release: () => void;
};

export type Gates = {
  /** Holds every reply whose scene line (`RUN_BASH touch /tmp/x`) starts with `sceneKey`. Step 0 is the first reply to a prompt, 1 the one after its first tool result. */
  readonly hold: (sceneKey: string, step?: number) => Gate;
  readonly pass: (sceneLine: string, step: number) => Promise<void>;
  /** Resolves when the stall is released. */
  readonly stall: () => Promise<void>;
  /** Lets replies that stopped in the middle (`HANG`) go on. */
  readonly releaseStalled: () => void;
  readonly releaseAll: () => void;
};

export function createGates(): Gates {
  const holds = new Set<Hold>();
  const stalled = new Set<() => void>();
  function releaseStalled(): void {
    for (const resume of stalled) resume();
    stalled.clear();
  }
  return {
    hold: (sceneKey, step) => {
      const hold = createHold(sceneKey, step);
      holds.add(hold);
      return { arrived: hold.arrived.promise, release: () => release(holds, hold) };
    },
    pass: async (sceneLine, step) => {
      const hold = [...holds].find(
        (candidate) => sceneLine.startsWith(candidate.sceneKey) && (candidate.step ?? step) === step,
      );
      if (hold === undefined) return;
      hold.arrived.resolve();
      await hold.released.promise;
    },
    stall: () => new Promise((resolve) => stalled.add(resolve)),
    releaseStalled,
    releaseAll: () => {
      releaseStalled();
      for (const hold of holds) release(holds, hold);
    },
  };
}

type Hold = {
  readonly sceneKey: string;
  readonly step: number | undefined;
  readonly arrived: PromiseWithResolvers<void>;
  readonly released: PromiseWithResolvers<void>;
};

function createHold(sceneKey: string, step: number | undefined): Hold {
  return { sceneKey, step, arrived: Promise.withResolvers<void>(), released: Promise.withResolvers<void>() };
}

function release(holds: Set<Hold>, hold: Hold): void {
  holds.delete(hold);
  hold.released.resolve();
}
