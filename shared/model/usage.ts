import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";

const tokenCount = z.number().int().nonnegative().nullable();

/** Tokens of one API message by kind. `null` means the source did not say; it never means zero. */
export const tokenUsageSchema = z.object({
  input: tokenCount,
  output: tokenCount,
  cacheRead: tokenCount,
  cacheWrite5m: tokenCount,
  cacheWrite1h: tokenCount,
});
export type TokenUsage = DeepReadonly<z.infer<typeof tokenUsageSchema>>;

/** Dollars as a decimal with six places (one micro-dollar). */
export const usdSchema = z.number();

/** Rounds dollars to whole micro-dollars, the precision the wire carries. */
export function roundUsd(usd: number): number {
  return Math.round(usd * 1_000_000) / 1_000_000;
}
