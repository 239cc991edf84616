/**
 * Owns: what the Costs page shows: its filters, the answers of the host to them, and what was clicked down into.
 * Knows nothing about: how it is drawn; one session's turns (`costSessionStore.ts`); single messages
 * (`costEntriesStore.ts`).
 * Invariants: while an answer is on its way, the one before stays, with the filters that it belongs to; an older answer
 * never replaces a newer one; an answer that did not come leaves the one before and says why. While somebody watches, the
 * host is asked again when a session's cost changed (`liveAsk.ts`).
 *
 * Views reach it with `useCosts(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { RequestResult } from "../../shared/contract/requests.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { CostReport, CostSplit, CostSummary, CostWindow, UnpricedUse } from "../../shared/model/cost.ts";
import type { LedgerState, PricesState } from "../../shared/model/ledger.ts";
import type { After } from "./clock.ts";
import { askCosts, type CostQuestion } from "./costQuestions.ts";
import { type CostFilters, type CostView, defaultFilters, defaultView } from "./costFilters.ts";
import { createLiveAsk } from "./liveAsk.ts";
import type { Request } from "./request.ts";

export type TopWhat = RequestResult<"costs.top">["what"];

/** What the page shows instead of the overview. */
export type CostDrill =
  /** `turnKey`: the turn that is looked into at first. */
  | { readonly kind: "session"; readonly sessionId: string; readonly turnKey: string | null }
  | { readonly kind: "unpriced" }
  /** What is kept, and the prices. */
  | { readonly kind: "ledger" };

/** The history with what it was asked for. */
export interface ShownHistory {
  readonly report: CostReport;
  readonly filters: CostFilters;
  readonly splitBy: CostSplit;
}

/** The host's answers, by what they are for; null until the first one. */
export interface CostAnswers {
  readonly summary: CostSummary | null;
  readonly history: ShownHistory | null;
  readonly calendar: CostReport | null;
  /** The last hours, one row each. */
  readonly hours: CostReport | null;
  readonly top: RequestResult<"costs.top"> | null;
  /** Of the history's range: why messages have no price. */
  readonly unpriced: UnpricedUse | null;
  readonly windows: readonly CostWindow[] | null;
  readonly prices: PricesState | null;
  readonly ledger: LedgerState | null;
  /** Every model that was ever used, the dearest first. */
  readonly models: readonly string[] | null;
  /** The same of labels; those of sessions that used nothing are not among them. */
  readonly labels: readonly string[] | null;
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
  /** Asks now, and again when something changed, until the returned function is called. */
  readonly watch: () => () => void;
  /** Events of all sessions. */
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
  /** What is shown may be old: the ledger was changed from here, or the host is another one. */
  readonly touch: () => void;
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
  hours: null,
  top: null,
  unpriced: null,
  windows: null,
  prices: null,
  ledger: null,
  models: null,
  labels: null,
};

/** Creates the store; nothing is asked until somebody watches. */
export function createCostsStore({ request, after, now, timeZone }: CostsStoreOptions): CostsStore {
  return createStore<CostsState>()((set, get) => {
    // Which question is the latest, for an answer to know whether it is still wanted.
    let latest = 0;

    async function ask(): Promise<boolean> {
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
      return failures.length === 0;
    }

    const live = createLiveAsk({ ask, after });

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
        const isDrawnAlone = part.groupBy === undefined && part.splitBy === undefined;
        if (isDrawnAlone) return set({ view: { ...get().view, ...part } });
        const isSameSpan = part.groupBy === undefined || part.groupBy === get().view.groupBy;
        change({ view: { ...get().view, ...part }, ...(isSameSpan ? {} : { chosenSpan: null }) });
      },
      setTopWhat: (topWhat) => change({ topWhat }),
      chooseSpan: (key) => change({ chosenSpan: key === get().chosenSpan ? null : key }),
      openDrill: (drill) => set({ drill }),
      watch: live.watch,
      takeEvents: (events) => {
        if (events.some(({ type }) => type === "session.costChanged")) live.touch();
        if (!events.some(({ type }) => type === "session.labelled")) return;
        live.touch();
        // The ledger has a label a moment after it is told: what is asked for at once may come too early.
        live.touch();
      },
      touch: live.touch,
    };
  });
}
