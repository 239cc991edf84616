/**
 * What the ledger's writer does beside the reading of transcripts: keeps what the live stream and imports tell, prices
 * entries, copies and tidies the file. Owns the prices in use. Runs in the index's thread.
 * Invariants: an answer means permanent; entries priced by other prices than those in use are priced anew, in batches
 * between which all else goes on, and a stop anywhere leaves the rest for the next time.
 */
import { chargeWith } from "../ledger/chargeEntries.ts";
import { priceDigest } from "../ledger/priceDigest.ts";
import type { PriceSheet } from "../ledger/pricing/price.ts";
import { createPriceBook } from "../ledger/pricing/priceBook.ts";
import type { EngineLog } from "../engineLog.ts";
import type { ChargedFields, ChargeOf, EntryCharge } from "../storage/ledgerCharge.ts";
import type { SqliteDatabase } from "../storage/openDatabase.ts";
import type { TranscriptStore } from "../storage/transcriptStore.ts";
import type { LedgerAnswer, LedgerAsk, SessionTurn } from "./indexMessages.ts";
import type { IndexWriter, ToldCharges } from "./indexWriter.ts";

export interface LedgerOrdersOptions {
  readonly database: SqliteDatabase;
  readonly store: TranscriptStore;
  readonly writer: IndexWriter;
  readonly log: EngineLog;
}

/** The mark that names the prices by which all entries were priced. */
const PRICED_BY = "priced_by";

export class LedgerOrders {
  readonly #options: LedgerOrdersOptions;
  #chargeOf: ChargeOf = chargeWith(createPriceBook(null));
  /** Counts changes of the prices: pricing anew ends when there are newer ones. */
  #prices = 0;

  constructor(options: LedgerOrdersOptions) {
    this.#options = options;
  }

  readonly chargeOf = (fields: ChargedFields): EntryCharge => this.#chargeOf(fields);

  /** @throws SQLite's errors. */
  async do(ask: LedgerAsk): Promise<LedgerAnswer> {
    const { database, writer } = this.#options;
    switch (ask.what) {
      case "charge":
        return this.#charge(ask.charges, ask.sessions);
      case "prices":
        await this.#usePrices(ask.userSheet);
        return { what: "prices" };
      case "backup":
        writer.commit();
        await database.backup(ask.path);
        return { what: "backup" };
      case "vacuum":
        writer.commit();
        database.exec("VACUUM");
        database.pragma("wal_checkpoint(TRUNCATE)");
        return { what: "vacuum" };
    }
  }

  /** Pricing anew ends after the batch that runs. */
  stop(): void {
    this.#prices += 1;
  }

  #charge(charges: ToldCharges, sessions: readonly SessionTurn[]): LedgerAnswer {
    const { store, writer } = this.#options;
    const outcome = writer.writeTold(charges);
    const charged = sessions.map(({ sessionId, turnId }) => ({
      ...{ sessionId, turnId },
      ...store.ledger.chargeOfSession(sessionId, turnId),
    }));
    return { what: "charge", ...outcome, sessions: charged };
  }

  async #usePrices(userSheet: PriceSheet | null): Promise<void> {
    const { store, writer } = this.#options;
    const chargeOf = chargeWith(createPriceBook(userSheet));
    this.#chargeOf = chargeOf;
    this.#prices += 1;
    const turn = this.#prices;
    const digest = priceDigest(userSheet);
    if (store.ledger.mark(PRICED_BY) === digest) return;
    for (let key: number | null = 0; key !== null;) {
      key = writer.priceAnew(key, chargeOf);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#prices !== turn) return;
    }
    store.write(() => store.ledger.setMark(PRICED_BY, digest));
    writer.commit();
    this.#options.log.info({}, "all messages are priced by the prices in use");
  }
}
