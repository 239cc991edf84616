/**
 * What the ledger's writer does beside the reading of transcripts: keeps what the live stream and imports tell, prices
 * entries, copies and tidies the file. Owns the prices in use. Runs in the index's thread.
 * Invariants: an answer means permanent; entries priced by other prices than those in use are priced anew, in batches
 * between which all else goes on, and a stop anywhere leaves the rest for the next time; price lists, which take longer to
 * load than all else here, are loaded when there is something to price.
 */
import { chargeWith } from "../ledger/chargeEntries.ts";
import { priceDigest } from "../ledger/priceDigest.ts";
import type { PriceSheet } from "../ledger/pricing/price.ts";
import type { EngineLog } from "../engineLog.ts";
import type { ChargedFields, ChargeOf, EntryCharge } from "../storage/ledgerCharge.ts";
import type { SqliteDatabase } from "../storage/openDatabase.ts";
import type { TranscriptStore } from "../storage/transcriptStore.ts";
import type { LedgerAnswer, LedgerAsk, SessionTurn } from "./indexMessages.ts";
import type { IndexWriter, ToldCharges } from "./indexWriter.ts";
import { keepCompiled } from "./threadEnvironment.ts";

export interface LedgerOrdersOptions {
  readonly database: SqliteDatabase;
  readonly store: TranscriptStore;
  readonly writer: IndexWriter;
  readonly log: EngineLog;
}

/** The mark that names the prices by which all entries were priced. */
const PRICED_BY = "priced_by";

/** Its value while entries are priced anew: then some of them by other prices. */
const IN_WORK = "";

export class LedgerOrders {
  readonly #options: LedgerOrdersOptions;
  #userSheet: PriceSheet | null = null;
  #chargeOf: ChargeOf | null = null;
  /** Charges that wait for prices. */
  readonly #charging = new Set<Promise<LedgerAnswer>>();
  /** Counts changes of the prices: pricing anew ends when there are newer ones. */
  #prices = 0;

  constructor(options: LedgerOrdersOptions) {
    this.#options = options;
  }

  /** To be awaited before messages are written. Resolves when it can be said what they cost. */
  readonly prepare = async (): Promise<void> => {
    if (this.#chargeOf === null) await this.#load();
  };

  /** @throws Error before `prepare`: a message that is written without a look at prices would stay without one. */
  readonly chargeOf = (fields: ChargedFields): EntryCharge => {
    if (this.#chargeOf === null) throw new Error("No prices are loaded.");
    return this.#chargeOf(fields);
  };

  /** @throws SQLite's errors. */
  async do(ask: LedgerAsk): Promise<LedgerAnswer> {
    const { database, writer } = this.#options;
    switch (ask.what) {
      case "charge": {
        // Which sessions are whose can be kept without prices.
        const prepared = ask.charges.copies.length === 0 ? Promise.resolve() : this.prepare();
        const charging = prepared.then(() => this.#charge(ask.charges, ask.sessions));
        this.#charging.add(charging);
        return charging.finally(() => this.#charging.delete(charging));
      }
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

  /** Pricing anew ends after the batch that runs. Resolves when what was told before this is kept. */
  async stop(): Promise<void> {
    this.#prices += 1;
    await Promise.allSettled(this.#charging);
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
    this.#userSheet = userSheet;
    this.#prices += 1;
    const turn = this.#prices;
    const digest = priceDigest(userSheet);
    // Nothing is to be priced anew, and whoever writes the first messages loads these prices.
    if (this.#chargeOf === null && store.ledger.entriesAfter(0, 1).length === 0) this.#mark(digest);
    const isPriced = store.ledger.mark(PRICED_BY) === digest;
    if (isPriced && this.#chargeOf === null) return;
    const chargeOf = await this.#load();
    if (isPriced || this.#prices !== turn) return;
    // Else a stop half-way, and the prices before again, would leave what was priced by these.
    this.#mark(IN_WORK);
    for (let key: number | null = 0; key !== null;) {
      key = writer.priceAnew(key, chargeOf);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#prices !== turn) return;
    }
    this.#mark(digest);
    this.#options.log.info({}, "all messages are priced by the prices in use");
  }

  #mark(priced: string): void {
    const { store, writer } = this.#options;
    store.write(() => store.ledger.setMark(PRICED_BY, priced));
    writer.commit();
  }

  /** Puts the user's latest prices, and those that ship, in use. */
  async #load(): Promise<ChargeOf> {
    const { createPriceBook } = await import("../ledger/pricing/priceBook.ts");
    keepCompiled();
    const shipped = this.#userSheet === null ? null : createPriceBook(null);
    this.#chargeOf = chargeWith(createPriceBook(this.#userSheet), shipped);
    return this.#chargeOf;
  }
}
