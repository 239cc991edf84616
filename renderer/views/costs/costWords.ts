import type { CostEntry, CostSplit, CostSum, Reconciliation } from "../../../shared/model/cost.ts";
import type { PricesState } from "../../../shared/model/ledger.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import type { CostRange } from "../../stores/costFilters.ts";
import type { TopWhat } from "../../stores/costsStore.ts";
import { formatTokens } from "../../components/formats.ts";
import { costText, formatCost, formatShare, isUnpriced, NOT_PRICED, tokenTotal } from "./costFormats.ts";

/** The words that the page has for the contract's own. */

export const rangeWords: Readonly<Record<CostRange, string>> = {
  week: "Last 7 days",
  month: "Last 30 days",
  quarter: "Last 90 days",
  year: "Last 365 days",
  between: "Between two days",
};

export const splitWords: Readonly<Record<CostSplit, string>> = {
  model: "By model",
  project: "By project",
  session: "By session",
  label: "By label",
};

/** What sessions without a label are called together. */
export const NO_LABEL_WORDS = "No label";

export const topWords: Readonly<Record<TopWhat, string>> = {
  sessions: "Sessions",
  projects: "Projects",
  labels: "Labels",
  models: "Models",
  turns: "Turns",
  tools: "Tools",
};

export const kindWords = {
  input: "Input",
  output: "Output",
  cacheRead: "Cache read",
  cacheWrite5m: "Cache write, 5 minutes",
  cacheWrite1h: "Cache write, 1 hour",
  webSearch: "Web searches",
} as const;

export const sourceWords = {
  user: "your own price file",
  overlay: "Switchboard’s price list",
  "genai-prices": "genai-prices",
} as const;

/** The same where they stand alone. */
export const sourceTitles = { ...sourceWords, user: "Your own price file" } as const;

export const multiplierWords = { fast: "fast mode", usInference: "US inference", batch: "batch" } as const;

export const unpricedWords: Readonly<Record<NonNullable<CostEntry["unpricedReason"]>, string>> = {
  unknown_model: "No price list knows this model.",
  no_price_then: "The price lists know this model, but no price for that day.",
  no_rate: "The price list lacks the price of a kind of token that was used.",
  no_model: "The message does not name its model.",
  no_usage: "The message told no tokens.",
  bad_usage: "The message told tokens that cannot be: negative, broken or far too many.",
};

export const remarkWords: Readonly<Record<CostEntry["remarks"][number], string>> = {
  incomplete: "It did not tell all kinds of tokens: it cost at least this.",
  cache_writes_unsplit: "It did not tell how long its cache writes are kept: all are priced as 5 minutes.",
  time_unknown: "It has no time: the newest price is used.",
  provisional: "It is still being written: its output is not counted yet.",
};

export const entrySourceWords: Readonly<Record<CostEntry["source"], string>> = {
  stream: "read live from the process",
  transcript: "read from the transcript",
  import: "imported from an export",
};

export const driftWords: Readonly<Record<NonNullable<Reconciliation["reason"]>, string>> = {
  unknown_model: "a model that no price list knows; the CLI charges it like its default model",
  unpriced_messages: "messages without a price",
  messages_missing: "messages that never reached the ledger, such as those of a deleted transcript",
  prices_differ: "prices of the CLI that differ from the lists here",
};

/** What is wrong with the person's own price file, and which prices are in use until it is right; null when nothing is. */
export function priceProblemWords({ problem, hasUserPrices, keptProblem }: PricesState): string | null {
  if (problem === null) return null;
  const place = problem.line === null ? "" : ` in line ${problem.line}`;
  const fault = `an error${place}: ${sentence(problem.message)}`;
  if (hasUserPrices) return `${fault} The prices before it stay in use.`;
  const lost =
    keptProblem === null ? "" : ` The copy of your prices before it cannot be used: ${sentence(keptProblem)}`;
  return `${fault}${lost} Until it is right, only the price lists of Switchboard are in use.`;
}

function sentence(text: string): string {
  const shown = visibleText(text);
  return shown.endsWith(".") ? shown : `${shown}.`;
}

/** All that was used, e.g. `$4.12 and 3.4M tokens`, `3.4M tokens, not priced`. */
export function usedWords(sum: CostSum): string {
  const tokens = `${formatTokens(tokenTotal(sum.tokens))} tokens`;
  return isUnpriced(sum) ? `${tokens}, ${NOT_PRICED}` : `${costText(sum)} and ${tokens}`;
}

/** How one amount stands to an earlier one, e.g. `34% more than yesterday by now`. */
export function changeWords(now: number, before: number, beforeWords: string): string {
  if (before === 0) return now === 0 ? `as little as ${beforeWords}` : `nothing ${beforeWords}`;
  const change = now / before - 1;
  if (Math.abs(change) < 0.005) return `as much as ${beforeWords}`;
  const size =
    Math.abs(change) >= MANY_TIMES
      ? `${Math.round(Math.abs(change) + 1)} times as much as`
      : `${formatShare(Math.abs(change))} ${change > 0 ? "more" : "less"} than`;
  return `${size} ${beforeWords} (${formatCost(before)})`;
}

/** A larger change reads better as a factor. */
const MANY_TIMES = 4;
