/**
 * Owns: the events of sub-agents that the person unfolded in the chosen session.
 * Knows nothing about: the session's own events, which rows are unfolded, how they are drawn.
 * Invariants: events of a sub-agent are in order, none twice, and bounded, as is the number of sub-agents; an answer
 * for a session that is no longer chosen is dropped.
 *
 * Views reach it with `useSubagents(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "../../shared/contract/errors.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { Request } from "./request.ts";

/** Events of one sub-agent that are held: more than one is asked to do in a session; an export has all. */
export const MAX_SUBAGENT_EVENTS = 5_000;

/** Sub-agents that are held at once; the one that was unfolded first goes first. */
export const MAX_SUBAGENTS = 20;

/** Events asked for at a time. */
export const SUBAGENT_PAGE_SIZE = 300;

/** Before every place of every transcript. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** What is known of one sub-agent. */
export interface SubagentContent {
  readonly events: readonly SessionEvent[];
  /** `more`: there may be more after the last event. `full`: there is, and no more is held. */
  readonly rest: "none" | "more" | "full";
  readonly isLoading: boolean;
  /** Why the last page did not load, in words; null otherwise. */
  readonly problem: string | null;
}

export interface SubagentState {
  /** The session that the sub-agents belong to. */
  readonly sessionId: string | null;
  /** By the id of the tool call that started the sub-agent. */
  readonly byToolUseId: Readonly<Record<string, SubagentContent>>;
  /** Loads the next events of a sub-agent, its first ones at first. Never rejects. */
  readonly loadMore: (sessionId: string, toolUseId: string) => Promise<void>;
}

export type SubagentStore = StoreApi<SubagentState>;

const nothingLoaded: SubagentContent = { events: [], rest: "more", isLoading: false, problem: null };

/** Creates the store without sub-agents. */
export function createSubagentStore({ request }: { readonly request: Request }): SubagentStore {
  return createStore<SubagentState>()((set, get) => {
    function put(toolUseId: string, content: SubagentContent): void {
      set(({ byToolUseId }) => ({ byToolUseId: bounded({ ...byToolUseId, [toolUseId]: content }) }));
    }

    return {
      sessionId: null,
      byToolUseId: {},
      loadMore: async (sessionId, toolUseId) => {
        if (get().sessionId !== sessionId) set({ sessionId, byToolUseId: {} });
        const before = get().byToolUseId[toolUseId] ?? nothingLoaded;
        if (before.isLoading || before.rest === "full") return;
        const asked = { ...before, isLoading: true, problem: null };
        put(toolUseId, asked);
        const after = before.events.at(-1)?.seq ?? BEFORE_ALL;
        const isCurrent = (): boolean => get().sessionId === sessionId && get().byToolUseId[toolUseId] === asked;
        try {
          const limit = SUBAGENT_PAGE_SIZE;
          const { items, hasNewer } = await request("sessions.events", {
            sessionId,
            subagent: toolUseId,
            after,
            limit,
          });
          if (isCurrent()) put(toolUseId, withPage(before, items, hasNewer));
        } catch (thrown) {
          if (isCurrent()) put(toolUseId, { ...before, problem: toFailure(thrown).message });
        }
      },
    };
  });
}

function withPage(before: SubagentContent, items: readonly SessionEvent[], hasNewer: boolean): SubagentContent {
  const events = [...before.events, ...items];
  const isFull = events.length > MAX_SUBAGENT_EVENTS || (hasNewer && events.length === MAX_SUBAGENT_EVENTS);
  const rest = isFull ? "full" : hasNewer && items.length > 0 ? "more" : "none";
  return { events: events.slice(0, MAX_SUBAGENT_EVENTS), rest, isLoading: false, problem: null };
}

function bounded(byToolUseId: SubagentState["byToolUseId"]): SubagentState["byToolUseId"] {
  const entries = Object.entries(byToolUseId);
  return entries.length > MAX_SUBAGENTS ? Object.fromEntries(entries.slice(-MAX_SUBAGENTS)) : byToolUseId;
}
