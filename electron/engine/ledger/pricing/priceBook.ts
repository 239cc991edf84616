/**
 * All prices together: which price holds for a model at a time.
 *
 * Owns the order of the sources: the user's file, the overlay, genai-prices. The first with rates for the model on that
 * day gives the rates; multipliers and web search are looked for in the same order, by the model's name and then by `*`.
 * Pure data; knows no file and no message.
 */
import { createHash } from "node:crypto";
import { genaiSheet } from "./genaiPrices.ts";
import { listedName, modelKeys } from "./modelKeys.ts";
import { overlaySheet } from "./overlayPrices.ts";
import { multiplierKinds } from "./price.ts";
import type { MultiplierKind, Price, PriceEntry, PricePeriod, PriceSheet, Sourced } from "./price.ts";

export interface PriceBook {
  /** The price of a model, as it is named in a message, at a time; that of today's list when the time is unknown. */
  readonly find: (model: string, atMs: number | null) => Price | null;
  /** Every period of a model, in order and without gaps: entries of a period with another price id are to be priced anew. */
  readonly periods: (model: string) => readonly PricePeriod[];
}

/** Names come from transcripts, and so may be any text; those of one host are a few dozen. */
const MAX_REMEMBERED_MODELS = 1_000;
const DAY_MS = 86_400_000;
const ALL_MODELS = "*";

let shipped: readonly PriceSheet[] | null = null;

/** The book with the user's own prices on top, if any. */
export function createPriceBook(userSheet: PriceSheet | null): PriceBook {
  shipped ??= [overlaySheet(), genaiSheet()];
  return bookOf(userSheet === null ? shipped : [userSheet, ...shipped]);
}

/** A book of these sheets alone, best first. */
export function bookOf(sheets: readonly PriceSheet[]): PriceBook {
  const lists = sheets.map(indexed);
  const remembered = new Map<string, readonly PricePeriod[]>();
  function periods(model: string): readonly PricePeriod[] {
    const known = remembered.get(model);
    if (known !== undefined) return known;
    if (remembered.size >= MAX_REMEMBERED_MODELS) remembered.clear();
    const made = periodsOf(lists, model);
    remembered.set(model, made);
    return made;
  }
  return {
    periods,
    find: (model, atMs) => {
      const all = periods(model);
      const period = atMs === null ? all.at(-1) : all.find(({ toMs }) => toMs === null || atMs < toMs);
      return period?.price ?? null;
    },
  };
}

interface PriceList {
  readonly sheet: PriceSheet;
  readonly byModel: ReadonlyMap<string, readonly PriceEntry[]>;
}

function indexed(sheet: PriceSheet): PriceList {
  const byModel = new Map<string, PriceEntry[]>();
  for (const entry of sheet.entries)
    for (const model of entry.models)
      byModel.set(listedName(model), [...(byModel.get(listedName(model)) ?? []), entry]);
  return { sheet, byModel };
}

/** An entry that may speak of the model, with the sheet it is from. */
interface Candidate {
  readonly sheet: PriceSheet;
  readonly entry: PriceEntry;
}

function periodsOf(lists: readonly PriceList[], model: string): readonly PricePeriod[] {
  const keys = modelKeys(model);
  const candidates = lists.flatMap(({ sheet, byModel }) =>
    [...keys, ALL_MODELS].flatMap((key) => (byModel.get(key) ?? []).map((entry) => ({ sheet, entry }))),
  );
  const bounds = new Set(candidates.flatMap(({ entry }) => [startOf(entry), endOf(entry)]));
  const starts = [null, ...[...bounds].filter((bound) => bound !== null).toSorted((a, b) => a - b)];
  return starts.map((fromMs, index) => {
    const holding = candidates.filter(({ entry }) => holdsAt(entry, fromMs));
    return { fromMs, toMs: starts[index + 1] ?? null, price: priceOf(keys.at(-1) ?? model, fromMs, holding) };
  });
}

function startOf(entry: PriceEntry): number | null {
  return entry.from === null ? null : Date.parse(entry.from);
}

/** Exclusive. */
function endOf(entry: PriceEntry): number | null {
  return entry.to === null ? null : Date.parse(entry.to) + DAY_MS;
}

/** Whether it holds in the period that starts then; no bound lies within a period. */
function holdsAt(entry: PriceEntry, fromMs: number | null): boolean {
  const time = fromMs ?? Number.NEGATIVE_INFINITY;
  return (startOf(entry) ?? Number.NEGATIVE_INFINITY) <= time && time < (endOf(entry) ?? Number.POSITIVE_INFINITY);
}

function priceOf(model: string, fromMs: number | null, holding: readonly Candidate[]): Price | null {
  const rated = holding.find(({ entry }) => entry.rates !== null);
  if (rated === undefined || rated.entry.rates === null) return null;
  const { sheet, entry } = rated;
  const amounts = {
    rates: rated.entry.rates,
    tiers: entry.tiers,
    multipliers: multipliersOf(holding),
    webSearchPerThousand: firstOf(holding, (other) => other.webSearchPerThousand),
  };
  const from = fromMs === null ? "always" : new Date(fromMs).toISOString().slice(0, 10);
  return {
    priceId: `${sheet.source}:${model}:${from}:${digestOf(amounts)}`,
    model,
    source: sheet.source,
    priceDate: sheet.asOf,
    ...amounts,
    note: entry.note,
  };
}

function multipliersOf(holding: readonly Candidate[]): Price["multipliers"] {
  const found = multiplierKinds.map((kind: MultiplierKind) => [
    kind,
    firstOf(holding, ({ multipliers }) => multipliers[kind] ?? null),
  ]);
  return Object.fromEntries(found.filter(([, factor]) => factor !== null));
}

function firstOf(holding: readonly Candidate[], read: (entry: PriceEntry) => number | null): Sourced<number> | null {
  for (const { sheet, entry } of holding) {
    const value = read(entry);
    if (value !== null) return { value, source: sheet.source };
  }
  return null;
}

function digestOf(amounts: unknown): string {
  return createHash("sha256").update(JSON.stringify(amounts)).digest("hex").slice(0, 8);
}
