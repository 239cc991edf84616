import { describe, expect, test } from "vitest";
import { ContextMeter } from "../../../demo/history/contextMeter.ts";

describe("the meter of a conversation", () => {
  const minute = 60_000;

  test("reads what it wrote while the cache lives, and writes all of it again afterwards", () => {
    const meter = new ContextMeter({ life: "5m", baseTokens: 10_000, warmTokens: 0 });
    expect([
      meter.message({ atMs: 0, added: 100, output: 50 }),
      meter.message({ atMs: minute, added: 1_000, output: 50 }),
      meter.message({ atMs: 20 * minute, added: 10, output: 50 }),
    ]).toEqual([
      { input: 4, output: 50, cacheRead: 0, cacheWrite5m: 10_096, cacheWrite1h: 0 },
      { input: 4, output: 50, cacheRead: 10_096, cacheWrite5m: 1_050, cacheWrite1h: 0 },
      { input: 4, output: 50, cacheRead: 0, cacheWrite5m: 11_206, cacheWrite1h: 0 },
    ]);
  });

  test("keeps it for an hour where that is asked for, and knows nothing of it after a summary", () => {
    const meter = new ContextMeter({ life: "1h", baseTokens: 10_000, warmTokens: 8_000 });
    const first = meter.message({ atMs: 0, added: 100, output: 50 });
    const later = meter.message({ atMs: 50 * minute, added: 9, output: 50 });
    meter.compact();
    const after = meter.message({ atMs: 51 * minute, added: 9, output: 50 });
    expect([first, later, after].map(({ cacheRead, cacheWrite1h }) => [cacheRead, cacheWrite1h])).toEqual([
      [8_000, 2_096],
      [10_096, 60],
      [0, 21_006],
    ]);
  });
});
