/**
 * Owns: the look for the next or previous turn, question, error or changed file of a session, or for a sub-agent's place.
 * Knows nothing about: what is shown; whoever made it hears of the place that was found.
 * Invariants: what is loaded is looked through first, the host is asked for what lies beyond; one look at a time; an answer for a look that was given up is dropped.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { RequestInput } from "../../shared/contract/requests.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import { seekInEvents } from "./markedEvents.ts";
import type { Request } from "./request.ts";
import type { InnerPlace } from "./uiStore.ts";

export type JumpMark = RequestInput<"sessions.seek">["mark"];
export type JumpDirection = RequestInput<"sessions.seek">["direction"];

/** What is looked for. */
export interface Jump {
  readonly sessionId: string;
  readonly mark: JumpMark;
  readonly direction: JumpDirection;
}

/** The stretch of the session that is loaded, without gaps. */
export interface LoadedStretch {
  readonly events: readonly SessionEvent[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

export interface JumpState {
  /** The look that is on its way; null otherwise. */
  readonly seeking: Jump | null;
  /** The last look, if it found nothing; null otherwise. */
  readonly missed: Jump | null;
  /** Looks from a place of what is loaded, or through all of it where that is null, and beyond. Never rejects. */
  readonly jump: (jump: Jump, from: number | null, loaded: LoadedStretch) => Promise<void>;
  /** Looks for the call that a sub-agent's place lies below. Never rejects. */
  readonly lead: (sessionId: string, inside: InnerPlace) => Promise<void>;
  /** Gives up what is looked for, and forgets what was missed. */
  readonly giveUp: () => void;
}

export type JumpStore = StoreApi<JumpState>;

/** Creates the store. `onFound` hears the place that was found. */
export function createJumpStore(options: {
  readonly request: Request;
  readonly onFound: (sessionId: string, seq: number, inside?: InnerPlace) => void;
  readonly onFailure: (failure: Failure) => void;
}): JumpStore {
  const { request, onFound, onFailure } = options;
  return createStore<JumpState>()((set, get) => ({
    seeking: null,
    missed: null,
    jump: async (jump, from, loaded) => {
      if (get().seeking !== null) return;
      const near = seekInEvents(loaded.events, jump, from);
      if (near !== null) {
        set({ missed: null });
        return onFound(jump.sessionId, near);
      }
      const isNext = jump.direction === "next";
      if (!(isNext ? loaded.hasNewer : loaded.hasOlder)) return set({ missed: jump });
      const edge = isNext ? loaded.events.at(-1) : loaded.events[0];
      set({ seeking: jump, missed: null });
      try {
        const { seq } = await request("sessions.seek", edge === undefined ? jump : { ...jump, from: edge.seq });
        if (get().seeking !== jump) return;
        set({ seeking: null, missed: seq === null ? jump : null });
        if (seq !== null) onFound(jump.sessionId, seq);
      } catch (thrown) {
        if (get().seeking !== jump) return;
        set({ seeking: null });
        onFailure(toFailure(thrown));
      }
    },
    lead: async (sessionId, inside) => {
      try {
        const { seq } = await request("sessions.call", { sessionId, toolUseId: inside.toolUseId });
        if (seq !== null) return onFound(sessionId, seq, inside);
        onFailure({ code: "not_found", message: "The call that started this sub-agent is not kept." });
      } catch (thrown) {
        onFailure(toFailure(thrown));
      }
    },
    giveUp: () => set({ seeking: null, missed: null }),
  }));
}
