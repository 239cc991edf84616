import { describe, expect, test } from "vitest";
import { createLiveAsk, PAUSE_MS, REST_MS, RETRY_MS } from "../../../../renderer/stores/liveAsk.ts";
import { createFakeClock, settled } from "./fakeClock.ts";

function createBench(answers = true) {
  const clock = createFakeClock();
  const counts = { asked: 0 };
  const live = createLiveAsk({
    after: clock.after,
    ask: () => {
      counts.asked += 1;
      return Promise.resolve(answers);
    },
  });
  return { clock, live, counts };
}

describe("a live question", () => {
  test("is not asked while nobody watches", async () => {
    const { live, counts } = createBench();
    live.touch();
    await settled();
    expect(counts.asked).toBe(0);
  });

  test("is asked once after a pause for all changes within it, and at once after it", async () => {
    const { clock, live, counts } = createBench();
    live.watch();
    await settled();
    for (let change = 0; change < 5; change += 1) live.touch();
    await settled();
    const within = counts.asked;
    await clock.pass(PAUSE_MS);
    const after = counts.asked;
    await clock.pass(PAUSE_MS);
    live.touch();
    await settled();
    expect([within, after, counts.asked]).toEqual([1, 2, 3]);
  });

  test.each([
    ["an answer", true, REST_MS],
    ["a failure", false, RETRY_MS],
  ])("is asked again without a change, a while after %s", async (_name, answers, rest) => {
    const { clock, live, counts } = createBench(answers);
    live.watch();
    await settled();
    await clock.pass(PAUSE_MS);
    await clock.pass(rest - PAUSE_MS - 1);
    const before = counts.asked;
    await clock.pass(1);
    expect([before, counts.asked]).toEqual([1, 2]);
  });

  test("goes on until the last watcher has left", async () => {
    const { clock, live, counts } = createBench();
    const [one, other] = [live.watch(), live.watch()];
    await settled();
    await clock.pass(PAUSE_MS);
    await clock.pass(PAUSE_MS);
    one();
    one();
    live.touch();
    await settled();
    const withOther = counts.asked;
    other();
    live.touch();
    await clock.pass(REST_MS);
    expect([withOther, counts.asked, clock.waiting()]).toEqual([3, 3, 0]);
  });
});
