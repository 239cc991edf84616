import { expect, test } from "vitest";
import { type GivenMessage, HAIKU, OPUS, pricedQueries } from "./pricedQueries.ts";

/**
 * What caching saved, counted by hand: tokens that were read from the cache × (price of input − price of a read). What
 * writing to the cache costs is in the cost; it is not taken off what reading saved.
 */

const AT = "2026-11-20T12:00:00.000Z";
const UNKNOWN = "claude-mystery-1";

type Tokens = Partial<Omit<GivenMessage, "at">>;

test.each<readonly [what: string, Tokens, costUsd: number, savedUsd: number]>([
  // 1 × $0.10; as input it would have been 1 × $1.00.
  ["a read", { model: HAIKU, cacheRead: 1_000_000 }, 0.1, 0.9],
  // 0.5 × $0.20; as input 0.5 × $4.00.
  ["a read of another model", { model: OPUS, cacheRead: 500_000 }, 0.1, 1.9],
  // 1 × $1.25.
  ["a write for five minutes", { model: HAIKU, cacheWrite5m: 1_000_000 }, 1.25, 0],
  // 1 × $2.00.
  ["a write for an hour", { model: HAIKU, cacheWrite1h: 1_000_000 }, 2, 0],
  // 0.2 × $5 + 0.1 × $8 + 0.5 × $0.20; 0.5 × ($4.00 − $0.20).
  ["writes and a read", { model: OPUS, cacheWrite5m: 200_000, cacheWrite1h: 100_000, cacheRead: 500_000 }, 1.9, 1.9],
  // 0.1 × $1 + 0.01 × $5.
  ["no cache at all", { model: HAIKU, input: 100_000, output: 10_000 }, 0.15, 0],
  // Twice the price: 0.5 × $0.40; 0.5 × ($8.00 − $0.40).
  ["a read in fast mode", { model: OPUS, cacheRead: 500_000, speed: "fast" }, 0.2, 3.8],
  // A tenth more: 0.5 × $0.22; 0.5 × ($4.40 − $0.22).
  ["a read in the US", { model: OPUS, cacheRead: 500_000, inferenceGeo: "us" }, 0.11, 2.09],
  // Of a prompt of over 100,000 tokens: 0.2 × $0.05; 0.2 × ($0.50 − $0.05).
  ["a read in a dearer tier", { model: "claude-haiku-5-5", cacheRead: 200_000 }, 0.01, 0.09],
  // One token: $0.0000001, $0.0000009; both are told to the micro-dollar.
  ["one token", { model: HAIKU, cacheRead: 1 }, 0, 0.000001],
  ["a read of a model without a price", { model: UNKNOWN, cacheRead: 1_000_000 }, 0, 0],
])("%s", (_what, tokens, costUsd, savedUsd) => {
  const queries = pricedQueries({ messages: [{ at: AT, ...tokens }] });
  const { total } = queries.answer("report", { groupBy: "day", timeZone: "UTC", limit: 1 });
  expect([total.costUsd, total.savedUsd, total.unpricedMessages]).toEqual([
    costUsd,
    savedUsd,
    tokens.model === UNKNOWN ? 1 : 0,
  ]);
});

test("it is added up as costs are: by day, by model, in all and among the dearest", () => {
  const queries = pricedQueries({
    messages: [
      { at: "2026-11-19T12:00:00.000Z", model: HAIKU, cacheRead: 1_000_000 },
      { at: AT, model: HAIKU, cacheRead: 2_000_000, cacheWrite1h: 1_000_000 },
      { at: AT, model: OPUS, cacheRead: 500_000 },
    ],
  });
  const saved = (groupBy: "day" | "model") =>
    queries
      .answer("report", { groupBy, timeZone: "UTC", limit: 10 })
      .rows.map(({ key, savedUsd, costUsd }) => [key, savedUsd, costUsd]);
  // 0.9; 2 × 0.9 + 1.9. $0.10; 2 × $0.10 + $2.00 + 0.5 × $0.20.
  expect(saved("day")).toEqual([
    ["2026-11-19", 0.9, 0.1],
    ["2026-11-20", 3.7, 2.3],
  ]);
  expect(saved("model")).toEqual([
    [HAIKU, 2.7, 2.3],
    [OPUS, 1.9, 0.1],
  ]);
  const { allTime } = queries.answer("summary", { timeZone: "UTC", nowMs: Date.parse(AT) });
  const [top] = queries.answer("top", { what: "sessions", limit: 1 }).rows;
  expect([allTime.savedUsd, top?.savedUsd, allTime.costUsd]).toEqual([4.6, 4.6, 2.4]);
});
