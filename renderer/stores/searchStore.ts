/**
 * Owns: the full-text search: what is asked, and what was found for it.
 * Knows nothing about: when typing has paused (the view says `run`), what becomes of a hit that is opened.
 * Invariants: what is found belongs to the question that was asked last; an older answer never replaces a newer one;
 * the number of hits is bounded; a further page never moves what is in sight. Everything stays while other pages are shown.
 *
 * Views reach it with `useSearch(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { RequestInput } from "../../shared/contract/requests.ts";
import { addHits, type HitGroup, inSight, unfoldHits } from "./hitGroups.ts";
import { noFilters, type SearchFilters, searchParams } from "./searchFilters.ts";
import type { Request } from "./request.ts";

/** Hits that are held: nobody reads further; better words find more. */
export const MAX_HITS = 500;

/** Hits asked for at a time. */
const PAGE_SIZE = 30;

export interface SearchStoreState {
  readonly query: string;
  readonly filters: SearchFilters;
  /** `idle`: nothing was asked. `failed`: see `failure`. What was found before stays until the answer comes. */
  readonly phase: "idle" | "searching" | "found" | "failed";
  readonly failure: Failure | null;
  /** All that was found, by session. */
  readonly groups: readonly HitGroup[];
  readonly hitCount: number;
  /** The words that they were found for. */
  readonly foundFor: string;
  readonly nextCursor: string | null;
  readonly isLoadingMore: boolean;
  /** Whether not everything could be searched yet. */
  readonly partial: boolean;
  /** The place in the ranking of the hit that was opened or reached last, so that coming back finds it; it is in sight. */
  readonly activeIndex: number;
  readonly setQuery: (query: string) => void;
  readonly setFilters: (change: Partial<SearchFilters>) => void;
  readonly setActiveIndex: (index: number) => void;
  /** Shows all hits of a session, or few of them again. */
  readonly unfold: (sessionId: string, isUnfolded: boolean) => void;
  /** Asks for what is written, unless exactly that was asked last; `again`: in any case. Never rejects. */
  readonly run: (again?: boolean) => Promise<void>;
  readonly loadMore: () => Promise<void>;
}

export type SearchStore = StoreApi<SearchStoreState>;

const nothingFound = {
  phase: "idle",
  failure: null,
  groups: [],
  hitCount: 0,
  foundFor: "",
  nextCursor: null,
  isLoadingMore: false,
  partial: false,
  activeIndex: 0,
} as const satisfies Partial<SearchStoreState>;

/** What was written, and what was asked for it: further pages take the same, so that a period does not move on. */
interface Question {
  readonly query: string;
  readonly filters: SearchFilters;
  readonly params: RequestInput<"search.query"> | null;
}

export interface SearchStoreOptions {
  readonly request: Request;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Creates the store without a question. */
export function createSearchStore({ request, now }: SearchStoreOptions): SearchStore {
  // What was asked last, for an answer to know whether it is still wanted.
  let asked: Question | null = null;
  return createStore<SearchStoreState>()((set, get) => ({
    ...nothingFound,
    query: "",
    filters: noFilters,
    setQuery: (query) => set({ query }),
    setFilters: (change) => set(({ filters }) => ({ filters: { ...filters, ...change } })),
    setActiveIndex: (activeIndex) => set({ activeIndex }),
    unfold: (sessionId, isUnfolded) => {
      const groups = unfoldHits(get().groups, sessionId, isUnfolded);
      set({ groups, activeIndex: inSight(groups, get().activeIndex) });
    },
    run: async (again = false) => {
      const { query, filters } = get();
      if (!again && asked?.query === query && asked.filters === filters) return;
      const params = searchParams(query, filters, now());
      const own = { query, filters, params };
      asked = own;
      if (params === null) return set(nothingFound);
      set({ phase: "searching", failure: null, isLoadingMore: false });
      try {
        const { items, nextCursor, partial } = await request("search.query", { ...params, limit: PAGE_SIZE });
        if (asked !== own) return;
        const found = { groups: addHits([], items), hitCount: items.length };
        set({ ...nothingFound, ...found, phase: "found", foundFor: params.q, nextCursor, partial });
      } catch (thrown) {
        if (asked === own) set({ ...nothingFound, phase: "failed", failure: toFailure(thrown) });
      }
    },
    loadMore: async () => {
      const { nextCursor: cursor, isLoadingMore, phase } = get();
      const own = asked;
      const params = own?.params ?? null;
      if (params === null || cursor === null || isLoadingMore || phase !== "found") return;
      set({ isLoadingMore: true });
      try {
        const { items, nextCursor, partial } = await request("search.query", { ...params, limit: PAGE_SIZE, cursor });
        if (asked !== own) return;
        // Meanwhile groups may have been unfolded.
        const { groups, hitCount } = get();
        const added = items.slice(0, MAX_HITS - hitCount);
        const count = hitCount + added.length;
        const found = { groups: addHits(groups, added), hitCount: count };
        set({ ...found, nextCursor: count < MAX_HITS ? nextCursor : null, partial, isLoadingMore: false });
      } catch (thrown) {
        if (asked === own) set({ isLoadingMore: false, failure: toFailure(thrown) });
      }
    },
  }));
}
