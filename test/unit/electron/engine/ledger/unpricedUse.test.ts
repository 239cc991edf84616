import { expect, test } from "vitest";
import type { CostFilters } from "../../../../../electron/engine/ledger/costFilters.ts";
import { type GivenMessage, HAIKU, pricedQueries } from "./pricedQueries.ts";

const noTokens = { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null };
const [monday, tuesday] = ["2026-11-16T12:00:00.000Z", "2026-11-17T12:00:00.000Z"];

const messages: readonly GivenMessage[] = [
  { at: monday, model: HAIKU, output: 1 },
  { at: monday, model: "mystery-1", output: 1 },
  { at: monday, model: "mystery-1", output: 1 },
  { at: tuesday, model: "mystery-2", output: 1, sessionId: "other" },
  { at: tuesday, model: HAIKU, ...noTokens, hasBadUsage: true },
  { at: tuesday, model: HAIKU, ...noTokens },
  { at: tuesday, model: null, output: 1 },
  { at: null, model: "mystery-1", output: 1 },
];
const queries = pricedQueries({ messages, owned: [{ sessionId: "other", projectPath: "/shop" }] });

/** By the reason: how many messages, and of which models. */
type Told = Readonly<Record<string, readonly [number, ...(readonly string[])]>>;

test.each<readonly [string, CostFilters, Told]>([
  [
    "all there are",
    {},
    { unknown_model: [4, "mystery-1", "mystery-2"], bad_usage: [1, HAIKU], no_usage: [1, HAIKU], no_model: [1] },
  ],
  ["those before a moment within an hour", { to: monday }, {}],
  ["those of a day", { from: monday, to: tuesday }, { unknown_model: [2, "mystery-1"] }],
  ["those of a project", { project: "/shop" }, { unknown_model: [1, "mystery-2"] }],
  ["those of a model that has a price", { model: HAIKU }, { bad_usage: [1, HAIKU], no_usage: [1, HAIKU] }],
])("tells of %s why they have no price", (_what, ask, expected) => {
  const { messages: count, reasons } = queries.answer("unpriced", ask);
  const told = reasons.map(({ reason, messages: ofReason, models }) => [reason, [ofReason, ...models]]);
  expect(Object.fromEntries(told)).toEqual(expected);
  const { total } = queries.answer("report", { groupBy: "model", timeZone: "UTC", limit: 10, ...ask });
  expect(total.unpricedMessages).toBe(count);
  expect(reasons.map((one) => one.messages)).toEqual(reasons.map((one) => one.messages).toSorted((a, b) => b - a));
});

test("names ten models, those of the most messages first, and counts the others", () => {
  const many = Array.from({ length: 12 }, (_, index) => `mystery-${String(index)}`);
  const all = [...many, "mystery-11"].map((model) => ({ at: monday, model, output: 1 }));
  const [cause, ...others] = pricedQueries({ messages: all }).answer("unpriced", {}).reasons;
  expect([cause?.messages, cause?.models[0], cause?.models.length, cause?.moreModels, others]).toEqual([
    ...[13, "mystery-11", 10, 2],
    [],
  ]);
});
