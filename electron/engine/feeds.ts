import type { Feed, HostSnapshot, SessionSnapshot } from "../../shared/contract/feeds.ts";
import { weightOf } from "../../shared/contract/events.ts";
import type { FeedCursor } from "../../shared/contract/frames.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { HostInfo } from "../../shared/model/host.ts";
import type { EventBus } from "./bus/eventBus.ts";
import type { FeedListener, OpenFeed, OpenFeedFunction } from "./engine.ts";
import type { EventPage, SessionHistory } from "./observation/sessionHistory.ts";
import type { HeldTail, TranscriptTails } from "./observation/transcriptTails.ts";
import type { PermissionRegistry } from "./permissions/permissionRegistry.ts";
import { type OpenBlock, openBlockDeltas } from "../../shared/state/openBlocks.ts";
import type { SessionDirectory } from "./sessions/sessionDirectory.ts";
import type { PayloadRows } from "./storage/payloadRows.ts";
import type { PermissionRows } from "./storage/permissionRows.ts";

/** Events that a session's snapshot begins with: some screens full; a client pages back for more. */
const SNAPSHOT_EVENTS = 2_000;

/** What a session has said that has no transcript yet. */
const NO_PAGE = { items: [], hasOlder: false };

/** Events that a snapshot from a transcript begins with: each is read and parsed while the client waits. */
const TRANSCRIPT_EVENTS = 400;

/** Sessions without a process that a host snapshot shows, the newest; a client pages on for more. */
const SNAPSHOT_SESSIONS = 300;

/** Settled permission requests that a host snapshot shows beside the pending ones. */
const SNAPSHOT_SETTLED = 50;

/** Payloads that a session's snapshot shows. */
const SNAPSHOT_PAYLOADS = 50;

export interface FeedParts {
  readonly epoch: string;
  readonly bus: EventBus;
  readonly directory: SessionDirectory;
  readonly history: SessionHistory;
  readonly tails: TranscriptTails;
  readonly permissions: PermissionRegistry;
  readonly permissionRows: PermissionRows;
  readonly payloadRows: PayloadRows;
  readonly openBlocks: ReadonlyMap<string, readonly OpenBlock[]>;
  readonly hostInfo: () => HostInfo;
}

/**
 * Makes the opening of feeds: the snapshot (or what a cursor misses) and the listening begin in one synchronous step.
 * Errors: RequestError `not_found` for an unknown session, `transcript_missing`.
 */
export function feedOpening(parts: FeedParts): OpenFeedFunction {
  function open(feed: Extract<Feed, { kind: "host" }>, cursor: FeedCursor | null, listener: FeedListener): OpenFeed;
  function open(feed: Feed, cursor: FeedCursor | null, listener: FeedListener): OpenFeed | Promise<OpenFeed>;
  function open(feed: Feed, cursor: FeedCursor | null, listener: FeedListener): OpenFeed | Promise<OpenFeed> {
    if (feed.kind === "host") return openKept(parts, feed, cursor, listener);
    parts.directory.require(feed.sessionId);
    // Also where all is kept here: the session may go on in another process while the client looks.
    const tail = parts.tails.hold(feed.sessionId);
    if (!isKept(parts, feed.sessionId)) return openTranscript(parts, feed.sessionId, listener, tail);
    return releasing(openKept(parts, feed, cursor, listener), tail);
  }
  return open;
}

/** Whether what is kept here goes to the session's end. */
function isKept({ directory, history }: FeedParts, sessionId: string): boolean {
  return directory.require(sessionId).owner !== "observed" && history.newestTranscript(sessionId) === null;
}

function releasing({ start, close }: OpenFeed, tail: HeldTail): OpenFeed {
  return {
    start,
    close: () => {
      close();
      tail.release();
    },
  };
}

/** A feed of which all that a client needs is here. */
function openKept(parts: FeedParts, feed: Feed, cursor: FeedCursor | null, listener: FeedListener): OpenFeed {
  const { bus, epoch } = parts;
  const missed = cursor !== null && cursor.epoch === epoch ? bus.since(cursor.seq, filterOf(feed)) : null;
  const seq = bus.lastSeq;
  if (missed !== null)
    return { start: { kind: "resumed", seq, missed }, close: listenFrom(parts, feed, seq, listener) };
  const snapshot = feed.kind === "host" ? hostSnapshot(parts) : keptSnapshot(parts, feed.sessionId);
  return { start: { kind: "snapshot", seq, snapshot }, close: listenFrom(parts, feed, seq, listener) };
}

/**
 * A feed that begins with the end of a transcript, whatever the client has seen before: what was appended while nobody
 * watched was never told.
 */
async function openTranscript(
  parts: FeedParts,
  sessionId: string,
  listener: FeedListener,
  tail: HeldTail,
): Promise<OpenFeed> {
  const { bus, history } = parts;
  const feed: Feed = { kind: "session", sessionId };
  try {
    await tail.opened;
    for (;;) {
      const from = bus.lastSeq;
      const page = await transcriptPage(history, sessionId, tail);
      // Taken over or closed meanwhile.
      if (isKept(parts, sessionId)) return releasing(openKept(parts, feed, null, listener), tail);
      const since = bus.since(from, filterOf(feed));
      // So much was told meanwhile that the beginning of it is gone: the page is read again.
      if (since === null) continue;
      const seq = bus.lastSeq;
      const snapshot = snapshotOf(parts, sessionId, { ...page, items: [...page.items, ...since] });
      const close = listenFrom(parts, feed, seq, listener);
      return releasing({ start: { kind: "snapshot", seq, snapshot }, close }, tail);
    }
  } catch (error) {
    tail.release();
    throw error;
  }
}

/** The end of the transcript up to where its events are told as they come. */
async function transcriptPage(
  history: SessionHistory,
  sessionId: string,
  tail: HeldTail,
): Promise<Pick<EventPage, "items" | "hasOlder">> {
  const until = tail.offset();
  if (until === null && history.newestTranscript(sessionId) === null) return NO_PAGE;
  return history.transcriptEnd(sessionId, until, TRANSCRIPT_EVENTS);
}

function listenFrom({ bus }: FeedParts, feed: Feed, seq: number, listener: FeedListener): () => void {
  const passes = filterOf(feed);
  return bus.listen((event) => {
    // A feed that is opened while an event is being told has that event in its snapshot already.
    if (event.seq > seq && passes(event)) listener(event);
  });
}

function filterOf(feed: Feed): (event: SessionEvent) => boolean {
  if (feed.kind === "host") return ({ type }) => weightOf(type) === "headline" || weightOf(type) === "sighting";
  return ({ sessionId, type }) => sessionId === feed.sessionId && weightOf(type) !== "sighting";
}

function hostSnapshot({ directory, permissions, permissionRows, hostInfo }: FeedParts): HostSnapshot {
  const settled = permissionRows.list({ limit: SNAPSHOT_SETTLED }).items.filter(({ status }) => status !== "pending");
  return {
    kind: "host",
    host: hostInfo(),
    sessions: directory.listed(SNAPSHOT_SESSIONS),
    sessionTotal: directory.size,
    permissions: [...permissions.pending(), ...settled],
  };
}

function keptSnapshot(parts: FeedParts, sessionId: string): SessionSnapshot {
  return snapshotOf(parts, sessionId, parts.history.newestKept(sessionId, SNAPSHOT_EVENTS));
}

function snapshotOf(
  { bus, directory, payloadRows, openBlocks }: FeedParts,
  sessionId: string,
  { items, hasOlder }: Pick<EventPage, "items" | "hasOlder">,
): SessionSnapshot {
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
