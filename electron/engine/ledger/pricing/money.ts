/**
 * Arithmetic of money in safe integers. Owns the rounding rule: half to even, once per rate and once per part of a
 * message, so that thousands of messages do not drift in one direction. Sums of parts are sums of integers.
 */

/** Pico-dollars a token in one dollar a million tokens. */
const PICO_PER_USD_PER_MILLION = 1_000_000;
const PICO_PER_NANO = 1_000;
const NANO_PER_MICRO = 1_000;
const MICRO_PER_USD = 1_000_000;
const THOUSAND = 1_000;
/** Nano-dollars apiece in one dollar a thousand pieces. */
const NANO_PER_USD_PER_THOUSAND = 1_000_000;

/** Whole pico-dollars a token after all multipliers, which have at most three decimals. */
export function picoPerToken(usdPerMillion: number, factors: readonly number[]): number {
  let pico = Math.round(usdPerMillion * PICO_PER_USD_PER_MILLION);
  for (const factor of factors) pico = divideHalfEven(pico * Math.round(factor * THOUSAND), THOUSAND);
  return pico;
}

/** Nano-dollars for so many tokens; null when the amount leaves the safe integers. */
export function tokenNanoUsd(tokens: number, pico: number): number | null {
  const amount = tokens * pico;
  return Number.isSafeInteger(amount) ? divideHalfEven(amount, PICO_PER_NANO) : null;
}

/** Nano-dollars for so many pieces at a price per thousand. */
export function pieceNanoUsd(pieces: number, usdPerThousand: number): number {
  return pieces * Math.round(usdPerThousand * NANO_PER_USD_PER_THOUSAND);
}

/** Whole micro-dollars, the precision that is shown and sent. Round sums, never the amounts that are summed. */
export function microUsd(nanoUsd: number): number {
  return divideHalfEven(nanoUsd, NANO_PER_MICRO);
}

/** Dollars with six places, as they are shown and sent. */
export function usdOf(nanoUsd: number): number {
  return microUsd(nanoUsd) / MICRO_PER_USD;
}

/** Nano-dollars of a decimal amount, such as the CLI's `total_cost_usd`: a sum of floats whose error is far below one. */
export function nanoUsdOf(usd: number): number {
  return Math.round(usd * 1_000_000_000);
}

function divideHalfEven(amount: number, divisor: number): number {
  // No remainder is computed: for numbers beyond 32 bits that takes ten times as long. The quotient of safe integers by a
  // divisor of up to a thousand is not rounded up to a whole number that it is below of.
  const below = Math.floor(amount / divisor);
  const rest = amount - below * divisor;
  if (rest * 2 === divisor) return below + Math.abs(below % 2);
  return rest * 2 > divisor ? below + 1 : below;
}
