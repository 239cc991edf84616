/**
 * The prices that `@pydantic/genai-prices` ships, as a price sheet: offline, nothing is fetched.
 *
 * Of its models only the names are used, not its matching: that takes whatever begins like a known name for that model,
 * and so prices a later one (`claude-sonnet-5-7`) as an earlier.
 */
import { findProvider } from "@pydantic/genai-prices";
import type { ConditionalPrice, ModelInfo, ModelPrice, TieredPrices } from "@pydantic/genai-prices";
import { genaiRelease } from "./genaiRelease.ts";
import { tokenKinds } from "./price.ts";
import type { PriceEntry, PriceSheet, RateTier, Rates, TokenKind } from "./price.ts";

const DAY_MS = 86_400_000;

const PRICE_KEYS: Readonly<Record<TokenKind, string>> = {
  input: "input_mtok",
  output: "output_mtok",
  cacheRead: "cache_read_mtok",
  cacheWrite5m: "cache_write_mtok",
  cacheWrite1h: "cache_write_1h_mtok",
};

export function genaiSheet(): PriceSheet {
  const models = findProvider({ providerId: "anthropic" })?.models ?? [];
  return { source: "genai-prices", asOf: genaiRelease.day, entries: models.flatMap(toEntries) };
}

function toEntries(model: ModelInfo): readonly PriceEntry[] {
  const name = model.id.replace(/-latest$/u, "");
  const dated = datedPrices(model.prices);
  return dated.map(({ from, prices }, index) => ({
    models: [name],
    from,
    to: dayBefore(dated[index + 1]?.from ?? null),
    rates: ratesOf(prices, baseOf),
    tiers: tiersOf(prices),
    multipliers: {},
    webSearchPerThousand: baseOf(prices["web_searches_kcount"]),
    note: null,
  }));
}

interface DatedPrices {
  readonly from: string | null;
  readonly prices: ModelPrice;
}

/** Ascending by day. Prices by the time of day are those of other providers. */
function datedPrices(prices: readonly ConditionalPrice[] | ModelPrice): readonly DatedPrices[] {
  if (!isConditional(prices)) return [{ from: null, prices }];
  return prices
    .flatMap(({ constraint, prices: these }): readonly DatedPrices[] => {
      if (constraint === undefined) return [{ from: null, prices: these }];
      return constraint.type === "start_date" ? [{ from: constraint.start_date, prices: these }] : [];
    })
    .toSorted((a, b) => (a.from ?? "").localeCompare(b.from ?? ""));
}

function isConditional(prices: readonly ConditionalPrice[] | ModelPrice): prices is readonly ConditionalPrice[] {
  return Array.isArray(prices);
}

function dayBefore(day: string | null): string | null {
  return day === null ? null : new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);
}

type ListedPrice = number | TieredPrices | undefined;

function ratesOf(prices: ModelPrice, read: (listed: ListedPrice) => number | null): Rates {
  const rate = (kind: TokenKind): number | null => read(prices[PRICE_KEYS[kind]]);
  return {
    input: rate("input"),
    output: rate("output"),
    cacheRead: rate("cacheRead"),
    cacheWrite5m: rate("cacheWrite5m"),
    cacheWrite1h: rate("cacheWrite1h"),
  };
}

function baseOf(listed: ListedPrice): number | null {
  return typeof listed === "object" ? listed.base : (listed ?? null);
}

/** The package, too, chooses a tier by the whole prompt, and for all kinds at once. */
function tiersOf(prices: ModelPrice): readonly RateTier[] {
  const starts = new Set(
    tokenKinds.flatMap((kind) => {
      const listed = prices[PRICE_KEYS[kind]];
      return typeof listed === "object" ? listed.tiers.map((tier) => tier.start) : [];
    }),
  );
  return [...starts]
    .toSorted((a, b) => a - b)
    .map((start) => ({ abovePromptTokens: start, rates: ratesOf(prices, (listed) => priceAbove(listed, start)) }));
}

function priceAbove(listed: ListedPrice, start: number): number | null {
  if (typeof listed !== "object") return listed ?? null;
  return listed.tiers.findLast((tier) => tier.start <= start)?.price ?? listed.base;
}
