/** What an entry costs, as it is kept. */

/** What decides a price; null where the source did not say. */
export interface ChargedFields {
  readonly model: string | null;
  readonly atMs: number | null;
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly webSearches: number | null;
  readonly speed: string | null;
  readonly serviceTier: string | null;
  readonly inferenceGeo: string | null;
}

/** Kept as their place in this list, from 1: append only. */
export const unpricedReasons = [
  "unknown_model",
  "no_price_then",
  "no_rate",
  "no_model",
  "no_usage",
  "bad_usage",
] as const;
export type KeptUnpricedReason = (typeof unpricedReasons)[number];

/** Bits of an entry's flags. `TURN_TOLD`: the stream said to which turn it belongs, not its place in a transcript. */
export const FLAG_INCOMPLETE = 1;
export const FLAG_UNSPLIT = 2;
export const FLAG_TIME_UNKNOWN = 4;
export const FLAG_PROVISIONAL = 8;
export const FLAG_TURN_TOLD = 16;
/** The bits that a price decides. */
export const PRICE_FLAGS = FLAG_INCOMPLETE | FLAG_UNSPLIT | FLAG_TIME_UNKNOWN;

/** Stands in the place of an amount: the entry has a price of the user's, and the shipped prices know none. */
export const UNLISTED = -1;

/** Numbers of files for what no transcript told. */
export const STREAM_FILE = 0;
export const IMPORT_FILE = -1;

/** Whole nano-dollars. `nanoUsd` null: no price, and `unpricedReason` says why, unless nobody has looked for one yet. */
export interface EntryCharge {
  readonly nanoUsd: number | null;
  readonly savedNano: number | null;
  /** By the shipped prices, where that is another amount; `UNLISTED` where those know none. Null: the same. */
  readonly listNano: number | null;
  readonly priceId: string | null;
  readonly source: string | null;
  readonly priceDate: string | null;
  readonly unpricedReason: KeptUnpricedReason | null;
  /** Of `PRICE_FLAGS`. */
  readonly flags: number;
}

export type ChargeOf = (fields: ChargedFields) => EntryCharge;

export const NOT_LOOKED_FOR: EntryCharge = {
  nanoUsd: null,
  savedNano: null,
  listNano: null,
  priceId: null,
  source: null,
  priceDate: null,
  unpricedReason: null,
  flags: 0,
};

/** As it is kept; null for none. */
export function reasonNumber(reason: KeptUnpricedReason | null): number | null {
  return reason === null ? null : unpricedReasons.indexOf(reason) + 1;
}

export function reasonOf(kept: number | null): KeptUnpricedReason | null {
  return kept === null ? null : (unpricedReasons[kept - 1] ?? null);
}
