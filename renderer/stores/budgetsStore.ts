/**
 * Owns: the budgets as the host last told them, with what was used of each, what holds work, and what a person does to
 * them.
 * Knows nothing about: what happened to them in the past (`budgetRecordStore.ts`), what of them was seen (`seenNotices.ts`), money.
 * Invariants: what is shown is what the host confirmed; an answer that was asked for before a deed never replaces what
 * came of the deed; the list is asked for at most once in `REST_MS`, however often it is told that something changed.
 *
 * Views reach it with `useBudgets(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { RequestInput } from "../../shared/contract/requests.ts";
import type { Budget, BudgetStatus, BudgetTerms } from "../../shared/model/budget.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import { type Holds, holdsOf, noHolds } from "./budgetHolds.ts";
import type { After } from "./clock.ts";
import type { Notify, Request } from "./request.ts";
import { without } from "./without.ts";

/** Milliseconds between two lists while money is spent: each message may change every budget. */
export const REST_MS = 2_000;
/** Milliseconds between two lists while nothing happens: periods turn, and overrides with them. */
export const POLL_MS = 30_000;

export type BudgetDeed = "override" | "revoke" | "delete" | "switch";

export type BudgetResult =
  | { readonly ok: true; readonly status: BudgetStatus }
  | { readonly ok: false; readonly failure: Failure };

/** A budget, or of one for each session the use of that session. */
export interface BudgetTarget {
  readonly budgetId: string;
  readonly sessionId: string | null;
}

export interface BudgetsState {
  /** In the order they were made; null until the first list. */
  readonly statuses: readonly BudgetStatus[] | null;
  readonly holds: Holds;
  /** What the host calls the sessions that budgets name: those may be sessions that this window has not loaded. */
  readonly titles: ReadonlyMap<string, string>;
  /** Why the last list did not come; null when it did. */
  readonly failure: Failure | null;
  /** By `targetKey`: the deed that was asked for and not yet answered. */
  readonly busy: Readonly<Record<string, BudgetDeed>>;
  /** Lists now. Never rejects. */
  readonly refresh: () => Promise<void>;
  /** Says that something may have changed; lists at once or when `REST_MS` are over. */
  readonly refreshSoon: () => void;
  /** Lists every `POLL_MS` while the window is looked at, until the returned function is called. */
  readonly watch: () => () => void;
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
  /** Makes a budget. The caller shows a failure, since it belongs beside the form. */
  readonly create: (terms: BudgetTerms) => Promise<BudgetResult>;
  /** Gives a budget other terms. The caller shows a failure. */
  readonly change: (budgetId: string, terms: BudgetTerms) => Promise<BudgetResult>;
  /** Lets work go on beyond the limit. The caller shows a failure: it belongs beside what was held. */
  readonly override: (target: BudgetTarget, note?: string) => Promise<BudgetResult>;
  /** Takes an override back. Never rejects; a failure is told as a notice. */
  readonly revoke: (target: BudgetTarget) => Promise<void>;
  /** Switches a budget on or off. Never rejects; a failure is told as a notice. */
  readonly setEnabled: (budget: Budget, isEnabled: boolean) => Promise<void>;
  /** Deletes a budget. Never rejects; a failure is told as a notice. */
  readonly remove: (budgetId: string) => Promise<void>;
}

export type BudgetsStore = StoreApi<BudgetsState>;

export interface BudgetsStoreOptions {
  readonly request: Request;
  readonly notify: Notify;
  readonly after: After;
  /** Whether a person can see the window. */
  readonly isShown: () => boolean;
}

/** Names a budget, or one session's use of it. */
export function targetKey({ budgetId, sessionId }: BudgetTarget): string {
  return `${budgetId} ${sessionId ?? ""}`;
}

/** What a person decided about a budget, without what the host adds. */
export function termsOf(budget: Budget): BudgetTerms {
  const { name, scope, period, limit, warnAt, warnSessions, atLimit, isEnabled } = budget;
  return { name, scope, period, limit, warnAt, warnSessions, atLimit, isEnabled };
}

/** Creates the store; nothing is asked before the first `refresh`. */
export function createBudgetsStore({ request, notify, after, isShown }: BudgetsStoreOptions): BudgetsStore {
  // Grows with each question and each deed, for an answer to know whether it is still the latest.
  let latest = 0;
  let phase: "idle" | "resting" | "due" = "idle";
  return createStore<BudgetsState>()((set, get) => {
    function take(statuses: readonly BudgetStatus[]): void {
      set({ statuses, holds: holdsOf(statuses), titles: titlesOf(statuses), failure: null });
    }

    async function refresh(): Promise<void> {
      latest += 1;
      const own = latest;
      try {
        const { items } = await request("budgets.list", {});
        if (own === latest) take(items);
      } catch (thrown) {
        if (own === latest) set({ failure: toFailure(thrown) });
      }
    }

    function refreshSoon(): void {
      if (phase !== "idle") {
        phase = "due";
        return;
      }
      phase = "resting";
      void refresh();
      after(REST_MS, () => {
        const isDue = phase === "due";
        phase = "idle";
        if (isDue) refreshSoon();
      });
    }

    /** Answers with the budget as it stands after the deed. */
    async function doIt(work: () => Promise<BudgetStatus>): Promise<BudgetResult> {
      try {
        const status = await work();
        latest += 1;
        take(withStatus(get().statuses ?? [], status));
        void refresh();
        return { ok: true, status };
      } catch (thrown) {
        return { ok: false, failure: toFailure(thrown) };
      }
    }

    async function busyWith<Result>(key: string, deed: BudgetDeed, work: () => Promise<Result>): Promise<Result> {
      set(({ busy }) => ({ busy: { ...busy, [key]: deed } }));
      const result = await work();
      set(({ busy }) => ({ busy: without(busy, key) }));
      return result;
    }

    function tellFailure(title: string, result: BudgetResult): void {
      if (!result.ok) notify({ tone: "failure", title, text: result.failure.message });
    }

    /** Only a budget for each session has a use for every one of them. */
    function paramsOf({ budgetId, sessionId }: BudgetTarget): RequestInput<"budgets.revoke"> {
      const scope = get().statuses?.find(({ budget }) => budget.budgetId === budgetId)?.budget.scope.kind;
      const isOfEach = scope === undefined || scope === "eachSession";
      return isOfEach && sessionId !== null ? { budgetId, sessionId } : { budgetId };
    }

    async function deleteIt(budgetId: string): Promise<void> {
      try {
        const { items } = await request("budgets.delete", { budgetId });
        latest += 1;
        take(items);
      } catch (thrown) {
        notify({ tone: "failure", title: "The budget was not deleted", text: toFailure(thrown).message });
      }
    }

    return {
      statuses: null,
      holds: noHolds,
      titles: new Map(),
      failure: null,
      busy: {},
      refresh,
      refreshSoon,
      watch: () => poll(() => (isShown() ? refreshSoon() : undefined), after),
      takeEvents: (events) => {
        // Whoever waits for a threshold must hear of it at once; what a message cost may be a little late.
        if (events.some(({ type }) => type === "budget.crossed")) void refresh();
        else if (events.some(({ type }) => type === "session.costChanged")) refreshSoon();
      },
      create: (terms) => doIt(() => request("budgets.create", inputOf(terms))),
      change: (budgetId, terms) => doIt(() => request("budgets.change", { budgetId, ...inputOf(terms) })),
      override: (target, note) =>
        busyWith(targetKey(target), "override", () =>
          doIt(() => request("budgets.override", { ...paramsOf(target), ...noteOf(note) })),
        ),
      revoke: async (target) => {
        const work = () => doIt(() => request("budgets.revoke", paramsOf(target)));
        tellFailure("The override was not taken back", await busyWith(targetKey(target), "revoke", work));
      },
      setEnabled: async (budget, isEnabled) => {
        const { budgetId } = budget;
        const work = () => get().change(budgetId, { ...termsOf(budget), isEnabled });
        const title = isEnabled ? "The budget was not switched on" : "The budget was not switched off";
        tellFailure(title, await busyWith(targetKey({ budgetId, sessionId: null }), "switch", work));
      },
      remove: (budgetId) => busyWith(targetKey({ budgetId, sessionId: null }), "delete", () => deleteIt(budgetId)),
    };
  });
}

function titlesOf(statuses: readonly BudgetStatus[]): ReadonlyMap<string, string> {
  const uses = statuses.flatMap((status) => status.uses);
  return new Map(
    uses.flatMap(({ sessionId, sessionTitle }) =>
      sessionId === null || sessionTitle === null ? [] : [[sessionId, sessionTitle] as const],
    ),
  );
}

function poll(look: () => void, after: After): () => void {
  let cancel: () => void = () => {};
  const plan = (): void => {
    cancel = after(POLL_MS, () => {
      look();
      plan();
    });
  };
  plan();
  return () => cancel();
}

function withStatus(statuses: readonly BudgetStatus[], status: BudgetStatus): readonly BudgetStatus[] {
  const isKnown = statuses.some(({ budget }) => budget.budgetId === status.budget.budgetId);
  if (!isKnown) return [...statuses, status];
  return statuses.map((one) => (one.budget.budgetId === status.budget.budgetId ? status : one));
}

function inputOf(terms: BudgetTerms): RequestInput<"budgets.create"> {
  return { ...terms, warnAt: [...terms.warnAt] };
}

function noteOf(note: string | undefined): { readonly note?: string } {
  return note === undefined || note.trim() === "" ? {} : { note: note.trim() };
}
