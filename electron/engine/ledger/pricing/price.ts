/**
 * What a price is: the vocabulary of this folder.
 *
 * Units: rates are US dollars per million tokens, as price lists print them, with at most six decimals; amounts are
 * whole nano-dollars (10⁻⁹ USD). A nano-dollar is fine enough that no price of the CLI's own list is rounded in
 * standard or fast mode, and coarse enough that nine million dollars are still a safe integer.
 */

export type PriceSource = "user" | "overlay" | "genai-prices";

/** Kinds of tokens that have a rate of their own. */
export const tokenKinds = ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** US dollars per million tokens of each kind; null when the source knows no price for the kind. */
export type Rates = Readonly<Record<TokenKind, number | null>>;

/** Other rates for a request whose whole prompt (input, cache reads and cache writes) is larger than this; its output too. */
export interface RateTier {
  readonly abovePromptTokens: number;
  readonly rates: Rates;
}

/** What token charges are multiplied by. Web searches are not (measured on 2.1.329). */
export type MultiplierKind = "fast" | "usInference" | "batch";
export const multiplierKinds: readonly MultiplierKind[] = ["fast", "usInference", "batch"];

/** One dated entry of a price source. What it leaves out is taken from the next source. */
export interface PriceEntry {
  /** Model ids as `modelKeys` looks them up, or `*` for every model. */
  readonly models: readonly string[];
  /** First day (UTC) on which it holds, `2026-11-20`; null: since ever. */
  readonly from: string | null;
  /** Last day (UTC) on which it holds; null: until further notice. */
  readonly to: string | null;
  readonly rates: Rates | null;
  /** Ascending; only with rates. */
  readonly tiers: readonly RateTier[];
  readonly multipliers: Readonly<Partial<Record<MultiplierKind, number>>>;
  readonly webSearchPerThousand: number | null;
  readonly note: string | null;
}

/** All entries of one source. */
export interface PriceSheet {
  readonly source: PriceSource;
  /** The day for which the source states its prices. */
  readonly asOf: string;
  readonly entries: readonly PriceEntry[];
}

export interface Sourced<T> {
  readonly value: T;
  readonly source: PriceSource;
}

/** The price of one model in one period, put together from all sources. */
export interface Price {
  /**
   * `source:model:first day:version`. The version is a digest of all that decides an amount, so that equal ids mean
   * equal amounts, and an entry whose id is no longer the current one is to be priced anew.
   */
  readonly priceId: string;
  /** The model's plain name. */
  readonly model: string;
  /** Where the rates are from. */
  readonly source: PriceSource;
  /** The day for which the source states its prices. */
  readonly priceDate: string;
  readonly rates: Rates;
  readonly tiers: readonly RateTier[];
  readonly multipliers: Readonly<Partial<Record<MultiplierKind, Sourced<number>>>>;
  readonly webSearchPerThousand: Sourced<number> | null;
  readonly note: string | null;
}

/** A stretch of time in which one price holds for a model, or none does. Periods of a model cover all time in order. */
export interface PricePeriod {
  /** Inclusive; null: since ever. */
  readonly fromMs: number | null;
  /** Exclusive; null: until further notice. */
  readonly toMs: number | null;
  readonly price: Price | null;
}
