/**
 * Owns: what happened to budgets, the newest first, page by page: thresholds that were crossed, and overrides.
 * Knows nothing about: how budgets stand now (`budgetsStore.ts`).
 * Invariants: each thing is there once; their number is bounded; nothing is asked until somebody opens the list; nothing is
 * shown that is older than what one of the two lists has not told yet, so that the order of time has no gaps.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import { MAX_PAGE_SIZE } from "../../shared/contract/limits.ts";
import type { BudgetAlert, BudgetStatus, OverrideRecord } from "../../shared/model/budget.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { Request } from "./request.ts";

/** Of each of the two: nobody reads further back here. */
const MAX_RECORDED = 500;

/** Of each asked for at a time. */
const PAGE_SIZE = 20;

/** Something that happened to a budget. */
export type BudgetHappening =
  | { readonly kind: "alert"; readonly at: string; readonly alert: BudgetAlert }
  | { readonly kind: "override"; readonly at: string; readonly override: OverrideRecord };

export interface BudgetRecordState {
  /** Null until the first page. */
  readonly items: readonly BudgetHappening[] | null;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  /** Lists anew from the newest. Never rejects. */
  readonly open: () => Promise<void>;
  /** Appends what came before. Never rejects. */
  readonly loadMore: () => Promise<void>;
  /** Puts alerts that happen in front, where the list is open. */
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
  /** The budgets as they stand now: what was overridden or taken back since is asked for, where the list is open. */
  readonly takeStatuses: (statuses: readonly BudgetStatus[] | null) => void;
}

export type BudgetRecordStore = StoreApi<BudgetRecordState>;

/** What was told of one of the two lists; `cursor` is undefined before its first page and null after its last. */
interface Told<Item> {
  readonly items: readonly Item[];
  readonly cursor: string | null | undefined;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const nothing = { items: [], cursor: undefined };

/** Creates the store without a list. */
export function createBudgetRecordStore({ request }: { readonly request: Request }): BudgetRecordStore {
  let alerts: Told<BudgetAlert> = nothing;
  let overrides: Told<OverrideRecord> = nothing;
  let overridden = "[]";
  return createStore<BudgetRecordState>()((set, get) => {
    const isOpen = (): boolean => get().items !== null || get().isLoading;
    const show = (): void =>
      set({ items: happenings(alerts, overrides), hasMore: hasMore(alerts) || hasMore(overrides) });

    /** What was told meanwhile stays in front. */
    const takeAlerts = (page: Page<BudgetAlert>): void => void (alerts = added(alerts, page, alertId));
    const takeOverrides = (page: Page<OverrideRecord>): void => void (overrides = added(overrides, page, overrideId));

    async function load(): Promise<void> {
      if (get().isLoading) return;
      set({ isLoading: true, failure: null });
      try {
        await Promise.all([
          hasMore(alerts) ? request("alerts.list", askFor(alerts)).then(takeAlerts) : undefined,
          hasMore(overrides) ? request("overrides.list", askFor(overrides)).then(takeOverrides) : undefined,
        ]);
        show();
        set({ isLoading: false });
      } catch (thrown) {
        set({ isLoading: false, failure: toFailure(thrown) });
      }
    }

    async function renewOverrides(): Promise<void> {
      // Those that are shown may have been taken back.
      const limit = Math.min(MAX_PAGE_SIZE, Math.max(PAGE_SIZE, overrides.items.length + 1));
      try {
        const { items } = await request("overrides.list", { limit });
        if (!isOpen()) return;
        overrides = { ...overrides, items: merged(items, overrides.items, overrideId) };
        if (get().items !== null) show();
      } catch {
        // The list as it was is shown; opening it anew says what is wrong.
      }
    }

    return {
      items: null,
      hasMore: false,
      isLoading: false,
      failure: null,
      open: async () => {
        if (get().isLoading) return;
        [alerts, overrides] = [nothing, nothing];
        set({ items: null, hasMore: false });
        await load();
      },
      loadMore: async () => {
        if (get().hasMore) await load();
      },
      takeEvents: (events) => {
        const told = events.flatMap((event) => (event.type === "budget.crossed" ? [event.data.alert] : []));
        if (!isOpen() || told.length === 0) return;
        alerts = { ...alerts, items: merged(told, alerts.items, alertId) };
        if (get().items !== null) show();
      },
      takeStatuses: (statuses) => {
        const now = JSON.stringify(statuses?.flatMap(({ budget, uses }) => uses.map(holdingOf(budget.budgetId))) ?? []);
        if (now === overridden) return;
        overridden = now;
        if (isOpen()) void renewOverrides();
      },
    };
  });
}

function holdingOf(budgetId: string) {
  return ({ sessionId, override }: BudgetStatus["uses"][number]) =>
    override === null ? null : [budgetId, sessionId, override.at];
}

function hasMore({ cursor }: Told<unknown>): boolean {
  return cursor !== null;
}

function askFor({ cursor }: Told<unknown>): { readonly limit: number; readonly cursor?: string } {
  return { limit: PAGE_SIZE, ...(typeof cursor === "string" ? { cursor } : {}) };
}

function alertId(alert: BudgetAlert): string {
  return alert.alertId;
}

function overrideId(override: OverrideRecord): string {
  return override.overrideId;
}

interface Dated {
  readonly at: string;
}

function added<Item extends Dated>(told: Told<Item>, page: Page<Item>, idOf: (item: Item) => string): Told<Item> {
  const items = merged(page.items, told.items, idOf);
  return { items, cursor: items.length < MAX_RECORDED ? page.nextCursor : null };
}

/** `newer` was told later. */
function merged<Item extends Dated>(
  newer: readonly Item[],
  older: readonly Item[],
  idOf: (item: Item) => string,
): readonly Item[] {
  const byId = new Map([...older, ...newer].map((item) => [idOf(item), item]));
  return [...byId.values()].toSorted(newestFirst).slice(0, MAX_RECORDED);
}

function newestFirst(one: Dated, other: Dated): number {
  return other.at.localeCompare(one.at);
}

function happenings(alerts: Told<BudgetAlert>, overrides: Told<OverrideRecord>): readonly BudgetHappening[] {
  const from = [oldestOf(alerts), oldestOf(overrides)].toSorted().at(-1) ?? "";
  const all: readonly BudgetHappening[] = [
    ...alerts.items.map((alert) => ({ kind: "alert" as const, at: alert.at, alert })),
    ...overrides.items.map((override) => ({ kind: "override" as const, at: override.at, override })),
  ];
  return all.filter(({ at }) => at >= from).toSorted(newestFirst);
}

/** Empty where there is nothing older to come. */
function oldestOf(told: Told<Dated>): string {
  return hasMore(told) ? (told.items.at(-1)?.at ?? "") : "";
}
