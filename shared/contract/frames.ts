import { z } from "zod";
import type { SessionEvent } from "../model/event.ts";
import { type Failure } from "./errors.ts";
import { feedSchema, type Snapshot } from "./feeds.ts";
import type { Scope } from "./scopes.ts";

const frameId = z.number().int().nonnegative();

/** Events that a client lets the host send before it grants more: what one read of a busy child's stdout can bring. */
export const INITIAL_CREDIT = 16_384;

const credit = z.number().int().min(1).max(1_000_000);

/** Where a client stopped reading: the host's run and the last sequence number it has. */
export const cursorSchema = z.object({ epoch: z.string().max(100), seq: z.number().int().nonnegative() });
export type FeedCursor = Readonly<z.infer<typeof cursorSchema>>;

/** All that a client may write, one JSON text a frame. `hello` comes first. */
export const clientFrameSchema = z.discriminatedUnion("t", [
  z.object({ t: z.literal("hello"), contractVersion: z.number().int(), client: z.string().min(1).max(120) }),
  z.object({ t: z.literal("request"), id: frameId, name: z.string().max(100), params: z.unknown() }),
  z.object({
    t: z.literal("subscribe"),
    id: frameId,
    feed: feedSchema,
    /** Given after a lost connection: continue there if the host still can. */
    cursor: cursorSchema.optional(),
    credit,
  }),
  z.object({ t: z.literal("credit"), id: frameId, events: credit }),
  z.object({ t: z.literal("unsubscribe"), id: frameId }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** All that a host writes. `id` is the one of the request or subscription that the frame belongs to. */
export type HostFrame =
  | {
      readonly t: "welcome";
      readonly contractVersion: number;
      readonly hostVersion: string;
      /** Names this run of the host; a cursor of another epoch gets a snapshot. */
      readonly epoch: string;
      readonly scopes: readonly Scope[];
    }
  | { readonly t: "reply"; readonly id: number; readonly result: unknown }
  | {
      readonly t: "failure";
      /** Null when the frame that failed could not be read far enough to know. */
      readonly id: number | null;
      readonly error: Failure;
    }
  | { readonly t: "snapshot"; readonly id: number; readonly seq: number; readonly snapshot: Snapshot }
  /** The cursor was good: what the client has stays, events after it follow. */
  | { readonly t: "resumed"; readonly id: number; readonly seq: number }
  | { readonly t: "events"; readonly id: number; readonly events: readonly SessionEvent[] }
  /** Events were left out because the client was too slow; the subscription is over, subscribe again. */
  | { readonly t: "lagged"; readonly id: number };
