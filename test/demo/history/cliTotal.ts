/** The running total that the CLI would write at the end of a session: what messages cost by its own prices. */
import { createPriceBook } from "../../../electron/engine/ledger/pricing/priceBook.ts";
import { priceMessage } from "../../../electron/engine/ledger/pricing/priceMessage.ts";
import type { WrittenMessage } from "./recordWriter.ts";

/** An unknown model is charged at the default model's price, and said to be unknown (measured on 2.1.329). */
const DEFAULT_MODEL = "claude-opus-5-5";
const NANO_PER_USD = 1_000_000_000;
const prices = createPriceBook(null);

interface ModelUse {
  inputTokens: number;
  outputTokens: number;
  cacheReadInputTokens: number;
  cacheCreationInputTokens: number;
  webSearchRequests: number;
  costUSD: number;
}

export class CliTotal {
  #totalUsd = 0;
  #hasUnknown = false;
  readonly #models = new Map<string, ModelUse>();

  add({ model, tokens, webSearches, speed, atMs }: WrittenMessage): void {
    const asked = { ...tokens, webSearches, speed, atMs, serviceTier: "standard", inferenceGeo: "" };
    let priced = priceMessage({ ...asked, model }, prices);
    if (priced.kind !== "priced") {
      this.#hasUnknown = true;
      priced = priceMessage({ ...asked, model: DEFAULT_MODEL }, prices);
    }
    const usd = priced.kind === "priced" ? priced.nanoUsd / NANO_PER_USD : 0;
    this.addUsd(usd);
    const use = this.#models.get(model) ?? noUse();
    use.inputTokens += tokens.input;
    use.outputTokens += tokens.output;
    use.cacheReadInputTokens += tokens.cacheRead;
    use.cacheCreationInputTokens += tokens.cacheWrite5m + tokens.cacheWrite1h;
    use.webSearchRequests += webSearches;
    use.costUSD += usd;
    this.#models.set(model, use);
  }

  /** What a request cost that leaves no record, such as the one for a summary. */
  addUsd(usd: number): void {
    this.#totalUsd += usd;
  }

  costState(): Readonly<Record<string, unknown>> {
    const modelUsage = Object.fromEntries(this.#models);
    return { totalCostUSD: this.#totalUsd, modelUsage, hasUnknownModelCost: this.#hasUnknown };
  }
}

function noUse(): ModelUse {
  const tokens = { inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 };
  return { ...tokens, webSearchRequests: 0, costUSD: 0 };
}
