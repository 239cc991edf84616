import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProcessWatch } from "../../../../../electron/engine/observation/processWatch.ts";
import type { FoundProcess } from "../../../../../electron/engine/observation/unregisteredSessions.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const one: FoundProcess = {
  ...{ pid: 1, startIdentity: "start-1", startedAt: 1, cwd: "/shop", sessionId: "one", isNamed: true },
};

function underTest(isCheap: boolean) {
  const state = {
    found: [] as readonly FoundProcess[],
    isWaiting: false,
    looks: 0,
    told: [] as number[],
    fails: false,
  };
  const watch = new ProcessWatch({
    sessions: {
      look: async () => {
        state.looks += 1;
        if (state.fails) throw new Error("no /proc");
        return { found: state.found, isWaiting: state.isWaiting };
      },
    },
    onFound: (found) => state.told.push(found.length),
    onProblem: () => state.told.push(-1),
    isCheap,
  });
  const looksWithin = async (milliseconds: number): Promise<number> => {
    const before = state.looks;
    await vi.advanceTimersByTimeAsync(milliseconds);
    return state.looks - before;
  };
  return { watch, state, looksWithin };
}

test.each([
  [true, 6, 60],
  [false, 1, 6],
])("a look is rare while nothing is found, and less so while something is (cheap: %s)", async (isCheap, few, many) => {
  const { watch, state, looksWithin } = underTest(isCheap);
  await watch.look();
  expect(await looksWithin(60_000)).toBe(few);
  state.found = [one];
  await watch.look();
  expect(await looksWithin(60_000)).toBe(many);
  expect(state.told).toEqual([1]);
  state.found = [];
  await looksWithin(10_000);
  expect(state.told).toEqual([1, 0]);
  await watch.close();
});

test("writes of nobody known wake it, once for many", async () => {
  const { watch, looksWithin } = underTest(true);
  await watch.look();
  for (let number = 0; number < 1_000; number += 1) watch.wake();
  expect(await looksWithin(1_000)).toBe(1);
  expect(await looksWithin(5_000)).toBe(0);
  await watch.close();
});

test("a process that may still register is looked at again", async () => {
  const { watch, state, looksWithin } = underTest(true);
  state.isWaiting = true;
  await watch.look();
  state.isWaiting = false;
  expect(await looksWithin(3_000)).toBe(1);
  await watch.close();
});

test("a look that fails is told, and the next one comes", async () => {
  const { watch, state, looksWithin } = underTest(true);
  state.fails = true;
  await watch.look();
  expect(await watch.openIn("one")).toBeNull();
  state.fails = false;
  state.found = [one];
  expect(await watch.openIn("one")).toEqual(one);
  expect(await watch.openIn("two")).toBeNull();
  await looksWithin(10_000);
  expect(state.told).toEqual([-1, -1, 1]);
  await watch.close();
});

test("nothing is looked at once it is closed", async () => {
  const { watch, looksWithin } = underTest(true);
  await watch.look();
  await watch.close();
  watch.wake();
  expect(await looksWithin(60_000)).toBe(0);
});
