/**
 * Owns: the stretch of a transcript that is shown while the person looks at a place away from the session's end.
 * Knows nothing about: the live end (`sessionFeedStore.ts`), which place that is (`uiStore.ts`), how events are drawn.
 * Invariants: events are in order of `seq`, none twice, and bounded; an answer that belongs to a window that is no
 * longer shown is dropped; one page a direction is on its way at most.
 *
 * Views reach it with `useTranscriptWindow(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { Request } from "./request.ts";
import {
  AROUND_PAGE_SIZE,
  WINDOW_PAGE_SIZE,
  type WindowContent,
  windowAround,
  windowOverOldest,
  withNewerPage,
  withOlderPage,
} from "./transcriptWindow.ts";

export interface TranscriptWindowState extends WindowContent {
  /** The session that is shown away from its end; null while none is. */
  readonly sessionId: string | null;
  /** `none`: the live end is shown. `loading`: the place is on its way. `failed`: see `failure`. */
  readonly phase: "none" | "loading" | "shown" | "failed";
  readonly failure: Failure | null;
  readonly isLoadingOlder: boolean;
  readonly isLoadingNewer: boolean;
  /** Loads what stands around a place. Never rejects. */
  readonly openAt: (sessionId: string, seq: number) => Promise<void>;
  /** Goes on from the oldest of the events that were shown until now, and loads what lies before. Never rejects. */
  readonly openFrom: (sessionId: string, events: readonly SessionEvent[]) => Promise<void>;
  readonly loadOlder: () => Promise<void>;
  readonly loadNewer: () => Promise<void>;
  /** Goes back to the session's end. */
  readonly close: () => void;
}

export type TranscriptWindowStore = StoreApi<TranscriptWindowState>;

export interface TranscriptWindowOptions {
  readonly request: Request;
  /** Hears why a further page did not load; the window stays as it is. */
  readonly onFailure: (failure: Failure) => void;
}

const closed = {
  sessionId: null,
  phase: "none",
  failure: null,
  events: [],
  hasOlder: false,
  hasNewer: false,
  isLoadingOlder: false,
  isLoadingNewer: false,
} as const satisfies Partial<TranscriptWindowState>;

/** Creates the store without a window. */
export function createTranscriptWindowStore({ request, onFailure }: TranscriptWindowOptions): TranscriptWindowStore {
  // Grows with every window, so that an answer knows whether its own is still the one.
  let generation = 0;
  return createStore<TranscriptWindowState>()((set, get) => {
    const page = pagingOf({ request, onFailure, set, get, generation: () => generation });
    return {
      ...closed,
      openAt: async (sessionId, seq) => {
        generation += 1;
        const own = generation;
        set({ ...closed, sessionId, phase: "loading" });
        try {
          const [before, from] = await Promise.all([
            request("sessions.events", { sessionId, before: seq, limit: AROUND_PAGE_SIZE }),
            request("sessions.events", { sessionId, after: seq - 1, limit: AROUND_PAGE_SIZE }),
          ]);
          if (own === generation) set({ ...windowAround(before, from), phase: "shown" });
        } catch (thrown) {
          if (own === generation) set({ phase: "failed", failure: toFailure(thrown) });
        }
      },
      openFrom: async (sessionId, events) => {
        generation += 1;
        set({ ...closed, ...windowOverOldest(events), sessionId, phase: "shown" });
        await page("older");
      },
      loadOlder: () => page("older"),
      loadNewer: () => page("newer"),
      close: () => {
        generation += 1;
        set(closed);
      },
    };
  });
}

interface Paging extends TranscriptWindowOptions {
  readonly set: TranscriptWindowStore["setState"];
  readonly get: TranscriptWindowStore["getState"];
  readonly generation: () => number;
}

function pagingOf({ request, onFailure, set, get, generation }: Paging) {
  return async (direction: "older" | "newer"): Promise<void> => {
    const isOlder = direction === "older";
    const { sessionId, phase, events, hasOlder, hasNewer, isLoadingOlder, isLoadingNewer } = get();
    const edge = isOlder ? events[0] : events.at(-1);
    const isWanted = isOlder ? hasOlder && !isLoadingOlder : hasNewer && !isLoadingNewer;
    if (sessionId === null || phase !== "shown" || edge === undefined || !isWanted) return;
    const own = generation();
    const done = isOlder ? { isLoadingOlder: false } : { isLoadingNewer: false };
    const limit = WINDOW_PAGE_SIZE;
    set(isOlder ? { isLoadingOlder: true } : { isLoadingNewer: true });
    try {
      const where = isOlder ? { before: edge.seq } : { after: edge.seq };
      const loaded = await request("sessions.events", { sessionId, ...where, limit });
      if (own !== generation()) return;
      // A page for the other side may have taken the edge away meanwhile; what came would leave a gap.
      const now = isOlder ? get().events[0] : get().events.at(-1);
      if (now !== edge) return set(done);
      set((state) => ({ ...(isOlder ? withOlderPage(state, loaded) : withNewerPage(state, loaded)), ...done }));
    } catch (thrown) {
      if (own !== generation()) return;
      set(done);
      onFailure(toFailure(thrown));
    }
  };
}
