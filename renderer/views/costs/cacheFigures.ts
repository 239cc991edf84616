import type { CostSum, TokenSum } from "../../../shared/model/cost.ts";

/** What caching did over a range. */
export interface CacheFigures {
  readonly savedUsd: number;
  /** What the same messages would have cost without cache reads. */
  readonly withoutUsd: number;
  /** Of `withoutUsd`, 0 to 1; null where there was no cost. */
  readonly savedShare: number | null;
  /** Of all that was sent to the models, how much came from the cache; null where nothing was sent. */
  readonly hitShare: number | null;
}

/** Computes them from the sums of the host. */
export function cacheFigures({ costUsd, savedUsd, tokens }: CostSum): CacheFigures {
  const withoutUsd = costUsd + savedUsd;
  const sent = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
  return {
    savedUsd,
    withoutUsd,
    savedShare: withoutUsd > 0 ? savedUsd / withoutUsd : null,
    hitShare: sent > 0 ? tokens.cacheRead / sent : null,
  };
}

/** The kinds of tokens in the order in which they are listed. */
export const tokenKinds: readonly (readonly [keyof TokenSum, string])[] = [
  ["cacheRead", "Read from cache"],
  ["input", "New input"],
  ["cacheWrite5m", "Cache write, 5 min"],
  ["cacheWrite1h", "Cache write, 1 h"],
  ["output", "Output"],
];
