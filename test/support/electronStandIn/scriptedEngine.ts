/**
 * An engine that does what a test says: its host feed begins with a given snapshot and brings the events the test
 * emits. For tests of what stands around the engine.
 */
import type { HostSnapshot } from "../../../shared/contract/feeds.ts";
import { requests } from "../../../shared/contract/requests.ts";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { Engine, RequestHandlers } from "../../../electron/engine/engine.ts";
import type { EventDraft, SessionEvent } from "../../../shared/model/event.ts";
import { aHost } from "../builders.ts";

export interface ScriptedEngine {
  readonly engine: Engine;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
  /** Feeds that are open now. */
  readonly openFeeds: () => number;
  readonly isDisposed: () => boolean;
}

export const scriptedHostInfo = aHost({ version: "0.0.0-test", pid: 4711 });

export function createScriptedEngine(): ScriptedEngine {
  const snapshot: HostSnapshot = {
    kind: "host",
    host: scriptedHostInfo,
    sessions: [],
    sessionTotal: 0,
    permissions: [],
  };
  const listeners = new Set<(event: SessionEvent) => void>();
  let seq = 0;
  let disposed = false;
  const engine: Engine = {
    epoch: "scripted",
    handlers: scriptedHandlers(),
    hostInfo: () => scriptedHostInfo,
    openFeed: (_feed, _cursor, listener) => {
      listeners.add(listener);
      return { start: { kind: "snapshot", seq, snapshot }, close: () => void listeners.delete(listener) };
    },
    dispose: async () => {
      disposed = true;
    },
  };
  return {
    engine,
    emit: (sessionId, draft) => {
      seq += 1;
      const event: SessionEvent = { ...draft, sessionId, seq, at: new Date(seq * 1000).toISOString() };
      for (const listener of listeners) listener(event);
    },
    openFeeds: () => listeners.size,
    isDisposed: () => disposed,
  };
}

function scriptedHandlers(): RequestHandlers {
  const refuse = async (): Promise<never> => {
    throw new RequestError("claude_unavailable", "This engine is scripted.");
  };
  const refusing = Object.fromEntries(Object.keys(requests).map((name) => [name, refuse]));
  return { ...(refusing as unknown as RequestHandlers), "host.get": async () => scriptedHostInfo };
}
