/**
 * Owns: the summary of every session that the host told of, by id and in order, and how many there are in all.
 * Knows nothing about: which one is chosen, how the list is filtered (`sessionList.ts`).
 * Invariants: summaries change only by the host's snapshot, by pages of its list (which add unknown sessions only) and
 * by events through `reduceSession`; `order` holds exactly the sessions of `byId`. Sightings, which come by the
 * thousand while transcripts are first read, change the state at most once a drawing.
 *
 * Views reach it with `useSessions(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import { reduceSession } from "../../shared/state/reduceSession.ts";
import { emptyOrder, reorder, type SessionChange, type SessionOrder } from "./sessionOrder.ts";

/** Events that may wait for the next drawing; beyond, they are taken in at once. */
const MAX_WAITING_EVENTS = 5_000;

export interface SessionsState {
  /** False until the host's first snapshot. */
  readonly loaded: boolean;
  readonly byId: Readonly<Record<string, SessionSummary>>;
  readonly order: SessionOrder;
  /** How many sessions the host has, those included that it has not told of here. */
  readonly total: number;
  /** Replaces everything. */
  readonly takeSnapshot: (sessions: readonly SessionSummary[], total: number) => void;
  /** Adds sessions that are not known yet; of known ones the events tell more than a page does. */
  readonly takeListed: (sessions: readonly SessionSummary[]) => void;
  readonly takeTotal: (total: number) => void;
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
}

export type SessionsStore = StoreApi<SessionsState>;

/** Creates the empty store; the host's snapshot fills it. `schedule` runs a callback at about the next drawing. */
export function createSessionsStore(options: { readonly schedule: (run: () => void) => void }): SessionsStore {
  let waiting: SessionEvent[] = [];
  return createStore<SessionsState>()((set, get) => {
    function flush(): void {
      const events = waiting;
      waiting = [];
      if (events.length > 0) set((state) => changed(state, changesOf(state.byId, events)));
    }

    function wait(events: readonly SessionEvent[]): void {
      const isFirst = waiting.length === 0;
      for (const event of events) waiting.push(event);
      if (waiting.length >= MAX_WAITING_EVENTS) flush();
      else if (isFirst) options.schedule(flush);
    }

    return {
      loaded: false,
      byId: {},
      order: emptyOrder,
      total: 0,
      takeSnapshot: (sessions, total) => {
        waiting = [];
        const order = reorder(emptyOrder, sessions.map(added));
        set({ loaded: true, byId: Object.fromEntries(sessions.map(entryOf)), order, total });
      },
      takeListed: (sessions) => {
        flush();
        const { byId } = get();
        const fresh = sessions.filter(({ sessionId }) => byId[sessionId] === undefined);
        if (fresh.length > 0) set((state) => changed(state, fresh.map(added)));
      },
      takeTotal: (total) => set({ total }),
      takeEvents: (events) => {
        // What came before in the queue must be taken in before, so nothing overtakes it.
        if (waiting.length > 0 || events.some(isSighting)) return wait(events);
        set((state) => changed(state, changesOf(state.byId, events)));
      },
    };
  });
}

function isSighting({ type }: SessionEvent): boolean {
  return type === "session.sighted" || type === "session.forgotten";
}

function added(session: SessionSummary): SessionChange {
  return { before: null, after: session };
}

function entryOf(session: SessionSummary): readonly [string, SessionSummary] {
  return [session.sessionId, session];
}

/** What the events come to, one change a session. */
function changesOf(byId: SessionsState["byId"], events: readonly SessionEvent[]): readonly SessionChange[] {
  const now = new Map<string, SessionSummary | null>();
  for (const event of events) {
    const { sessionId } = event;
    const told = now.get(sessionId);
    const before = told === undefined ? (byId[sessionId] ?? null) : told;
    const after = afterEvent(before, event);
    if (after !== before) now.set(sessionId, after);
  }
  return [...now].map(([sessionId, after]) => ({ before: byId[sessionId] ?? null, after }));
}

/** An owned session outlives its transcript: its events are kept by the host. */
function afterEvent(before: SessionSummary | null, event: SessionEvent): SessionSummary | null {
  if (event.type === "session.forgotten") return before?.owner === "owned" ? before : null;
  return reduceSession(before ?? undefined, event) ?? null;
}

function changed(state: SessionsState, changes: readonly SessionChange[]): SessionsState {
  if (changes.length === 0) return state;
  const gone = new Set(changes.filter(({ after }) => after === null).map(({ before }) => before?.sessionId));
  const come = Object.fromEntries(changes.flatMap(({ after }) => (after === null ? [] : [entryOf(after)])));
  const byId = { ...state.byId, ...come };
  const kept = gone.size === 0 ? byId : Object.fromEntries(Object.entries(byId).filter(([id]) => !gone.has(id)));
  return { ...state, byId: kept, order: reorder(state.order, changes) };
}
