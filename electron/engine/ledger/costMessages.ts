/** What is asked of the thread that answers from the ledger, and what it answers. */
import type { CostReport, CostSummary, CostWindow, UnpricedUse } from "../../../shared/model/cost.ts";
import type { PricesState } from "../../../shared/model/ledger.ts";
import type { EntriesAsk, EntriesPage } from "./costEntries.ts";
import type { ReportAsk } from "./costReport.ts";
import type { CostFilters, WhoseCosts } from "./costFilters.ts";
import type { PlacedTop, TopAsk } from "./costTop.ts";
import type { UseAsk, UseSum } from "./costUse.ts";
import type { WindowsAsk } from "./costWindows.ts";
import type { PriceSheet } from "./pricing/price.ts";
import type { PlacedSessionCost } from "./sessionCost.ts";

export interface CostThreadSetup {
  readonly ledgerPath: string;
  readonly userSheet: PriceSheet | null;
}

/** Each question, with its answer. */
export interface CostAnswers {
  readonly report: { readonly ask: ReportAsk & { readonly timeZone: string }; readonly answer: CostReport };
  readonly summary: {
    readonly ask: WhoseCosts & { readonly timeZone: string; readonly nowMs: number };
    readonly answer: CostSummary;
  };
  readonly entries: { readonly ask: EntriesAsk; readonly answer: EntriesPage };
  readonly unpriced: { readonly ask: CostFilters; readonly answer: UnpricedUse };
  readonly session: { readonly ask: { readonly sessionId: string }; readonly answer: PlacedSessionCost };
  /** In dollars, in the order of the ids; null where nothing of the turn has a price. */
  readonly turnCosts: {
    readonly ask: { readonly turnIds: readonly string[] };
    readonly answer: readonly (number | null)[];
  };
  readonly windows: {
    readonly ask: WindowsAsk & { readonly nowMs: number };
    readonly answer: readonly CostWindow[];
  };
  /** The answers in the order of the asks, all of the same state of the ledger. */
  readonly uses: {
    readonly ask: { readonly asks: readonly UseAsk[] };
    readonly answer: readonly (readonly UseSum[])[];
  };
  readonly top: { readonly ask: TopAsk; readonly answer: PlacedTop };
  readonly export: {
    readonly ask: CostFilters & { readonly format: "csv" | "json"; readonly cursor?: string | undefined };
    readonly answer: {
      readonly text: string;
      readonly done: number;
      readonly total: number;
      readonly nextCursor: string | null;
    };
  };
  readonly state: {
    readonly ask: Readonly<Record<string, never>>;
    readonly answer: {
      readonly entries: number;
      readonly unpricedEntries: number;
      readonly sinceMs: number | null;
      readonly unknownModels: PricesState["unknownModels"];
      readonly sources: PricesState["sources"];
    };
  };
  readonly prices: { readonly ask: { readonly userSheet: PriceSheet | null }; readonly answer: null };
}

export type CostQuestion = keyof CostAnswers;

export interface CostOrder {
  readonly kind: "ask";
  readonly id: number;
  readonly what: CostQuestion;
  readonly ask: unknown;
}

export type CostNews =
  | { readonly id: number; readonly answer: unknown }
  /** It could not be answered, and why. */
  | { readonly id: number; readonly problem: string };
