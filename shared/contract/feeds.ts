import { z } from "zod";
import type { SessionEvent } from "../model/event.ts";
import type { HostInfo } from "../model/host.ts";
import type { Payload } from "../model/payload.ts";
import type { Permission } from "../model/permission.ts";
import type { SessionSummary } from "../model/session.ts";

/**
 * What a client can watch. `host`: every session's headline events. `session`: all events of one session.
 * A subscription begins with a snapshot at a sequence number, then brings each event after it exactly once.
 */
export const feedSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("host") }),
  z.object({ kind: z.literal("session"), sessionId: z.string().min(1).max(200) }),
]);
export type Feed = Readonly<z.infer<typeof feedSchema>>;

export interface HostSnapshot {
  readonly kind: "host";
  readonly host: HostInfo;
  /** Every live session, then the most recently active ones; `sessions.list` pages through the others. */
  readonly sessions: readonly SessionSummary[];
  /** How many sessions there are in all. */
  readonly sessionTotal: number;
  /** All pending requests, and the most recently settled ones. */
  readonly permissions: readonly Permission[];
}

export interface SessionSnapshot {
  readonly kind: "session";
  readonly session: SessionSummary;
  /** The newest kept events, then one `assistant.delta` for each block that is still being written. */
  readonly events: readonly SessionEvent[];
  /** True when `sessions.events` can page further back. */
  readonly hasOlder: boolean;
  readonly payloads: readonly Payload[];
}

export type Snapshot = HostSnapshot | SessionSnapshot;
