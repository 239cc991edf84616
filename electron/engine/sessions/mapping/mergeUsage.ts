import type { MessageUsage } from "../../claude/messageUsage.ts";

/**
 * A message's usage from what its beginning and its end told, as the CLI charges it (measured on 2.1.329): a prompt count
 * of 0 at the end does not erase that of the beginning; output and web searches are those of the end.
 */
export function mergeUsage(start: MessageUsage | null, end: MessageUsage): MessageUsage {
  if (start === null) return end;
  const later = (last: number | null, first: number | null): number | null =>
    last !== null && last > 0 ? last : (first ?? last);
  return {
    tokens: {
      input: later(end.tokens.input, start.tokens.input),
      output: end.tokens.output ?? start.tokens.output,
      cacheRead: later(end.tokens.cacheRead, start.tokens.cacheRead),
      ...cacheWrites(start.tokens, end.tokens),
    },
    webSearchRequests: end.webSearchRequests ?? start.webSearchRequests,
    serviceTier: end.serviceTier ?? start.serviceTier,
    speed: end.speed ?? start.speed,
    inferenceGeo: end.inferenceGeo ?? start.inferenceGeo,
  };
}

type CacheWrites = Pick<MessageUsage["tokens"], "cacheWrite5m" | "cacheWrite1h">;

/** The end mostly tells the sum only, which is then divided as the beginning did. */
function cacheWrites(start: CacheWrites, end: CacheWrites): CacheWrites {
  const isToldAgain = (end.cacheWrite5m ?? 0) + (end.cacheWrite1h ?? 0) > 0;
  const isToldBefore = start.cacheWrite5m !== null || start.cacheWrite1h !== null;
  const { cacheWrite5m, cacheWrite1h } = isToldAgain || !isToldBefore ? end : start;
  if (!isToldAgain || cacheWrite1h !== null || start.cacheWrite1h === null) return { cacheWrite5m, cacheWrite1h };
  const rest = (cacheWrite5m ?? 0) - start.cacheWrite1h;
  return { cacheWrite5m: Math.max(start.cacheWrite5m ?? 0, rest), cacheWrite1h: start.cacheWrite1h };
}
