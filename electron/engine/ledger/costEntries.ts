/** The ledger's entries one by one, each with how its cost comes about. */
import type { CostEntry } from "../../../shared/model/cost.ts";
import {
  FLAG_INCOMPLETE,
  FLAG_PROVISIONAL,
  FLAG_TIME_UNKNOWN,
  FLAG_UNSPLIT,
  IMPORT_FILE,
  reasonOf,
  STREAM_FILE,
} from "../storage/ledgerCharge.ts";
import type { EntryRow, LedgerReads } from "../storage/ledgerReads.ts";
import { type CostFilters, entryFilter, passes } from "./costFilters.ts";
import type { EntryTable } from "./entryTable.ts";
import type { PriceBook } from "./pricing/priceBook.ts";
import { priceMessage } from "./pricing/priceMessage.ts";
import { usdOf } from "./pricing/money.ts";

export interface EntriesAsk extends CostFilters {
  readonly turnId?: string | undefined;
  /** Only entries of which the turn is not known. */
  readonly unknownTurn?: boolean | undefined;
  readonly unpriced?: boolean | undefined;
  readonly order: "newest" | "dearest";
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface EntriesPage {
  readonly items: readonly CostEntry[];
  readonly nextCursor: string | null;
}

const NANO_PER_USD = 1_000_000_000;

/** What an entry is read with. */
export interface EntrySources {
  readonly table: EntryTable;
  readonly reads: LedgerReads;
  readonly book: PriceBook;
}

/** A cursor is the key of the last entry, so that entries that come meanwhile change nothing of the pages after it. */
export function entriesPage({ table, reads, book }: EntrySources, ask: EntriesAsk): EntriesPage {
  const page = placesAfter(table, ask);
  const items = page.slice(0, ask.limit).flatMap((place) => {
    const row = reads.fullEntry(table.key[place] ?? 0);
    return row === null ? [] : [toldEntry(table, row, book)];
  });
  const last = page[ask.limit - 1];
  return { items, nextCursor: page.length > ask.limit && last !== undefined ? String(table.key[last]) : null };
}

/** The page's places and one more, if there are more. */
function placesAfter(table: EntryTable, ask: EntriesAsk): readonly number[] {
  const filter = entryFilter(table, ask);
  const { turns } = table;
  const turn = ask.turnId === undefined ? null : turns.numberOf(ask.turnId);
  const isMeant = (place: number): boolean => {
    if (ask.unpriced !== undefined && Number.isNaN(table.nanoUsd[place]) !== ask.unpriced) return false;
    if (ask.unknownTurn !== undefined && (turns.of(place) === 0) !== ask.unknownTurn) return false;
    return turn === null || (turn !== 0 && turns.of(place) === turn);
  };
  const order = ask.order === "newest" ? table.byTime() : table.byCost();
  const after = ask.cursor === undefined ? -1 : Number(ask.cursor);
  let isAfter = after === -1;
  const found: number[] = [];
  for (let index = order.length - 1; index >= 0 && found.length <= ask.limit; index -= 1) {
    const place = order[index] ?? 0;
    if (!isAfter) {
      isAfter = table.key[place] === after;
      continue;
    }
    if (passes(table, place, filter) && isMeant(place)) found.push(place);
  }
  return found;
}

export function toldEntry(table: EntryTable, row: EntryRow, book: PriceBook): CostEntry {
  const session = table.sessions.get(row.session);
  const { messageId, requestId, atMs, gitBranch, turnId, model, speed, serviceTier, inferenceGeo } = row;
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches, fileId, path, offset } = row;
  const told = fileId === IMPORT_FILE ? "import" : "transcript";
  return {
    entryId: String(row.key),
    ...{ messageId, requestId, gitBranch, turnId },
    at: atMs === null ? null : new Date(atMs).toISOString(),
    sessionId: session?.sessionId ?? "",
    sessionTitle: table.titleOf(row.session),
    sessionLabel: session?.label ?? null,
    projectPath: session?.projectPath ?? null,
    payloadId: null,
    isSubagent: row.isSidechain === 1,
    tools: row.tools === null ? [] : row.tools.split(" "),
    source: fileId === STREAM_FILE ? "stream" : told,
    place: path === null ? null : { path, offset },
    seq: null,
    ...{ model, speed, serviceTier, inferenceGeo, webSearches },
    tokens: { input, output, cacheRead, cacheWrite5m, cacheWrite1h },
    costUsd: row.nanoUsd === null ? null : usdOf(row.nanoUsd),
    unpricedReason: row.nanoUsd === null ? reasonOf(row.unpricedReason) : null,
    remarks: remarksOf(row.flags),
    price: explained(row, book),
  };
}

function remarksOf(flags: number): CostEntry["remarks"] {
  const all = [
    [FLAG_INCOMPLETE, "incomplete"],
    [FLAG_UNSPLIT, "cache_writes_unsplit"],
    [FLAG_TIME_UNKNOWN, "time_unknown"],
    [FLAG_PROVISIONAL, "provisional"],
  ] as const;
  return all.flatMap(([flag, remark]) => ((flags & flag) === 0 ? [] : [remark]));
}

/** Counted again from the tokens: the same price gives the same parts. Null while prices are being changed. */
function explained(row: EntryRow, book: PriceBook): CostEntry["price"] {
  const priced = priceMessage(row, book);
  if (row.nanoUsd === null || priced.kind !== "priced" || priced.priceId !== row.priceId) return null;
  const kinds = ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h", "webSearch"] as const;
  const { priceId, source, priceDate, tierAbovePromptTokens, multipliers, parts } = priced;
  return {
    ...{ priceId, source, priceDate, tierAbovePromptTokens, multipliers },
    parts: kinds.flatMap((kind) => {
      const part = parts[kind];
      return part === null
        ? []
        : [{ kind, count: part.count, usdPer: part.usdPer, costUsd: part.nanoUsd / NANO_PER_USD }];
    }),
  };
}
