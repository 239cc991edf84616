/**
 * Owns: the conversation of the chosen session, live, as bounded events.
 * Knows nothing about: how events are drawn, other sessions, payload receipts (`payloadsStore.ts`).
 * Invariants: events are in order of `seq` and none is there twice, whatever the connection went through; watchers
 * hear of a change after the state has it.
 *
 * Views reach it with `useFeed(selector)` from `renderer/views/useStores.ts`; the terminal calls `watch`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { SessionSnapshot } from "../../shared/contract/feeds.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import { appendEvents, emptyFeedContent, type FeedContent, MAX_FEED_EVENTS } from "./feedContent.ts";
import { openBlockDeltas } from "../../shared/state/openBlocks.ts";
import type { Request } from "./request.ts";

/** Events asked for when paging back. */
export const OLDER_PAGE_SIZE = 500;

/** Events that may wait for the next drawing; beyond, they are taken in at once. */
const MAX_WAITING_EVENTS = 2_000;

/**
 * What a watcher hears. `reset`: forget everything, this is all there is now (kept events, then one `assistant.delta`
 * for each open block). `appended`: new events in order, passing ones (`assistant.delta`, `status.reported`) included.
 * `older`: a page that belongs before everything that was there.
 */
export type FeedChange =
  | { readonly kind: "reset"; readonly sessionId: string | null; readonly events: readonly SessionEvent[] }
  | { readonly kind: "appended"; readonly events: readonly SessionEvent[] }
  | { readonly kind: "older"; readonly events: readonly SessionEvent[] };

export interface SessionFeedState extends FeedContent {
  /** The session that is shown, or null when none is chosen. */
  readonly sessionId: string | null;
  /** `none`: nothing chosen. `loading`: waiting for the snapshot. `failed`: see `failure`. */
  readonly phase: "none" | "loading" | "live" | "failed";
  readonly failure: Failure | null;
  /** Whether there is more before the first event. `full`: as much is held as is allowed. */
  readonly older: "none" | "available" | "loading" | "full";
  /** Puts the page of events before the first one in front. Never rejects; a failure leaves `older: "available"`. */
  readonly loadOlder: () => Promise<void>;
  /** Calls back with a `reset` at once and then with each change. Returns the unsubscribe. */
  readonly watch: (listener: (change: FeedChange) => void) => () => void;
  /** The four below are called by `connectStores`. */
  readonly open: (sessionId: string | null) => void;
  readonly takeSnapshot: (snapshot: SessionSnapshot, seq: number) => void;
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
  readonly fail: (failure: Failure) => void;
}

export type SessionFeedStore = StoreApi<SessionFeedState>;

export interface SessionFeedOptions {
  readonly request: Request;
  /** Runs the callback once, soon: about one screen refresh in the app, at the test's command in tests. */
  readonly schedule: (run: () => void) => void;
  readonly onFailure: (failure: Failure) => void;
}

/** Creates the feed of the chosen session; it stays empty until `open` and a snapshot. */
export function createSessionFeedStore(options: SessionFeedOptions): SessionFeedStore {
  const watchers = createWatchers();
  return createStore<SessionFeedState>()((set, get) => {
    const arrivals = createArrivals(options.schedule, (events) => {
      const { lastSeq } = get();
      const fresh = events.filter((event) => event.seq > lastSeq);
      if (fresh.length === 0) return;
      set((state) => contentChange(state, fresh));
      watchers.tell({ kind: "appended", events: fresh });
    });

    function replace(change: Partial<SessionFeedState>): void {
      arrivals.clear();
      set(change);
      watchers.tell(resetOf(get()));
    }

    return {
      ...emptyFeedContent,
      sessionId: null,
      phase: "none",
      failure: null,
      older: "none",
      open: (sessionId) => {
        if (sessionId === get().sessionId && get().phase !== "failed") return;
        const phase = sessionId === null ? "none" : "loading";
        replace({ ...emptyFeedContent, sessionId, phase, failure: null, older: "none" });
      },
      takeSnapshot: ({ session: { sessionId }, events, hasOlder }, seq) => {
        const content = { ...appendEvents(emptyFeedContent, events), lastSeq: seq };
        replace({ ...content, sessionId, phase: "live", failure: null, older: hasOlder ? "available" : "none" });
      },
      takeEvents: arrivals.push,
      fail: (failure) => set({ phase: "failed", failure }),
      loadOlder: () => loadOlder({ ...options, set, get, tell: watchers.tell }),
      watch: (listener) => watchers.add(listener, resetOf(get())),
    };
  });
}

type Listener = (change: FeedChange) => void;

function createWatchers() {
  const listeners = new Set<Listener>();
  return {
    tell: (change: FeedChange): void => {
      for (const listener of listeners) listener(change);
    },
    add: (listener: Listener, first: FeedChange): (() => void) => {
      listeners.add(listener);
      listener(first);
      return () => listeners.delete(listener);
    },
  };
}

/** Gathers events until the next drawing, so that a flood costs one change of state a drawing. */
function createArrivals(schedule: SessionFeedOptions["schedule"], take: (events: readonly SessionEvent[]) => void) {
  let waiting: SessionEvent[] = [];
  let isPlanned = false;

  function flush(): void {
    const events = waiting;
    waiting = [];
    take(events);
  }

  return {
    clear: (): void => {
      waiting = [];
    },
    push: (events: readonly SessionEvent[]): void => {
      for (const event of events) waiting.push(event);
      if (waiting.length >= MAX_WAITING_EVENTS) return flush();
      if (isPlanned) return;
      isPlanned = true;
      schedule(() => {
        isPlanned = false;
        flush();
      });
    },
  };
}

interface OlderPaging extends SessionFeedOptions {
  readonly set: SessionFeedStore["setState"];
  readonly get: SessionFeedStore["getState"];
  readonly tell: Listener;
}

async function loadOlder({ request, onFailure, set, get, tell }: OlderPaging): Promise<void> {
  const { sessionId, events, older } = get();
  const first = events[0];
  if (older !== "available" || sessionId === null || first === undefined) return;
  set({ older: "loading" });
  try {
    const page = await request("sessions.events", { sessionId, before: first.seq, limit: OLDER_PAGE_SIZE });
    // Another session was chosen, or a new snapshot came, while the page was on its way.
    if (get().sessionId !== sessionId || get().events[0] !== first) return;
    set((state) => olderChange(state, page.items, page.hasOlder));
    tell({ kind: "older", events: page.items });
  } catch (thrown) {
    if (get().sessionId !== sessionId) return;
    set({ older: "available" });
    onFailure(toFailure(thrown));
  }
}

function contentChange(state: SessionFeedState, fresh: readonly SessionEvent[]): Partial<SessionFeedState> {
  const content = appendEvents(state, fresh);
  const full = content.events.length === MAX_FEED_EVENTS;
  const dropped = full && content.events[0] !== state.events[0];
  return dropped ? { ...content, older: "full" } : content;
}

function olderChange(
  state: SessionFeedState,
  page: readonly SessionEvent[],
  hasOlder: boolean,
): Partial<SessionFeedState> {
  const events = [...page, ...state.events].slice(-MAX_FEED_EVENTS);
  const full = events.length + OLDER_PAGE_SIZE > MAX_FEED_EVENTS;
  return { events, older: hasOlder ? (full ? "full" : "available") : "none" };
}

function resetOf(state: SessionFeedState): FeedChange {
  const { sessionId, events, openBlocks, lastSeq } = state;
  const at = events.at(-1)?.at ?? new Date(0).toISOString();
  const deltas = openBlockDeltas(openBlocks, { sessionId: sessionId ?? "", seq: lastSeq, at });
  return { kind: "reset", sessionId, events: [...events, ...deltas] };
}
