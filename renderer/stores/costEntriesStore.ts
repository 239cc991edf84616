/**
 * Owns: a list of single messages with their prices, page by page.
 * Knows nothing about: why these messages are looked at.
 * Invariants: the entries belong to the question that was opened last; their number is bounded.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import { MAX_PAGE_SIZE } from "../../shared/contract/limits.ts";
import type { RequestInput } from "../../shared/contract/requests.ts";
import type { CostEntry } from "../../shared/model/cost.ts";
import type { Request } from "./request.ts";

/** Entries that are held: nobody reads further; filters find what is meant. */
export const MAX_ENTRIES = 1_000;

/** Entries asked for at a time. */
const PAGE_SIZE = 100;

export type EntriesQuestion = Omit<RequestInput<"costs.entries">, "limit" | "cursor">;

export interface CostEntriesState {
  /** Null until the first page. */
  readonly items: readonly CostEntry[] | null;
  readonly nextCursor: string | null;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  /** Begins a list; null ends it. Never rejects. */
  readonly open: (question: EntriesQuestion | null) => Promise<void>;
  /** Reads again what is listed; it stays until then. Never rejects. */
  readonly refresh: () => Promise<void>;
  /** Appends the next page. Never rejects. */
  readonly loadMore: () => Promise<void>;
}

export type CostEntriesStore = StoreApi<CostEntriesState>;

const nothing = { items: null, nextCursor: null, isLoading: false, failure: null } as const;

/** Creates the store with no list. */
export function createCostEntriesStore({ request }: { readonly request: Request }): CostEntriesStore {
  // What was opened last, for an answer to know whether it is still wanted.
  let opened: EntriesQuestion | null = null;
  return createStore<CostEntriesState>()((set, get) => {
    async function load(before: readonly CostEntry[], cursor: string | null, limit = PAGE_SIZE): Promise<void> {
      const own = opened;
      if (own === null) return;
      set({ isLoading: true, failure: null });
      try {
        const answer = await request("costs.entries", {
          ...own,
          limit,
          ...(cursor === null ? {} : { cursor }),
        });
        if (opened !== own) return;
        const items = [...before, ...answer.items].slice(0, MAX_ENTRIES);
        set({ items, nextCursor: items.length < MAX_ENTRIES ? answer.nextCursor : null, isLoading: false });
      } catch (thrown) {
        if (opened === own) set({ isLoading: false, failure: toFailure(thrown) });
      }
    }

    return {
      ...nothing,
      open: async (question) => {
        opened = question;
        set(nothing);
        await load([], null);
      },
      refresh: async () => {
        const { items, isLoading } = get();
        if (items === null || isLoading) return;
        await load([], null, Math.min(MAX_PAGE_SIZE, Math.max(PAGE_SIZE, items.length)));
      },
      loadMore: async () => {
        const { items, nextCursor, isLoading } = get();
        if (items === null || nextCursor === null || isLoading) return;
        await load(items, nextCursor);
      },
    };
  });
}
