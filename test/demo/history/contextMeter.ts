/**
 * How many tokens of each kind a message has, as a conversation grows: what stood in the prompt before is read from the
 * cache while that lives, and what is new is written to it. Knows nothing of records and prices.
 */

/** How long the cache keeps a prompt that nobody sends again. */
export type CacheLife = "5m" | "1h";

export interface MessageTokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
}

const LIFE_MS: Readonly<Record<CacheLife, number>> = { "5m": 5 * 60_000, "1h": 60 * 60_000 };

/** What is left of a conversation that was summarised. */
const COMPACTED_TOKENS = 21_000;

export interface ContextMeterOptions {
  readonly life: CacheLife;
  /** System prompt and tools, before anything is said. */
  readonly baseTokens: number;
  /** How much of them another session has put into the cache just before. */
  readonly warmTokens: number;
}

export class ContextMeter {
  readonly #life: CacheLife;
  #contextTokens: number;
  #cachedTokens: number;
  #lastMs = Number.POSITIVE_INFINITY;

  constructor({ life, baseTokens, warmTokens }: ContextMeterOptions) {
    this.#life = life;
    this.#contextTokens = baseTokens;
    this.#cachedTokens = Math.min(warmTokens, baseTokens);
  }

  get contextTokens(): number {
    return this.#contextTokens;
  }

  /** A message at a moment: `added` tokens came into the prompt since the one before. */
  message({
    atMs,
    added,
    output,
  }: {
    readonly atMs: number;
    readonly added: number;
    readonly output: number;
  }): MessageTokens {
    if (atMs - this.#lastMs > LIFE_MS[this.#life]) this.#cachedTokens = 0;
    const promptTokens = this.#contextTokens + added;
    // The end of the prompt is never cached.
    const input = Math.min(3 + (added % 9), promptTokens - this.#cachedTokens);
    const cacheRead = this.#cachedTokens;
    const written = promptTokens - cacheRead - input;
    this.#cachedTokens = promptTokens - input;
    this.#contextTokens = promptTokens + output;
    this.#lastMs = atMs;
    const isHour = this.#life === "1h";
    return { input, output, cacheRead, cacheWrite5m: isHour ? 0 : written, cacheWrite1h: isHour ? written : 0 };
  }

  /** The conversation so far becomes a summary, which no cache knows. */
  compact(): void {
    this.#contextTokens = COMPACTED_TOKENS;
    this.#cachedTokens = 0;
  }
}
