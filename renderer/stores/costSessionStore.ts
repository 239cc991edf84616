/**
 * Owns: what one session cost, turn by turn, and which of its turns is looked into.
 * Knows nothing about: which session the rest of the window shows.
 * Invariants: the cost belongs to the session that was opened last; while somebody watches it is asked for again every
 * `POLL_MS`, and an answer that did not come leaves the one before.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { SessionCost, TurnCost } from "../../shared/model/cost.ts";
import type { After } from "./clock.ts";
import type { CostEntriesStore, EntriesQuestion } from "./costEntriesStore.ts";
import { POLL_MS } from "./costsStore.ts";
import type { Request } from "./request.ts";

/** The key of the turn of which nobody knows which one it is. */
export const UNKNOWN_TURN = "";

export interface CostSessionState {
  readonly sessionId: string | null;
  /** Null until the first answer. */
  readonly cost: SessionCost | null;
  /** Why the last answer did not come; null when it did. */
  readonly failure: Failure | null;
  /** The turn whose messages are listed; null: none. */
  readonly turnKey: string | null;
  /**
   * Looks at a session now and again every `POLL_MS`, until the returned function is called. A turn that is given is
   * looked into as soon as it is known.
   */
  readonly watch: (sessionId: string, turnKey?: string | null) => () => void;
  /** Lists the messages of a turn; of the same turn again: lists them no more. */
  readonly chooseTurn: (turnKey: string | null) => void;
}

export type CostSessionStore = StoreApi<CostSessionState>;

/** Names a turn among those of its session. */
export function turnKeyOf({ turnId }: TurnCost): string {
  return turnId ?? UNKNOWN_TURN;
}

export interface CostSessionStoreOptions {
  readonly request: Request;
  readonly after: After;
  /** The list that the messages of the chosen turn go into. */
  readonly entries: CostEntriesStore;
}

/** Creates the store without a session. */
export function createCostSessionStore({ request, after, entries }: CostSessionStoreOptions): CostSessionStore {
  return createStore<CostSessionState>()((set, get) => {
    async function look(sessionId: string): Promise<void> {
      try {
        const cost = await request("costs.session", { sessionId });
        if (get().sessionId === sessionId) set({ cost, failure: null });
      } catch (thrown) {
        if (get().sessionId === sessionId) set({ failure: toFailure(thrown) });
      }
    }

    function chooseTurn(turnKey: string | null): void {
      const { turnKey: before, cost } = get();
      const chosen = turnKey === before ? null : turnKey;
      const turn = cost?.turns.find((one) => turnKeyOf(one) === chosen);
      set({ turnKey: turn === undefined ? null : chosen });
      void entries.getState().open(turn === undefined || cost === null ? null : questionOf(cost.sessionId, turn));
    }

    return {
      sessionId: null,
      cost: null,
      failure: null,
      turnKey: null,
      chooseTurn,
      watch: (sessionId, turnKey = null) => {
        if (get().sessionId !== sessionId) {
          set({ sessionId, cost: null, failure: null, turnKey: null });
          void entries.getState().open(null);
        }
        let wanted = turnKey;
        let cancel: () => void = () => {};
        let isOver = false;
        const again = async (): Promise<void> => {
          await look(sessionId);
          if (!isOver && wanted !== null && wanted !== get().turnKey) chooseTurn(wanted);
          wanted = null;
          if (!isOver) cancel = after(POLL_MS, () => void again());
        };
        void again();
        return () => {
          isOver = true;
          cancel();
        };
      },
    };
  });
}

/** A turn that is not known has no name to ask by: its messages are among those of its time. */
function questionOf(sessionId: string, { turnId, from, to }: TurnCost): EntriesQuestion {
  if (turnId !== null) return { sessionId, turnId, order: "dearest" };
  const after = to === null ? null : new Date(Date.parse(to) + 1).toISOString();
  return { sessionId, ...(from === null ? {} : { from }), ...(after === null ? {} : { to: after }), order: "dearest" };
}
