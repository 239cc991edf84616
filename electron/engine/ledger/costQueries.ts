/** Answers questions about costs from the ledger: the entries in memory and, for single ones, the file. */
import type { LedgerReads } from "../storage/ledgerReads.ts";
import type { SqliteDatabase } from "../storage/openDatabase.ts";
import { ledgerReads } from "../storage/ledgerReads.ts";
import { entriesPage, type EntrySources } from "./costEntries.ts";
import type { CostAnswers, CostQuestion } from "./costMessages.ts";
import { costReport } from "./costReport.ts";
import { costSummary } from "./costSummary.ts";
import { costTop } from "./costTop.ts";
import { costUse } from "./costUse.ts";
import { newestWindows, toldWindow } from "./costWindows.ts";
import { EntryTable } from "./entryTable.ts";
import { LocalDays } from "./localDays.ts";
import { exportedPart } from "./exportedPart.ts";
import { genaiSheet } from "./pricing/genaiPrices.ts";
import { genaiRelease } from "./pricing/genaiRelease.ts";
import { overlaySheet } from "./pricing/overlayPrices.ts";
import type { PriceSheet } from "./pricing/price.ts";
import { createPriceBook, type PriceBook } from "./pricing/priceBook.ts";
import { sessionCost } from "./sessionCost.ts";
import { turnCosts } from "./turnCosts.ts";
import { unpricedUse } from "./unpricedUse.ts";

type Answering = { readonly [What in CostQuestion]: (ask: CostAnswers[What]["ask"]) => CostAnswers[What]["answer"] };

/** Owns the entries in memory. Every answer is about all that was permanent when it was asked. */
export class CostQueries {
  readonly #reads: LedgerReads;
  readonly #days = new Map<string, LocalDays>();
  #book: PriceBook;
  #userSheet: PriceSheet | null;
  readonly #table: EntryTable;

  constructor(database: SqliteDatabase, userSheet: PriceSheet | null) {
    this.#reads = ledgerReads(database);
    this.#userSheet = userSheet;
    this.#book = createPriceBook(userSheet);
    this.#table = new EntryTable(this.#reads);
  }

  /** @throws RangeError for an unknown time zone, SQLite's errors. */
  answer<What extends CostQuestion>(what: What, ask: CostAnswers[What]["ask"]): CostAnswers[What]["answer"] {
    this.#table.refresh();
    // Single entries are read in one go: each by itself would begin with a look at what others wrote.
    this.#reads.begin();
    try {
      return this.#answers[what](ask);
    } finally {
      this.#reads.end();
    }
  }

  readonly #answers: Answering = {
    report: (ask) => costReport(this.#table, this.#daysOf(ask.timeZone), ask),
    summary: (ask) => costSummary(this.#table, this.#daysOf(ask.timeZone), ask),
    entries: (ask) => entriesPage(this.#sources(), ask),
    unpriced: (ask) => unpricedUse(this.#table, this.#reads, ask),
    session: ({ sessionId }) => sessionCost(this.#table, this.#reads, sessionId),
    turnCosts: ({ turnIds }) => turnCosts(this.#table, turnIds),
    windows: (ask) => newestWindows(this.#table, ask).map((window) => toldWindow(window, ask.nowMs)),
    uses: ({ asks }) => asks.map((ask) => costUse(this.#table, ask)),
    top: (ask) => costTop(this.#table, this.#reads, ask),
    export: (ask) => exportedPart(this.#sources(), ask),
    state: () => this.#state(),
    prices: ({ userSheet }) => {
      this.#userSheet = userSheet;
      this.#book = createPriceBook(userSheet);
      return null;
    },
  };

  #sources(): EntrySources {
    return { table: this.#table, reads: this.#reads, book: this.#book };
  }

  #daysOf(timeZone: string): LocalDays {
    const days = this.#days.get(timeZone) ?? new LocalDays(timeZone);
    this.#days.set(timeZone, days);
    return days;
  }

  #state(): CostAnswers["state"]["answer"] {
    const table = this.#table;
    let entries = 0;
    let unpricedEntries = 0;
    let sinceMs: number | null = null;
    for (let place = 0; place < table.length; place += 1) {
      if ((table.session[place] ?? 0) === 0) continue;
      entries += 1;
      if (Number.isNaN(table.nanoUsd[place])) unpricedEntries += 1;
      const at = table.atMs[place] ?? Number.NaN;
      if (at < (sinceMs ?? Number.POSITIVE_INFINITY)) sinceMs = at;
    }
    const sheets = [...(this.#userSheet === null ? [] : [this.#userSheet]), overlaySheet(), genaiSheet()];
    return {
      ...{ entries, unpricedEntries, sinceMs },
      unknownModels: this.#reads.unknownModels(),
      sources: sheets.map((sheet) => ({
        source: sheet.source,
        priceDate: sheet.source === "genai-prices" ? genaiRelease.day : sheet.asOf,
        entries: sheet.entries.length,
      })),
    };
  }
}
