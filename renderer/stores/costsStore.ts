/**
 * Owns: what the Costs page shows: its filters, the answers of the host to them, and what was clicked down into.
 * Knows nothing about: how it is drawn; one session's turns (`costSessionStore.ts`); single messages
 * (`costEntriesStore.ts`).
 * Invariants: what is shown belongs to the filters that were set last; an older answer never replaces a newer one; an
 * answer that did not come leaves the one before and says why. The host is asked every `POLL_MS` while somebody watches.
 *
 * Views reach it with `useCosts(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { RequestResult } from "../../shared/contract/requests.ts";
import type { CostReport, CostSummary, CostWindow, LedgerState, PricesState } from "../../shared/model/cost.ts";
import type { After } from "./clock.ts";
import { askCosts, type CostQuestion } from "./costQuestions.ts";
import { type CostFilters, type CostView, defaultFilters, defaultView } from "./costFilters.ts";
import type { Request } from "./request.ts";

/** Milliseconds between two looks: money is spent by the minute, and a look costs the host a few milliseconds. */
export const POLL_MS = 5_000;

export type TopWhat = RequestResult<"costs.top">["what"];

/** What the page shows instead of the overview. */
export type CostDrill =
  /** `turnKey`: the turn that is looked into at first. */
  | { readonly kind: "session"; readonly sessionId: string; readonly turnKey: string | null }
  | { readonly kind: "unpriced" };

/** The host's answers, by what they are for; null until the first one. */
export interface CostAnswers {
  readonly summary: CostSummary | null;
  readonly history: CostReport | null;
  readonly calendar: CostReport | null;
  readonly top: RequestResult<"costs.top"> | null;
  readonly windows: readonly CostWindow[] | null;
  readonly prices: PricesState | null;
  readonly ledger: LedgerState | null;
  /** Every model that was ever used, the dearest first. */
  readonly models: readonly string[] | null;
}

export interface CostsState {
  readonly filters: CostFilters;
  readonly view: CostView;
  readonly topWhat: TopWhat;
  /** The column of the history that the tops are of; null: of the whole range. */
  readonly chosenSpan: string | null;
  readonly drill: CostDrill | null;
  readonly answers: CostAnswers;
  /** True while what is shown is not yet that of the filters. */
  readonly isLoading: boolean;
  /** Why the last answers did not come; null when they did. */
  readonly failure: Failure | null;
  readonly setFilters: (change: Partial<CostFilters>) => void;
  readonly setView: (change: Partial<CostView>) => void;
  readonly setTopWhat: (what: TopWhat) => void;
  readonly chooseSpan: (key: string | null) => void;
  readonly openDrill: (drill: CostDrill | null) => void;
  /** Asks now and again every `POLL_MS`, until the returned function is called. */
  readonly watch: () => () => void;
  /** Asks for everything now. Never rejects. */
  readonly refresh: () => Promise<void>;
}

export type CostsStore = StoreApi<CostsState>;

export interface CostsStoreOptions {
  readonly request: Request;
  readonly after: After;
  /** Milliseconds. */
  readonly now: () => number;
  /** The person's zone, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
}

const noAnswers: CostAnswers = {
  summary: null,
  history: null,
  calendar: null,
  top: null,
  windows: null,
  prices: null,
  ledger: null,
  models: null,
};

/** Creates the store; nothing is asked until somebody watches. */
export function createCostsStore({ request, after, now, timeZone }: CostsStoreOptions): CostsStore {
  return createStore<CostsState>()((set, get) => {
    // Which question is the latest, for an answer to know whether it is still wanted.
    let latest = 0;

    async function ask(): Promise<void> {
      latest += 1;
      const own = latest;
      const { filters, view, topWhat, chosenSpan } = get();
      const question: CostQuestion = { filters, view, topWhat, chosenSpan, moment: { now: now(), timeZone } };
      const failures: Failure[] = [];
      const answered = askCosts(request, question).map(async (answer) => {
        try {
          const part = await answer;
          if (own === latest) set(({ answers }) => ({ answers: { ...answers, ...part } }));
        } catch (thrown) {
          failures.push(toFailure(thrown));
        }
      });
      await Promise.all(answered);
      if (own === latest) set({ isLoading: false, failure: failures[0] ?? null });
    }

    /** Changes what is asked, and asks at once. */
    function change(part: Partial<CostsState>): void {
      set({ ...part, isLoading: true });
      void ask();
    }

    return {
      filters: defaultFilters,
      view: defaultView,
      topWhat: "sessions",
      chosenSpan: null,
      drill: null,
      answers: noAnswers,
      isLoading: true,
      failure: null,
      setFilters: (part) => change({ filters: { ...get().filters, ...part }, chosenSpan: null }),
      setView: (part) => {
        const isSameSpan = part.groupBy === undefined || part.groupBy === get().view.groupBy;
        change({ view: { ...get().view, ...part }, ...(isSameSpan ? {} : { chosenSpan: null }) });
      },
      setTopWhat: (topWhat) => change({ topWhat }),
      chooseSpan: (key) => change({ chosenSpan: key === get().chosenSpan ? null : key }),
      openDrill: (drill) => set({ drill }),
      refresh: ask,
      watch: () => poll(ask, after),
    };
  });
}

function poll(ask: () => Promise<void>, after: After): () => void {
  let cancel: () => void = () => {};
  let isOver = false;
  const again = async (): Promise<void> => {
    await ask();
    if (!isOver) cancel = after(POLL_MS, () => void again());
  };
  void again();
  return () => {
    isOver = true;
    cancel();
  };
}
