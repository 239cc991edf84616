/**
 * Owns: how far the host's list of sessions was paged through, for all sessions, for one project, for one query.
 * Knows nothing about: the sessions, which go to `sessionsStore.ts`.
 * Invariants: one page of a scope is asked for at a time; an answer from before `reset` is dropped.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "../../shared/contract/errors.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import type { Request } from "./request.ts";

/** Sessions asked for at once: some screens full, and small enough to be taken in within a drawing. */
export const SESSION_PAGE_SIZE = 250;

/** Scopes that are remembered; the oldest is forgotten first, and is then paged from its start again. */
const MAX_SCOPES = 100;

/** Which list is paged: all sessions, those of a project, or those that hold a text. */
export type ListScope =
  | { readonly kind: "all" }
  | { readonly kind: "project"; readonly projectPath: string }
  | { readonly kind: "query"; readonly text: string };

export interface ListPaging {
  readonly phase: "idle" | "loading" | "failed" | "done";
  /** Of the next page; null for the first. */
  readonly cursor: string | null;
  /** Why the last page did not come, in words; null otherwise. */
  readonly problem: string | null;
}

export interface SessionPagesState {
  readonly scopes: Readonly<Record<string, ListPaging>>;
  /** Asks for the next page, unless it is on its way or there is none. Never rejects. */
  readonly loadMore: (scope: ListScope) => Promise<void>;
  /** Forgets everything: the sessions that were paged in are gone. */
  readonly reset: () => void;
}

export type SessionPagesStore = StoreApi<SessionPagesState>;

const untouched: ListPaging = { phase: "idle", cursor: null, problem: null };

/** How far a list was paged through. */
export function pagingOf(scopes: SessionPagesState["scopes"], scope: ListScope): ListPaging {
  return scopes[scopeKey(scope)] ?? untouched;
}

/** Creates the store; `onListed` gets each page. */
export function createSessionPages(options: {
  readonly request: Request;
  readonly onListed: (sessions: readonly SessionSummary[]) => void;
}): SessionPagesStore {
  const { request, onListed } = options;
  let run = 0;
  return createStore<SessionPagesState>()((set, get) => {
    function put(scope: ListScope, paging: ListPaging): void {
      const entries = Object.entries({ ...get().scopes, [scopeKey(scope)]: paging });
      set({ scopes: Object.fromEntries(entries.slice(-MAX_SCOPES)) });
    }

    return {
      scopes: {},
      loadMore: async (scope) => {
        const { phase, cursor } = pagingOf(get().scopes, scope);
        if (phase === "loading" || phase === "done") return;
        const asked = run;
        put(scope, { phase: "loading", cursor, problem: null });
        try {
          const page = await request("sessions.list", { ...paramsOf(scope), ...(cursor === null ? {} : { cursor }) });
          if (asked !== run) return;
          onListed(page.items);
          put(scope, { phase: page.nextCursor === null ? "done" : "idle", cursor: page.nextCursor, problem: null });
        } catch (thrown) {
          if (asked === run) put(scope, { phase: "failed", cursor, problem: toFailure(thrown).message });
        }
      },
      reset: () => {
        run += 1;
        set({ scopes: {} });
      },
    };
  });
}

function scopeKey(scope: ListScope): string {
  switch (scope.kind) {
    case "all":
      return "all";
    case "project":
      return `project ${scope.projectPath}`;
    case "query":
      return `query ${scope.text}`;
  }
}

function paramsOf(scope: ListScope) {
  const limit = SESSION_PAGE_SIZE;
  switch (scope.kind) {
    case "all":
      return { limit };
    case "project":
      return { project: scope.projectPath, limit };
    case "query":
      return { q: scope.text, limit };
  }
}
