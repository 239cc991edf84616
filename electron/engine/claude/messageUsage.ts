import type { TokenUsage } from "../../../shared/model/usage.ts";

/** Tokens of an API message or a turn, with what else decides its price. Null: the CLI did not say. */
export interface MessageUsage {
  readonly tokens: TokenUsage;
  readonly webSearchRequests: number | null;
  readonly serviceTier: string | null;
  /** The speed that was served, `standard` or `fast`. */
  readonly speed: string | null;
  readonly inferenceGeo: string | null;
}

/** A session's running totals with one model. Cache writes are one number here; the two lifetimes are told beside it. */
export interface ModelUsage {
  readonly model: string;
  readonly tokens: TokenUsage;
  readonly webSearchRequests: number | null;
  readonly costUsd: number | null;
  /** How many tokens the model can hold. */
  readonly contextWindow: number | null;
}
