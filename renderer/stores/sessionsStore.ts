/**
 * Owns: the summary of every session that the host told of.
 * Knows nothing about: which one is chosen, how the list is filtered (`sessionList.ts`).
 * Invariants: summaries change only by the host's snapshot and by events through `reduceSession`.
 *
 * Views reach it with `useSessions(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import { reduceSession } from "../../shared/state/reduceSession.ts";

export interface SessionsState {
  /** False until the host's first snapshot. */
  readonly loaded: boolean;
  readonly byId: Readonly<Record<string, SessionSummary>>;
  readonly takeSnapshot: (sessions: readonly SessionSummary[]) => void;
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
}

export type SessionsStore = StoreApi<SessionsState>;

/** Creates the empty store; the host's snapshot fills it. */
export function createSessionsStore(): SessionsStore {
  return createStore<SessionsState>()((set) => ({
    loaded: false,
    byId: {},
    takeSnapshot: (sessions) =>
      set({ loaded: true, byId: Object.fromEntries(sessions.map((summary) => [summary.sessionId, summary])) }),
    takeEvents: (events) => set(({ byId }) => ({ byId: reduceAll(byId, events) })),
  }));
}

function reduceAll(byId: SessionsState["byId"], events: readonly SessionEvent[]): SessionsState["byId"] {
  const changed: Record<string, SessionSummary> = {};
  for (const event of events) {
    const before = changed[event.sessionId] ?? byId[event.sessionId];
    const after = reduceSession(before, event);
    if (after !== undefined && after !== before) changed[event.sessionId] = after;
  }
  return Object.keys(changed).length === 0 ? byId : { ...byId, ...changed };
}
