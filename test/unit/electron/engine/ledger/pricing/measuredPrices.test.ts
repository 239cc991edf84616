/** Every model that was measured × every kind of tokens × every multiplier, in nano-dollars and without a float. */
import { describe, expect, test } from "vitest";
import { tokenKinds } from "../../../../../../electron/engine/ledger/pricing/price.ts";
import { createPriceBook } from "../../../../../../electron/engine/ledger/pricing/priceBook.ts";
import { priceMessage } from "../../../../../../electron/engine/ledger/pricing/priceMessage.ts";
import type { ChargeableMessage } from "../../../../../../electron/engine/ledger/pricing/priceMessage.ts";
import { chargeable, measuredPrices } from "./measuredPrices.ts";
import type { MeasuredPrice } from "./measuredPrices.ts";

const book = createPriceBook(null);

const modes = [
  { name: "standard", given: {}, factor: () => 1 },
  { name: "fast", given: { speed: "fast" }, factor: ({ fast }: MeasuredPrice) => fast },
  { name: "US inference", given: { inferenceGeo: "us" }, factor: () => 1.1 },
  {
    name: "fast US inference",
    given: { speed: "fast", inferenceGeo: "us" },
    factor: (row: MeasuredPrice) => row.fast * 1.1,
  },
  { name: "US in capitals", given: { inferenceGeo: "US" }, factor: () => 1 },
  { name: "priority", given: { serviceTier: "priority" }, factor: () => 1 },
  { name: "batch", given: { serviceTier: "batch" }, factor: () => 0.5 },
] as const;

const NO_TOKENS = chargeable();

function nanoUsd(message: ChargeableMessage): number | string {
  const pricing = priceMessage(message, book);
  return pricing.kind === "priced" ? pricing.nanoUsd : JSON.stringify(pricing);
}

/** Tokens without a price of their own in the sum, to reach a tier: cache reads are charged, so their price is taken off. */
function amountOf(row: MeasuredPrice, given: Partial<ChargeableMessage>): number | string {
  const filler = { ...NO_TOKENS, ...given, model: row.model };
  if (row.fromPromptTokens === 0) return nanoUsd(filler);
  const padding = { ...filler, cacheRead: (filler.cacheRead ?? 0) + row.fromPromptTokens };
  const alone = { ...NO_TOKENS, ...given, model: row.model, input: 0, output: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  const [all, without] = [nanoUsd(padding), nanoUsd({ ...alone, cacheRead: row.fromPromptTokens })];
  return typeof all === "number" && typeof without === "number" ? all - without : [all, without].join(" ");
}

describe.each(modes)("$name", ({ given, factor }) => {
  test.each(measuredPrices)("$model from $fromPromptTokens", (row) => {
    const charged = tokenKinds.map((kind) => [kind, amountOf(row, { ...given, [kind]: 2_000 })]);
    const expected = tokenKinds.map((kind) => [
      kind,
      Math.round(row.usdPerMillion[kind] * factor(row) * 2_000 * 1_000),
    ]);
    expect(Object.fromEntries(charged)).toEqual(Object.fromEntries(expected));
  });
});

describe("the tier of haiku 5.5", () => {
  test.each([
    { prompt: { input: 100_000 }, output: 1_000, usd: 0.0105 },
    { prompt: { input: 100_001 }, output: 1_000, usd: 0.0525005 },
    { prompt: { input: 99_999, cacheRead: 1 }, output: 0, usd: 0.00999991 },
    { prompt: { input: 99_999, cacheRead: 2 }, output: 0, usd: 0.0499996 },
    { prompt: { input: 1, cacheWrite5m: 100_000 }, output: 10, usd: 0.0625255 },
    { prompt: { input: 50_000, cacheWrite1h: 50_001 }, output: 0, usd: 0.075001 },
  ])("$prompt and $output output tokens are $usd, as the CLI charges", ({ prompt, output, usd }) => {
    expect(nanoUsd(chargeable({ model: "claude-haiku-5-5", ...prompt, output }))).toBe(Math.round(usd * 1e9));
  });
});

test.each([
  { given: {}, usd: 0.014 },
  { given: { speed: "fast" }, usd: 0.018 },
  { given: { inferenceGeo: "us" }, usd: 0.0144 },
])("a web search costs a cent whatever multiplies the tokens: $given", ({ given, usd }) => {
  expect(nanoUsd(chargeable({ input: 1_000, webSearches: 1, ...given }))).toBe(Math.round(usd * 1e9));
});

test.each(["claude-sonnet-4-5", "claude-sonnet-4-6[1m]", "claude-sonnet-4-20250514[1m]"])(
  "%s has no dearer tier today: 250,000 tokens are 0.75 USD",
  (model) => {
    expect(nanoUsd(chargeable({ model, input: 250_000 }))).toBe(750_000_000);
  },
);
