/**
 * Owns: which session another one was made of, and which were made of it, as far as somebody asks.
 * Knows nothing about: the list of sessions, which may not hold them.
 * Invariant: what is told belongs to the session that was asked for last.
 *
 * Views reach it with `useRelatives(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SessionSummary } from "../../shared/model/session.ts";
import type { Request } from "./request.ts";

/** Forks that are shown: more than anybody makes of one session by hand. */
export const MAX_CHILDREN = 50;

export interface RelativesState {
  readonly sessionId: string | null;
  /** Null while it is asked for, when there is none, and when the host does not know it. */
  readonly parent: SessionSummary | null;
  /** Forked or resumed from the session, the most recently active first. */
  readonly children: readonly SessionSummary[];
  /** Asks for a session's relatives. Never rejects: what does not come is not shown. */
  readonly look: (session: Pick<SessionSummary, "sessionId" | "parentSessionId">) => Promise<void>;
}

export type RelativesStore = StoreApi<RelativesState>;

/** Creates the store without a session. */
export function createRelativesStore({ request }: { readonly request: Request }): RelativesStore {
  return createStore<RelativesState>()((set, get) => ({
    sessionId: null,
    parent: null,
    children: [],
    look: async ({ sessionId, parentSessionId }) => {
      if (get().sessionId !== sessionId) set({ sessionId, parent: null, children: [] });
      const [parent, children] = await Promise.all([
        parentSessionId === null ? null : request("sessions.get", { sessionId: parentSessionId }).catch(() => null),
        request("sessions.list", { parent: sessionId, limit: MAX_CHILDREN }).then(
          ({ items }) => items,
          () => [],
        ),
      ]);
      if (get().sessionId === sessionId) set({ parent, children });
    },
  }));
}
