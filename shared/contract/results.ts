import { z } from "zod";
import { sessionEventSchema } from "../model/event.ts";
import { payloadSchema } from "../model/payload.ts";
import { searchHitSchema } from "../model/search.ts";
import { failureSchema } from "./errors.ts";

/** One page of a list; `nextCursor` is null on the last page. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const eventPage = z.object({
  items: z.array(sessionEventSchema),
  /** True when there are events before the first of this page. */
  hasOlder: z.boolean(),
  /** True when there are events after the last of this page. */
  hasNewer: z.boolean(),
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

export const sought = z.object({
  /** The place of what was found; null when there is none in that direction. */
  seq: z.number().int().nullable(),
});

export const exported = z.object({
  fileName: z.string(),
  mediaType: z.string(),
  /** One part of the file; all parts in order, joined, are the file. */
  text: z.string(),
  bytesDone: z.number().int(),
  bytesTotal: z.number().int(),
  /** For the next part; null with the last one. */
  nextCursor: z.string().nullable(),
});

export const processStopped = z.object({
  /** `already_gone`: it had ended before. */
  outcome: z.enum(["ended", "already_gone"]),
});

export const searchPage = z.object({
  items: z.array(searchHitSchema),
  nextCursor: z.string().nullable(),
  /** True when not everything could be searched yet. */
  partial: z.boolean(),
});
