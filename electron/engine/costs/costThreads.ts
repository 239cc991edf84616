/**
 * Owns who answers questions about costs: one thread for the ledger; and a second one while that is a newer version's,
 * which nothing is written into, for what is used now.
 */
import type { CostAnswers, CostQuestion } from "../ledger/costMessages.ts";
import { CostThread } from "../ledger/costThread.ts";
import type { PriceSheet } from "../ledger/pricing/price.ts";
import type { LedgerUse } from "../transcripts/transcriptIndex.ts";

export interface CostThreadsOptions {
  /** The ledger, whoever wrote it. */
  readonly path: string;
  readonly userPrices: () => PriceSheet | null;
  readonly inUse: () => LedgerUse;
}

export class CostThreads {
  readonly #options: CostThreadsOptions;
  #ledger: CostThread;
  #openings = 0;
  #interim: CostThread | null = null;

  constructor(options: CostThreadsOptions) {
    this.#options = options;
    this.#ledger = this.#threadOn(options.path);
  }

  /** @throws when there is no ledger, or it cannot be read. */
  async ask<What extends CostQuestion>(
    what: What,
    ask: CostAnswers[What]["ask"],
  ): Promise<CostAnswers[What]["answer"]> {
    const { path, readOnly, openings } = this.#options.inUse();
    if (openings !== this.#openings) this.#beginAnew(openings);
    if (readOnly === null) return this.#ledger.ask(what, ask);
    // What budgets count is used now: no ledger that nothing is written into has it.
    if (what === "uses") return this.#interimThread(path).ask(what, ask);
    return this.#ledger.ask(what, ask).catch((error: unknown) => {
      throw new Error(`${readOnly} This version cannot read it.`, { cause: error });
    });
  }

  async pricesChanged(): Promise<void> {
    await Promise.all([this.#ledger.pricesChanged(), this.#interim?.pricesChanged()]);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#ledger.dispose(), this.#interim?.dispose()]);
  }

  /** A ledger that turned out damaged is another file from then on. */
  #beginAnew(openings: number): void {
    const before = this.#ledger;
    const isFirst = this.#openings === 0;
    this.#openings = openings;
    if (isFirst) return;
    this.#ledger = this.#threadOn(this.#options.path);
    void before.dispose();
  }

  #interimThread(path: string): CostThread {
    this.#interim ??= this.#threadOn(path);
    return this.#interim;
  }

  #threadOn(ledgerPath: string): CostThread {
    return new CostThread({ ledgerPath, userPrices: this.#options.userPrices });
  }
}
