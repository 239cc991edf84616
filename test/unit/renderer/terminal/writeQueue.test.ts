import { describe, expect, test } from "vitest";
import {
  MAX_BACKLOG_CHARS,
  MAX_BATCH_CHARS,
  MAX_IN_FLIGHT_CHARS,
  createWriteQueue,
} from "../../../../renderer/terminal/writeQueue.ts";

/** A terminal and a timer that move only when told to. */
function bench() {
  const written: string[] = [];
  const unconfirmed: (() => void)[] = [];
  let timers: (() => void)[] = [];
  const queue = createWriteQueue({
    write: (text, done) => {
      written.push(text);
      unconfirmed.push(done);
    },
    schedule: (run) => {
      timers.push(run);
      return () => {
        timers = timers.filter((other) => other !== run);
      };
    },
    skipMark: (lines) => `<${lines} skipped>`,
  });
  return {
    queue,
    written,
    tick: () => {
      const due = timers;
      timers = [];
      for (const run of due) run();
      return due.length;
    },
    confirm: () => unconfirmed.shift()?.(),
    inFlight: () => unconfirmed.length,
  };
}

describe("write queue", () => {
  test("writes what came in an interval at once, in order", () => {
    const { queue, written, tick } = bench();
    queue.push("a");
    queue.push("b");
    expect(written).toEqual([]);
    tick();
    expect(written).toEqual(["ab"]);
  });

  test("hands over no more than may be in flight and goes on when it is confirmed", () => {
    const { queue, written, tick, confirm } = bench();
    const piece = "x".repeat(MAX_BATCH_CHARS);
    for (let count = 0; count < 4; count += 1) queue.push(piece);
    while (tick() > 0);
    expect(written.join("").length).toBe(MAX_IN_FLIGHT_CHARS);
    confirm();
    while (tick() > 0);
    expect(written.length).toBe(3);
  });

  test("never cuts a piece, however long", () => {
    const { queue, written, tick } = bench();
    const long = "y".repeat(MAX_IN_FLIGHT_CHARS * 2);
    queue.push("a");
    queue.push(long);
    queue.push("b");
    tick();
    expect(written).toEqual(["a"]);
    tick();
    expect(written).toEqual(["a", long]);
  });

  test("drops the oldest beyond the bound and says how many lines", () => {
    const { queue, written, tick } = bench();
    const line = `${"z".repeat(1023)}\n`;
    const lines = MAX_BACKLOG_CHARS / 1024 + 1;
    for (let count = 0; count < lines; count += 1) queue.push(line);
    expect(queue.backlog()).toBeLessThanOrEqual(MAX_BACKLOG_CHARS / 2);
    tick();
    const skipped = lines - MAX_BACKLOG_CHARS / 2 / 1024;
    expect(written[0]?.startsWith(`<${skipped} skipped>zzz`)).toBe(true);
  });

  test("forgets what waits when cleared and writes nothing once disposed", () => {
    const { queue, written, tick } = bench();
    queue.push("old");
    queue.clear();
    queue.push("new");
    tick();
    expect(written).toEqual(["new"]);
    queue.push("more");
    queue.dispose();
    expect(tick()).toBe(0);
    expect(written).toEqual(["new"]);
  });

  test("tells when everything is parsed", () => {
    const { queue, tick, confirm } = bench();
    let idle = 0;
    queue.push("a");
    queue.whenIdle(() => {
      idle += 1;
    });
    tick();
    expect(idle).toBe(0);
    confirm();
    expect(idle).toBe(1);
  });
});
