import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenKinds } from "../../../../../../electron/engine/ledger/pricing/price.ts";
import type { TokenKind } from "../../../../../../electron/engine/ledger/pricing/price.ts";
import { createPriceBook } from "../../../../../../electron/engine/ledger/pricing/priceBook.ts";
import { priceMessage } from "../../../../../../electron/engine/ledger/pricing/priceMessage.ts";
import type { ChargeableMessage } from "../../../../../../electron/engine/ledger/pricing/priceMessage.ts";
import { chargeable, measuredPrices } from "./measuredPrices.ts";

const book = createPriceBook(null);

test("a priced message says why: parts at list price, multipliers, price and date", () => {
  const message = chargeable({
    model: "claude-opus-5-5-20260901",
    input: 1_000,
    output: 200,
    cacheRead: 30_000,
    cacheWrite5m: 400,
    cacheWrite1h: 500,
    webSearches: 2,
    speed: "fast",
    inferenceGeo: "us",
  });
  expect(priceMessage(message, book)).toEqual({
    kind: "priced",
    nanoUsd: 64_000_000,
    priceId: expect.stringMatching(/^overlay:claude-opus-5-5:always:[0-9a-f]{8}$/u),
    source: "overlay",
    priceDate: "2026-11-20",
    parts: {
      input: { count: 1_000, usdPer: 4, nanoUsd: 8_800_000 },
      output: { count: 200, usdPer: 20, nanoUsd: 8_800_000 },
      cacheRead: { count: 30_000, usdPer: 0.2, nanoUsd: 13_200_000 },
      cacheWrite5m: { count: 400, usdPer: 5, nanoUsd: 4_400_000 },
      cacheWrite1h: { count: 500, usdPer: 8, nanoUsd: 8_800_000 },
      webSearch: { count: 2, usdPer: 10, nanoUsd: 20_000_000 },
    },
    multipliers: [
      { kind: "fast", value: 2, source: "overlay" },
      { kind: "usInference", value: 1.1, source: "overlay" },
    ],
    tierAbovePromptTokens: null,
    incomplete: [],
    remarks: [],
  });
});

test("above a tier's edge its rates are named with the edge", () => {
  expect(
    priceMessage(chargeable({ model: "claude-haiku-5-5", input: 1, cacheRead: 100_000, output: 4 }), book),
  ).toMatchObject({
    tierAbovePromptTokens: 100_000,
    parts: { output: { count: 4, usdPer: 2.5, nanoUsd: 10_000 } },
  });
});

test("what the CLI wrote itself is no charge", () => {
  expect(priceMessage(chargeable({ model: "<synthetic>", input: null, output: null }), book)).toEqual({
    kind: "not_charged",
  });
});

describe("unknown is not zero", () => {
  test("missing kinds stay missing, and the rest is priced", () => {
    const pricing = priceMessage(chargeable({ input: 10, output: null, cacheRead: null, webSearches: null }), book);
    expect(pricing).toMatchObject({
      nanoUsd: 40_000,
      incomplete: ["output", "cacheRead"],
      parts: { output: null, cacheRead: null, webSearch: null },
    });
  });

  test("cache writes told as a sum are taken for five minutes, and said to be", () => {
    expect(priceMessage(chargeable({ cacheWrite5m: 1_000, cacheWrite1h: null }), book)).toMatchObject({
      nanoUsd: 5_000_000,
      incomplete: [],
      remarks: ["cache_writes_unsplit"],
    });
  });

  test("a message without a time is priced by the newest list, and said to be", () => {
    expect(priceMessage(chargeable({ model: "claude-opus-4-6", input: 300_000, atMs: null }), book)).toMatchObject({
      nanoUsd: 1_500_000_000,
      remarks: ["time_unknown"],
    });
  });

  test.each([
    { given: { model: "gpt-9", input: 1 }, reason: "unknown_model" },
    { given: { model: "claude-sonnet-5-7", input: 1 }, reason: "unknown_model" },
    { given: { model: null, input: 1 }, reason: "no_model" },
    { given: { model: " ", input: 1 }, reason: "no_model" },
    { given: { model: "claude-v1", cacheRead: 1 }, reason: "no_rate" },
    {
      given: { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null },
      reason: "no_usage",
    },
    { given: { input: -1 }, reason: "bad_usage" },
    { given: { output: 1.5 }, reason: "bad_usage" },
    { given: { cacheRead: Number.NaN }, reason: "bad_usage" },
    { given: { cacheWrite1h: Number.POSITIVE_INFINITY }, reason: "bad_usage" },
    { given: { cacheWrite5m: 10_000_001 }, reason: "bad_usage" },
    { given: { webSearches: -1 }, reason: "bad_usage" },
    { given: { webSearches: 0.5 }, reason: "bad_usage" },
    { given: { webSearches: 10_001 }, reason: "bad_usage" },
  ])("$given is unpriced: $reason", ({ given, reason }) => {
    expect(priceMessage(chargeable(given), book)).toEqual({ kind: "unpriced", reason, detail: expect.any(String) });
  });

  test("an old model without a price for caching is priced where it cached nothing", () => {
    expect(priceMessage(chargeable({ model: "claude-v1", input: 1_000_000 }), book)).toMatchObject({
      nanoUsd: 8_000_000_000,
    });
  });
});

describe("properties", () => {
  const tokens = fc.option(fc.nat(10_000_000), { nil: null });
  const message: fc.Arbitrary<ChargeableMessage> = fc.record({
    model: fc.constantFrom(...measuredPrices.map((row) => row.model)),
    atMs: fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: null }),
    input: tokens,
    output: tokens,
    cacheRead: tokens,
    cacheWrite5m: tokens,
    cacheWrite1h: tokens,
    webSearches: fc.option(fc.nat(10_000), { nil: null }),
    speed: fc.constantFrom("fast", "standard", null),
    serviceTier: fc.constantFrom("batch", "priority", "standard", null),
    inferenceGeo: fc.constantFrom("us", "", null),
  });

  test("an amount is a whole, safe number from zero up, and the sum of its parts", () => {
    fc.assert(
      fc.property(message, (given) => {
        const pricing = priceMessage(given, book);
        if (pricing.kind !== "priced") return;
        const parts = Object.values(pricing.parts).map((part) => part?.nanoUsd ?? 0);
        expect([...parts, pricing.nanoUsd].every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
        expect(parts.reduce((sum, amount) => sum + amount, 0)).toBe(pricing.nanoUsd);
      }),
    );
  });

  test("within a tier a message costs what its kinds of tokens cost alone", () => {
    const small = fc.nat(20_000);
    const counts = fc.record({
      input: small,
      output: small,
      cacheRead: small,
      cacheWrite5m: small,
      cacheWrite1h: small,
    });
    fc.assert(
      fc.property(message, counts, (mode, given) => {
        const amount = (of: Partial<Record<TokenKind, number>>): number => {
          const { model, speed, serviceTier, inferenceGeo } = mode;
          const pricing = priceMessage(chargeable({ model, speed, serviceTier, inferenceGeo, ...of }), book);
          return pricing.kind === "priced" ? pricing.nanoUsd : Number.NaN;
        };
        const alone = tokenKinds.map((kind) => amount({ [kind]: given[kind] }));
        expect(amount(given)).toBe(alone.reduce((sum, part) => sum + part, 0));
      }),
    );
  });

  test("whatever the counts are, nothing is thrown", () => {
    const any = fc.option(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), { nil: null });
    const text = fc.option(fc.string(), { nil: null });
    const odd = fc.record({
      model: text,
      atMs: any,
      input: any,
      output: any,
      cacheRead: any,
      cacheWrite5m: any,
      cacheWrite1h: any,
      webSearches: any,
      speed: text,
      serviceTier: text,
      inferenceGeo: text,
    });
    fc.assert(
      fc.property(odd, (given) => {
        expect(["priced", "unpriced", "not_charged"]).toContain(priceMessage(given, book).kind);
      }),
    );
  });
});
