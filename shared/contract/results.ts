import { z } from "zod";
import { sessionEventSchema } from "../model/event.ts";
import { payloadSchema } from "../model/payload.ts";
import { failureSchema } from "./errors.ts";

/** One page of a list; `nextCursor` is null on the last page. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const eventPage = z.object({
  items: z.array(sessionEventSchema),
  /** True when events older than the first of this page are kept. */
  hasOlder: z.boolean(),
  nextCursor: z.string().nullable(),
});

export const directoryListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  directories: z.array(z.string()),
  /** True when only the first names are listed. */
  truncated: z.boolean(),
});

export const contextUsage = z.object({
  usedTokens: z.number().int().nonnegative(),
  windowTokens: z.number().int().positive().nullable(),
  categories: z.array(z.object({ name: z.string(), tokens: z.number().int().nonnegative() })),
});

export const interrupted = z.object({
  /** False when no turn was running. */
  interrupted: z.boolean(),
  /** Payloads that are still queued and will run next. */
  stillQueued: z.array(z.string()),
});

export const broadcast = z.object({
  broadcastId: z.string(),
  items: z.array(
    z.object({
      sessionId: z.string(),
      payload: payloadSchema.nullable(),
      /** Why this session got nothing; null when it was accepted. */
      error: failureSchema.nullable(),
    }),
  ),
});
