import { RequestError } from "../../../../shared/contract/errors.ts";
import { weightOf } from "../../../../shared/contract/events.ts";
import type { Feed, Snapshot } from "../../../../shared/contract/feeds.ts";
import type { FeedCursor } from "../../../../shared/contract/frames.ts";
import { requests } from "../../../../shared/contract/requests.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import type { SessionSummary } from "../../../../shared/model/session.ts";
import type {
  Engine,
  FeedStart,
  OpenFeed,
  RequestContext,
  RequestHandlers,
} from "../../../../electron/engine/engine.ts";
import { aHost } from "../../../support/builders.ts";

/** The one session that the fake engine knows. */
export const SESSION_ID = "session-1";

type AnyHandler = (params: never, context: RequestContext) => Promise<unknown>;

export interface FakeEngine {
  /** Its feeds open at once. */
  readonly engine: Omit<Engine, "openFeed"> & {
    readonly openFeed: (...asked: Parameters<Engine["openFeed"]>) => OpenFeed;
  };
  /** Tells an event to every open feed that it belongs to. */
  readonly emit: (text: string) => SessionEvent;
  readonly openFeeds: () => number;
}

export interface FakeEngineOptions {
  readonly epoch?: string;
  /** Continues the sequence of an engine that ran before. */
  readonly firstSeq?: number;
  /** Handlers by request name; all others answer `not_found`. */
  readonly handlers?: Readonly<Record<string, AnyHandler>>;
}

export const fakeSession: SessionSummary = {
  sessionId: SESSION_ID,
  projectPath: "/projects/one",
  worktree: null,
  isFolderGone: false,
  title: "One",
  owner: "owned",
  live: true,
  activity: { kind: "working" },
  model: null,
  permissionMode: "default",
  gitBranch: null,
  cliVersion: null,
  startedAt: "2026-01-31T12:00:00.000Z",
  lastActivityAt: "2026-01-31T12:00:00.000Z",
  turnCount: 0,
  costUsd: null,
  turnCostUsd: null,
  context: null,
  pendingPermissions: 0,
  pid: 1,
  routes: ["stdin"],
  parentSessionId: null,
  label: null,
  facts: null,
};

const hostInfo = aHost({ version: "9.9.9", claude: null });

function textEvent(seq: number, text: string): SessionEvent {
  const data = { messageId: "m", text, model: null, parentToolUseId: null };
  return { type: "assistant.textAdded", data, sessionId: SESSION_ID, seq, at: "2026-01-31T12:00:00.000Z" };
}

function isIn(feed: Feed, event: SessionEvent): boolean {
  return feed.kind === "host" ? weightOf(event.type) === "headline" : feed.sessionId === event.sessionId;
}

async function refuse(): Promise<never> {
  throw new RequestError("not_found", "There is nothing of that name.");
}

/** An engine without sessions behind it: one known session, events on demand, a replay without bounds. */
export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const { epoch = "run-1", firstSeq = 1 } = options;
  const told: SessionEvent[] = [];
  const feeds = new Set<{ readonly feed: Feed; readonly listener: (event: SessionEvent) => void }>();
  let seq = firstSeq - 1;

  function startOf(feed: Feed, cursor: FeedCursor | null): FeedStart {
    if (cursor?.epoch === epoch) {
      const missed = told.filter((event) => isIn(feed, event) && event.seq > cursor.seq);
      return { kind: "resumed", seq, missed };
    }
    const snapshot: Snapshot =
      feed.kind === "host"
        ? { kind: "host", host: hostInfo, sessions: [fakeSession], sessionTotal: 1, permissions: [] }
        : { kind: "session", session: fakeSession, events: [...told], hasOlder: false, payloads: [] };
    return { kind: "snapshot", seq, snapshot };
  }

  function openFeed(feed: Feed, cursor: FeedCursor | null, listener: (event: SessionEvent) => void): OpenFeed {
    if (feed.kind === "session" && feed.sessionId !== SESSION_ID) {
      throw new RequestError("not_found", `There is no session ${feed.sessionId}.`);
    }
    const entry = { feed, listener };
    const start = startOf(feed, cursor);
    feeds.add(entry);
    return { start, close: () => feeds.delete(entry) };
  }

  const handlers = { ...Object.fromEntries(Object.keys(requests).map((name) => [name, refuse])), ...options.handlers };

  return {
    engine: {
      epoch,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the loop over the table made one for each name
      handlers: handlers as unknown as RequestHandlers,
      hostInfo: () => hostInfo,
      openFeed,
      dispose: async () => undefined,
    },
    emit: (text) => {
      seq += 1;
      const event = textEvent(seq, text);
      told.push(event);
      for (const { feed, listener } of feeds) if (isIn(feed, event)) listener(event);
      return event;
    },
    openFeeds: () => feeds.size,
  };
}
