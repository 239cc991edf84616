/**
 * Owns: what one session cost, turn by turn, and which of its turns is looked into.
 * Knows nothing about: which session the rest of the window shows.
 * Invariants: the cost belongs to the session that was opened last; while somebody watches it is asked for again when it
 * changed (`liveAsk.ts`), with the messages of the turn that is looked into; an answer that did not come leaves the one
 * before.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { SessionCost, TurnCost } from "../../shared/model/cost.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { After } from "./clock.ts";
import type { CostEntriesStore, EntriesQuestion } from "./costEntriesStore.ts";
import { createLiveAsk, type LiveAsk } from "./liveAsk.ts";
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
   * Looks at a session now, and again when its cost changed, until the returned function is called. A turn that is given
   * is looked into as soon as it is known.
   */
  readonly watch: (sessionId: string, turnKey?: string | null) => () => void;
  /** Events of all sessions. */
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
  /** What is shown may be old. */
  readonly touch: () => void;
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
    let live: LiveAsk | null = null;

    async function look(sessionId: string): Promise<boolean> {
      try {
        const cost = await request("costs.session", { sessionId });
        if (get().sessionId === sessionId) take(cost);
        return true;
      } catch (thrown) {
        if (get().sessionId === sessionId) set({ failure: toFailure(thrown) });
        return false;
      }
    }

    function take(cost: SessionCost): void {
      const { cost: before, turnKey } = get();
      set({ cost, failure: null });
      const [turn, turnBefore] = [turnOf(cost, turnKey), turnOf(before, turnKey)];
      if (turn?.costUsd !== turnBefore?.costUsd || turn?.messages !== turnBefore?.messages) {
        void entries.getState().refresh();
      }
    }

    function chooseTurn(turnKey: string | null): void {
      const { turnKey: before, cost } = get();
      const chosen = turnKey === before ? null : turnKey;
      const turn = turnOf(cost, chosen);
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
        const own = createLiveAsk({
          after,
          ask: async () => {
            const isAnswered = await look(sessionId);
            if (live === own && wanted !== null && wanted !== get().turnKey) chooseTurn(wanted);
            wanted = null;
            return isAnswered;
          },
        });
        live = own;
        const leave = own.watch();
        return () => {
          leave();
          if (live === own) live = null;
        };
      },
      takeEvents: (events) => {
        const { sessionId: watched } = get();
        if (events.some(({ type, sessionId }) => type === "session.costChanged" && sessionId === watched))
          live?.touch();
      },
      touch: () => live?.touch(),
    };
  });
}

function turnOf(cost: SessionCost | null, turnKey: string | null): TurnCost | undefined {
  return cost?.turns.find((one) => turnKeyOf(one) === turnKey);
}

function questionOf(sessionId: string, { turnId }: TurnCost): EntriesQuestion {
  return { sessionId, ...(turnId === null ? { unknownTurn: true } : { turnId }), order: "dearest" };
}
