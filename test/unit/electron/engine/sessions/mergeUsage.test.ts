import { expect, it } from "vitest";
import type { MessageUsage } from "../../../../../electron/engine/claude/messageUsage.ts";
import { mergeUsage } from "../../../../../electron/engine/sessions/mapping/mergeUsage.ts";

const start: MessageUsage = {
  tokens: { input: 100, output: 1, cacheRead: 20, cacheWrite5m: 30, cacheWrite1h: 40 },
  webSearchRequests: 0,
  serviceTier: "standard",
  speed: "standard",
  inferenceGeo: "",
};
const nothing: MessageUsage = {
  tokens: { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null },
  webSearchRequests: null,
  serviceTier: null,
  speed: null,
  inferenceGeo: null,
};
const ending = (tokens: Partial<MessageUsage["tokens"]>, rest: Partial<MessageUsage> = {}): MessageUsage => ({
  ...nothing,
  ...rest,
  tokens: { ...nothing.tokens, ...tokens },
});

const cases: readonly (readonly [string, MessageUsage, MessageUsage])[] = [
  ["only output at the end", ending({ output: 9 }), { ...start, tokens: { ...start.tokens, output: 9 } }],
  [
    "zeros erase no prompt",
    ending({ input: 0, cacheRead: 0, output: 9 }),
    { ...start, tokens: { ...start.tokens, output: 9 } },
  ],
  [
    "larger counts win, searches and speed are those of the end",
    ending({ input: 110, output: 9, cacheRead: 21 }, { webSearchRequests: 2, speed: "fast" }),
    {
      ...start,
      webSearchRequests: 2,
      speed: "fast",
      tokens: { ...start.tokens, input: 110, output: 9, cacheRead: 21 },
    },
  ],
  [
    "a larger sum of cache writes is five-minute cache beyond the split",
    ending({ output: 9, cacheWrite5m: 100 }),
    { ...start, tokens: { ...start.tokens, output: 9, cacheWrite5m: 60, cacheWrite1h: 40 } },
  ],
  [
    "a new split wins",
    ending({ output: 9, cacheWrite5m: 1, cacheWrite1h: 2 }),
    { ...start, tokens: { ...start.tokens, output: 9, cacheWrite5m: 1, cacheWrite1h: 2 } },
  ],
];

it.each(cases)("%s", (_, end, merged) => {
  expect(mergeUsage(start, end)).toEqual(merged);
});

it("without a beginning the end stands alone", () => {
  expect(mergeUsage(null, ending({ output: 3 }))).toEqual(ending({ output: 3 }));
});
