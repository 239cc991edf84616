/**
 * What one API message costs, and why. Pure; knows no file, no clock and no database.
 *
 * The reference is the CLI's own `total_cost_usd`, a sum of floats that it never rounds (measured on 2.1.329): the sum of
 * messages in nano-dollars equals it. Two kinds of prices the CLI does not know are charged here: batch requests, which
 * it never makes itself, and models it replaces by its default.
 */
import { SYNTHETIC_MODEL } from "./modelKeys.ts";
import { picoPerToken, pieceNanoUsd, tokenNanoUsd } from "./money.ts";
import { tokenKinds } from "./price.ts";
import type { MultiplierKind, Price, PriceSource, Rates, Sourced, TokenKind } from "./price.ts";
import type { PriceBook } from "./priceBook.ts";

/** What decides a price. Null: the source did not say. */
export type ChargeableMessage = Readonly<Record<TokenKind, number | null>> & {
  readonly model: string | null;
  readonly atMs: number | null;
  readonly webSearches: number | null;
  /** The speed that was served, not the one asked for. */
  readonly speed: string | null;
  readonly serviceTier: string | null;
  readonly inferenceGeo: string | null;
};

/** One kind's share: `count` × the list price × the multipliers. */
export interface PricePart {
  readonly count: number;
  /** List price before multipliers, per million tokens; of web searches per thousand. */
  readonly usdPer: number;
  readonly nanoUsd: number;
}

export interface AppliedMultiplier extends Sourced<number> {
  readonly kind: MultiplierKind;
}

/** `cache_writes_unsplit`: the source told only the sum of cache writes; five minutes are assumed, the API's default. */
export type PriceRemark = "cache_writes_unsplit" | "time_unknown";

export interface PricedMessage {
  readonly kind: "priced";
  /** The sum of the parts: whole nano-dollars. */
  readonly nanoUsd: number;
  readonly priceId: string;
  readonly source: PriceSource;
  readonly priceDate: string;
  /** A part is null when the source did not tell its count. */
  readonly parts: Readonly<Record<TokenKind | "webSearch", PricePart | null>>;
  /** Applied to every token part, not to web searches. */
  readonly multipliers: readonly AppliedMultiplier[];
  /** The prompt size above which the rates used begin; null: the base rates. */
  readonly tierAbovePromptTokens: number | null;
  /** Kinds of tokens that the source did not tell: the amount is at least what is known. */
  readonly incomplete: readonly TokenKind[];
  readonly remarks: readonly PriceRemark[];
}

/**
 * `unknown_model`: no source names it. `no_price_then`: none for that day. `no_rate`: none for a kind of tokens it used.
 * `no_model`, `no_usage`: the message does not say. `bad_usage`: a count is no count.
 */
export type UnpricedReason = "unknown_model" | "no_price_then" | "no_rate" | "no_model" | "no_usage" | "bad_usage";

export interface UnpricedMessage {
  readonly kind: "unpriced";
  readonly reason: UnpricedReason;
  /** What exactly, for a person. */
  readonly detail: string;
}

export type MessagePricing =
  | PricedMessage
  | UnpricedMessage
  /** The CLI's own words: no request was made. */
  | { readonly kind: "not_charged" };

/** Ten times the largest context of any model; more is a damaged record. */
const MAX_TOKENS = 10_000_000;
/** A request makes a handful. */
const MAX_WEB_SEARCHES = 10_000;
const STANDARD_FACTOR = 1;

export function priceMessage(message: ChargeableMessage, prices: PriceBook): MessagePricing {
  if (message.model === SYNTHETIC_MODEL) return { kind: "not_charged" };
  const fault = faultOf(message);
  if (fault !== null) return fault;
  if (message.model === null || message.model.trim() === "") return unpriced("no_model", "The message names no model.");
  const price = prices.find(message.model, message.atMs);
  return price === null ? withoutPrice(message.model, prices) : charge(message, price);
}

function unpriced(reason: UnpricedReason, detail: string): UnpricedMessage {
  return { kind: "unpriced", reason, detail };
}

function faultOf(message: ChargeableMessage): UnpricedMessage | null {
  let known = 0;
  for (const kind of tokenKinds) {
    const count = message[kind];
    if (count === null) continue;
    known += 1;
    if (!isCount(count, MAX_TOKENS)) return unpriced("bad_usage", `${String(count)} is no number of ${kind} tokens.`);
  }
  const searches = message.webSearches;
  if (searches !== null && !isCount(searches, MAX_WEB_SEARCHES))
    return unpriced("bad_usage", `${String(searches)} is no number of web searches.`);
  return known === 0 ? unpriced("no_usage", "The message tells no tokens.") : null;
}

/** True when one of its counts is no count: then none of them is to be believed. */
export function hasBadUsage(message: ChargeableMessage): boolean {
  return faultOf(message)?.reason === "bad_usage";
}

function isCount(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= most;
}

function withoutPrice(model: string, prices: PriceBook): UnpricedMessage {
  return prices.periods(model).some((period) => period.price !== null)
    ? unpriced("no_price_then", `There is no price of ${model} for that day.`)
    : unpriced("unknown_model", `There is no price of ${model}.`);
}

function charge(message: ChargeableMessage, price: Price): MessagePricing {
  const { rates, above } = ratesFor(message, price);
  const multipliers = multipliersFor(message, price);
  const tokens = tokenParts(message, rates, multipliers);
  if ("reason" in tokens) return tokens;
  const webSearch = webSearchPart(message.webSearches, price);
  if (webSearch !== null && "reason" in webSearch) return webSearch;
  let nanoUsd = webSearch?.nanoUsd ?? 0;
  for (const kind of tokenKinds) nanoUsd += tokens[kind]?.nanoUsd ?? 0;
  return {
    kind: "priced",
    nanoUsd,
    priceId: price.priceId,
    source: price.source,
    priceDate: price.priceDate,
    parts: { ...tokens, webSearch },
    multipliers,
    tierAbovePromptTokens: above,
    incomplete: missingKinds(message),
    remarks: remarksOn(message),
  };
}

interface ChosenRates {
  readonly rates: Rates;
  readonly above: number | null;
}

/** By the whole prompt, whatever of it was cached; the tier's output rate goes with it (measured on 2.1.329). */
function ratesFor(message: ChargeableMessage, price: Price): ChosenRates {
  if (price.tiers.length === 0) return { rates: price.rates, above: null };
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = message;
  const prompt = (input ?? 0) + (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  const tier = price.tiers.findLast(({ abovePromptTokens }) => prompt > abovePromptTokens);
  return tier === undefined
    ? { rates: price.rates, above: null }
    : { rates: tier.rates, above: tier.abovePromptTokens };
}

const NO_MULTIPLIERS: readonly AppliedMultiplier[] = [];

/** Spelled exactly so: `US` and other regions are charged the list price, as is `priority` (measured on 2.1.329). */
function multipliersFor(message: ChargeableMessage, price: Price): readonly AppliedMultiplier[] {
  const wanted: MultiplierKind[] = [];
  if (message.speed === "fast") wanted.push("fast");
  if (message.inferenceGeo === "us") wanted.push("usInference");
  if (message.serviceTier === "batch") wanted.push("batch");
  if (wanted.length === 0) return NO_MULTIPLIERS;
  return wanted.flatMap((kind) => {
    const found = price.multipliers[kind];
    return found === undefined || found.value === STANDARD_FACTOR ? [] : [{ kind, ...found }];
  });
}

function tokenParts(
  message: ChargeableMessage,
  rates: Rates,
  multipliers: readonly AppliedMultiplier[],
): Readonly<Record<TokenKind, PricePart | null>> | UnpricedMessage {
  const parts: Record<TokenKind, PricePart | null> = {
    input: null,
    output: null,
    cacheRead: null,
    cacheWrite5m: null,
    cacheWrite1h: null,
  };
  const factors = factorsOf(multipliers);
  for (const kind of tokenKinds) {
    const count = message[kind];
    if (count === null) continue;
    const rate = rates[kind];
    // None used, none to pay: an old model without a price for caching is priced all the same.
    if (rate === null && count > 0) return unpriced("no_rate", `There is no price of ${kind} tokens for this model.`);
    const part = tokenPart(count, rate ?? 0, factors);
    if (part === null) return unpriced("bad_usage", `${String(count)} ${kind} tokens cost more than can be counted.`);
    parts[kind] = part;
  }
  return parts;
}

const NO_FACTORS: readonly number[] = [];

export function factorsOf(multipliers: readonly AppliedMultiplier[]): readonly number[] {
  return multipliers.length === 0 ? NO_FACTORS : multipliers.map(({ value }) => value);
}

function tokenPart(count: number, usdPer: number, factors: readonly number[]): PricePart | null {
  const nanoUsd = tokenNanoUsd(count, picoPerToken(usdPer, factors));
  return nanoUsd === null ? null : { count, usdPer, nanoUsd };
}

function webSearchPart(searches: number | null, price: Price): PricePart | UnpricedMessage | null {
  if (searches === null) return null;
  const usdPer = price.webSearchPerThousand?.value ?? null;
  if (usdPer === null && searches > 0) return unpriced("no_rate", "There is no price of web searches for this model.");
  return { count: searches, usdPer: usdPer ?? 0, nanoUsd: pieceNanoUsd(searches, usdPer ?? 0) };
}

const NO_KINDS: readonly TokenKind[] = [];

/** Mostly none: a list is made only for a message that has some. */
function missingKinds(message: ChargeableMessage): readonly TokenKind[] {
  let missing: TokenKind[] | null = null;
  for (const kind of tokenKinds) {
    if (message[kind] === null && !isInSum(kind, message)) (missing ??= []).push(kind);
  }
  return missing ?? NO_KINDS;
}

/** Cache writes of an hour that the source did not tell apart are in the five-minute count, not missing. */
function isInSum(kind: TokenKind, message: ChargeableMessage): boolean {
  return kind === "cacheWrite1h" && message.cacheWrite5m !== null;
}

const NO_REMARKS: readonly PriceRemark[] = [];

function remarksOn(message: ChargeableMessage): readonly PriceRemark[] {
  const isUnsplit = message.cacheWrite1h === null && (message.cacheWrite5m ?? 0) > 0;
  if (!isUnsplit && message.atMs !== null) return NO_REMARKS;
  return [
    ...(isUnsplit ? (["cache_writes_unsplit"] as const) : []),
    ...(message.atMs === null ? (["time_unknown"] as const) : []),
  ];
}
