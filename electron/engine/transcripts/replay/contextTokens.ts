import type { TokenUsage } from "../../../../shared/model/usage.ts";

/** All that the model held when it finished a message: the prompt, cached or not, and what it wrote; null if unknown. */
export function contextTokens(tokens: TokenUsage): number | null {
  if (tokens.input === null || tokens.output === null) return null;
  const cached = (tokens.cacheRead ?? 0) + (tokens.cacheWrite5m ?? 0) + (tokens.cacheWrite1h ?? 0);
  return tokens.input + cached + tokens.output;
}
