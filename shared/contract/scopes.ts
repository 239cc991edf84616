import { z } from "zod";

/** What a token may do: look; send payloads; decide permissions; start, change and stop sessions. */
export const scopeSchema = z.enum(["read", "inject", "approve", "control"]);
export type Scope = z.infer<typeof scopeSchema>;

export const ALL_SCOPES: readonly Scope[] = scopeSchema.options;
