import { expect, test } from "vitest";
import { isMissingPrice, unpricedSentence } from "../../../../renderer/views/costs/unpricedSentence.ts";
import type { UnpricedUse } from "../../../../shared/model/cost.ts";

type Cause = UnpricedUse["reasons"][number];

function cause(reason: Cause["reason"], messages: number, ...models: readonly string[]): Cause {
  return { reason, messages, models, moreModels: 0 };
}

const inTokens = "in the tokens, not in the dollars.";

test.each<readonly [readonly Cause[], string]>([
  [[cause("unknown_model", 1, "m")], `1 message of an unknown model (m) is not priced: it is ${inTokens}`],
  [
    [{ ...cause("unknown_model", 1200, "a", "b", "c", "d"), moreModels: 2 }],
    `1,200 messages of unknown models (a, b, c and 3 more) are not priced: they are ${inTokens}`,
  ],
  [
    [cause("no_price_then", 2, "m")],
    `2 messages from days for which the price lists have no price (m) are not priced: they are ${inTokens}`,
  ],
  [
    [cause("no_rate", 2, "m")],
    `2 messages with a kind of token that the price lists do not price (m) are not priced: they are ${inTokens}`,
  ],
  [[cause("no_model", 1)], `1 message that does not name a model is not priced: it is ${inTokens}`],
  [[cause("no_model", 2)], `2 messages that do not name a model are not priced: they are ${inTokens}`],
  [[cause(null, 1)], `1 message for which no price was looked up yet is not priced: it is ${inTokens}`],
  [
    [cause("bad_usage", 2, "m")],
    "2 messages that told impossible tokens (m) are not priced: they are not in the dollars.",
  ],
  [[cause("no_usage", 1, "m")], "1 message that told no tokens (m) is not priced: it is not in the dollars."],
  [
    [cause("unknown_model", 3, "a\u202Eb"), cause("bad_usage", 1, "m")],
    "4 messages are not priced: 3 of an unknown model (a‹U+202E›b); 1 that told impossible tokens (m). They are not in the dollars.",
  ],
])("%o", (reasons, expected) => {
  const messages = reasons.reduce((sum, one) => sum + one.messages, 0);
  expect(unpricedSentence({ messages, reasons })).toBe(expected);
});

test("a price helps only where one is missing", () => {
  const reasons = ["unknown_model", "no_price_then", "no_rate", "no_model", "no_usage", "bad_usage", null] as const;
  const helped = reasons.filter((reason) => isMissingPrice(cause(reason, 1)));
  expect(helped).toEqual(["unknown_model", "no_price_then", "no_rate"]);
});
