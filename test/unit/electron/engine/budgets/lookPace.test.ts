import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LookPace } from "../../../../../electron/engine/budgets/lookPace.ts";

interface Looks {
  readonly pace: LookPace;
  readonly begun: PromiseWithResolvers<void>[];
  readonly failures: unknown[];
  untilTurn: number | null;
}

/** Each look lasts until the test ends it. */
function looks(): Looks {
  const begun: PromiseWithResolvers<void>[] = [];
  const failures: unknown[] = [];
  const state: Looks = {
    begun,
    failures,
    untilTurn: null,
    pace: new LookPace({
      look: () => {
        const look = Promise.withResolvers<void>();
        begun.push(look);
        return look.promise;
      },
      untilTurn: () => state.untilTurn,
      onFailure: (error) => failures.push(error),
    }),
  };
  return state;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("LookPace", () => {
  it("looks at once when it has rested, and once for many changes", async () => {
    const { pace, begun } = looks();
    pace.soon();
    pace.soon();
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toHaveLength(1);
    begun[0]?.resolve();
    await vi.advanceTimersByTimeAsync(10);
    pace.soon();
    pace.soon();
    await vi.advanceTimersByTimeAsync(280);
    expect(begun).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(begun).toHaveLength(2);
  });

  it("gives whoever asks during a look one that began after that", async () => {
    const { pace, begun } = looks();
    const ended: string[] = [];
    void pace.now().then(() => ended.push("first"));
    void pace.now().then(() => ended.push("second"));
    void pace.now().then(() => ended.push("third"));
    expect(begun).toHaveLength(1);
    begun[0]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect([ended, begun.length]).toEqual([["first"], 2]);
    begun[1]?.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toEqual(["first", "second", "third"]);
  });

  it("tells whoever asked of a failure, and tries again by itself otherwise", async () => {
    const { pace, begun, failures } = looks();
    const asked = pace.now();
    begun[0]?.reject(new Error("asked"));
    await expect(asked).rejects.toThrow("asked");
    pace.soon();
    await vi.advanceTimersByTimeAsync(300);
    begun[1]?.reject(new Error("by itself"));
    await vi.advanceTimersByTimeAsync(0);
    expect(failures).toEqual([new Error("by itself")]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(begun).toHaveLength(3);
  });

  it("looks when a period ends, however far off that is, and however the clock is set meanwhile", async () => {
    const state = looks();
    const quarter = 15 * 60_000;
    state.untilTurn = 24 * quarter;
    void state.pace.now();
    state.begun[0]?.resolve();
    await vi.advanceTimersByTimeAsync(2 * quarter);
    expect(state.begun).toHaveLength(1);
    state.untilTurn = -5;
    await vi.advanceTimersByTimeAsync(quarter + 1);
    expect(state.begun).toHaveLength(2);
    state.untilTurn = 1000;
    state.begun[1]?.resolve();
    await vi.advanceTimersByTimeAsync(999);
    expect(state.begun).toHaveLength(2);
    state.untilTurn = 0;
    await vi.advanceTimersByTimeAsync(2);
    expect(state.begun).toHaveLength(3);
  });

  it("does not look once it is disposed, and waits for the look that runs", async () => {
    const { pace, begun } = looks();
    void pace.now();
    pace.soon();
    const disposed: string[] = [];
    void pace.dispose().then(() => disposed.push("disposed"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([disposed, begun.length]).toEqual([[], 1]);
    begun[0]?.resolve();
    await vi.advanceTimersByTimeAsync(10_000);
    await pace.now();
    expect([disposed, begun.length]).toEqual([["disposed"], 1]);
  });
});
