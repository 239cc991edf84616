import type { Feed, HostSnapshot, SessionSnapshot } from "../../shared/contract/feeds.ts";
import { weightOf } from "../../shared/contract/events.ts";
import type { FeedCursor } from "../../shared/contract/frames.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { HostInfo } from "../../shared/model/host.ts";
import type { EventBus } from "./bus/eventBus.ts";
import type { OpenFeed } from "./engine.ts";
import type { PermissionRegistry } from "./permissions/permissionRegistry.ts";
import { type OpenBlock, openBlockDeltas } from "../../shared/state/openBlocks.ts";
import type { SessionDirectory } from "./sessions/sessionDirectory.ts";
import type { EventJournal } from "./storage/eventJournal.ts";
import type { PayloadRows } from "./storage/payloadRows.ts";
import type { PermissionRows } from "./storage/permissionRows.ts";

/** Events that a session's snapshot begins with: some screens full; a client pages back for more. */
const SNAPSHOT_EVENTS = 2_000;

/** Settled permission requests that a host snapshot shows beside the pending ones. */
const SNAPSHOT_SETTLED = 50;

/** Payloads that a session's snapshot shows. */
const SNAPSHOT_PAYLOADS = 50;

export interface FeedParts {
  readonly epoch: string;
  readonly bus: EventBus;
  readonly directory: SessionDirectory;
  readonly journal: EventJournal;
  readonly permissions: PermissionRegistry;
  readonly permissionRows: PermissionRows;
  readonly payloadRows: PayloadRows;
  readonly openBlocks: ReadonlyMap<string, readonly OpenBlock[]>;
  readonly hostInfo: () => HostInfo;
}

/**
 * Opens a feed: the snapshot (or what a cursor misses) and the listening begin in one synchronous step.
 * @throws RequestError `not_found` for an unknown session.
 */
export function openFeed(
  parts: FeedParts,
  feed: Feed,
  cursor: FeedCursor | null,
  listener: (event: SessionEvent) => void,
): OpenFeed {
  const { bus, directory, epoch } = parts;
  if (feed.kind === "session") directory.require(feed.sessionId);
  const passes = filterOf(feed);
  const missed = cursor !== null && cursor.epoch === epoch ? bus.since(cursor.seq, passes) : null;
  const seq = bus.lastSeq;
  const start =
    missed !== null
      ? ({ kind: "resumed", seq, missed } as const)
      : ({
          kind: "snapshot",
          seq,
          snapshot: feed.kind === "host" ? hostSnapshot(parts) : sessionSnapshot(parts, feed.sessionId),
        } as const);
  const close = bus.listen((event) => {
    // A feed that is opened while an event is being told has that event in its snapshot already.
    if (event.seq > seq && passes(event)) listener(event);
  });
  return { start, close };
}

function filterOf(feed: Feed): (event: SessionEvent) => boolean {
  if (feed.kind === "host") return (event) => weightOf(event.type) === "headline";
  return (event) => event.sessionId === feed.sessionId;
}

function hostSnapshot({ directory, permissions, permissionRows, hostInfo }: FeedParts): HostSnapshot {
  const settled = permissionRows.list({ limit: SNAPSHOT_SETTLED }).items.filter(({ status }) => status !== "pending");
  return {
    kind: "host",
    host: hostInfo(),
    sessions: directory.list(),
    permissions: [...permissions.pending(), ...settled],
  };
}

function sessionSnapshot(parts: FeedParts, sessionId: string): SessionSnapshot {
  const { bus, directory, journal, payloadRows, openBlocks } = parts;
  const { items, hasOlder } = journal.newest(sessionId, SNAPSHOT_EVENTS);
  const session = directory.require(sessionId);
  const now = { sessionId, seq: bus.lastSeq, at: session.lastActivityAt };
  return {
    kind: "session",
    session,
    events: [...items, ...openBlockDeltas(openBlocks.get(sessionId) ?? [], now)],
    hasOlder,
    payloads: payloadRows.newest(sessionId, SNAPSHOT_PAYLOADS).items,
  };
}
