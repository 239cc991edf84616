import fc from "fast-check";
import { expect, test } from "vitest";
import {
  microUsd,
  nanoUsdOf,
  picoPerToken,
  pieceNanoUsd,
  tokenNanoUsd,
} from "../../../../../../electron/engine/ledger/pricing/money.ts";

test.each([
  { usdPerMillion: 0.125, factors: [], pico: 125_000 },
  { usdPerMillion: 0.01, factors: [1.1, 0.5], pico: 5_500 },
  { usdPerMillion: 5, factors: [6, 1.1], pico: 33_000_000 },
  { usdPerMillion: 0.000001, factors: [0.5], pico: 0 },
  { usdPerMillion: 0.000003, factors: [0.5], pico: 2 },
])("$usdPerMillion dollars a million × $factors are $pico pico-dollars a token", ({ usdPerMillion, factors, pico }) => {
  expect(picoPerToken(usdPerMillion, factors)).toBe(pico);
});

test.each([
  [0, 0],
  [499, 0],
  [500, 0],
  [501, 1],
  [1_500, 2],
  [2_500, 2],
  [-500, 0],
  [-1_500, -2],
])("%i nano-dollars are %i micro-dollars, halves to even", (nano, micro) => {
  expect(microUsd(nano)).toBe(micro);
});

test("rounding agrees with exact arithmetic", () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(500_000_000), (tokens, pico) => {
      const exact = BigInt(tokens) * BigInt(pico);
      const below = exact / 1_000n;
      const rest = exact % 1_000n;
      const up = rest > 500n || (rest === 500n && below % 2n === 1n);
      expect(tokenNanoUsd(tokens, pico)).toBe(Number(below + (up ? 1n : 0n)));
    }),
  );
});

test("an amount beyond the safe integers is none", () => {
  expect(tokenNanoUsd(10_000_000, 1_000_000_000)).toBeNull();
});

test("pieces and the CLI's floats become nano-dollars", () => {
  expect({ searches: pieceNanoUsd(3, 10), total: nanoUsdOf(8.721420600000002) }).toEqual({
    searches: 30_000_000,
    total: 8_721_420_600,
  });
});
