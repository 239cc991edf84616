/** What the CLI 2.1.329 charges, in dollars per million tokens: measured by letting a scripted API return chosen usage. */
import type { ChargeableMessage } from "../../../../../../electron/engine/ledger/pricing/priceMessage.ts";
import type { TokenKind } from "../../../../../../electron/engine/ledger/pricing/price.ts";

export interface MeasuredPrice {
  readonly model: string;
  readonly usdPerMillion: Readonly<Record<TokenKind, number>>;
  /** What fast mode multiplies by; 1 where the CLI charges the list price for it. */
  readonly fast: number;
  /** The smallest prompt, in tokens, for which the row holds. */
  readonly fromPromptTokens: number;
}

function row(model: string, usd: readonly [number, number, number, number, number], fast = 1): MeasuredPrice {
  const [input, output, cacheRead, cacheWrite5m, cacheWrite1h] = usd;
  return { model, usdPerMillion: { input, output, cacheRead, cacheWrite5m, cacheWrite1h }, fast, fromPromptTokens: 0 };
}

export const measuredPrices: readonly MeasuredPrice[] = [
  row("claude-opus-5-5", [4, 20, 0.2, 5, 8], 2),
  row("claude-fable-5-2", [8, 40, 0.2, 10, 16], 2),
  row("claude-sonnet-5-5", [2, 10, 0.1, 2.5, 4]),
  row("claude-haiku-5-5", [0.1, 0.5, 0.01, 0.125, 0.2]),
  { ...row("claude-haiku-5-5", [0.5, 2.5, 0.05, 0.625, 1]), fromPromptTokens: 100_001 },
  row("claude-opus-5", [5, 25, 0.5, 6.25, 10], 2),
  row("claude-opus-4-6", [5, 25, 0.5, 6.25, 10], 6),
  row("claude-opus-4-7", [5, 25, 0.5, 6.25, 10], 6),
  row("claude-opus-4-8", [5, 25, 0.5, 6.25, 10], 2),
  row("claude-fable-5", [10, 50, 1, 12.5, 20]),
  row("claude-mythos-5", [10, 50, 1, 12.5, 20]),
  row("claude-fable-5-1", [10, 50, 0.25, 12.5, 20]),
  row("claude-mythos-5-1", [10, 50, 0.25, 12.5, 20]),
  row("claude-opus-4-5", [5, 25, 0.5, 6.25, 10]),
  row("claude-sonnet-5", [2, 10, 0.2, 2.5, 4]),
  row("claude-sonnet-4-5", [3, 15, 0.3, 3.75, 6]),
  row("claude-sonnet-4-6", [3, 15, 0.3, 3.75, 6]),
  row("claude-sonnet-4-20250514", [3, 15, 0.3, 3.75, 6]),
  row("claude-3-7-sonnet-20250219", [3, 15, 0.3, 3.75, 6]),
  row("claude-haiku-4-5", [1, 5, 0.1, 1.25, 2]),
  row("claude-3-5-haiku-20241022", [0.8, 4, 0.08, 1, 1.6]),
];

/** The day of the measurement. */
export const MEASURED_AT_MS = Date.UTC(2026, 10, 20, 12);

/** A message of no tokens, but for what is given. */
export function chargeable(given: Partial<ChargeableMessage> = {}): ChargeableMessage {
  return {
    model: "claude-opus-5-5",
    atMs: MEASURED_AT_MS,
    input: 0,
    output: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    webSearches: 0,
    speed: "standard",
    serviceTier: "standard",
    inferenceGeo: "",
    ...given,
  };
}
