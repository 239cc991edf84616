/**
 * The user's own prices, kept up to date with their file.
 *
 * Owns the watch on that file. Knows nothing about the price lists that ship: whoever prices makes a book of both, in a
 * thread where loading them holds nobody up. Invariants: a file with a mistake changes nothing but the problem that is
 * told, also at the start, when the prices before it are those of the copy that was kept; changes are told one after the
 * other, and none after `dispose`.
 */
import { unwatchFile, watchFile } from "node:fs";
import { resolve } from "node:path";
import type { EngineLog } from "../../engineLog.ts";
import { KeptPrices } from "./keptPrices.ts";
import type { PriceSheet } from "./price.ts";
import { readPriceFile } from "./priceFile.ts";
import type { PriceProblem } from "./readPriceSheet.ts";

/** The state of the user's prices. */
export interface PriceState {
  /** Plain data for `createPriceBook` in another thread; null: the user has no prices of their own. */
  readonly userSheet: PriceSheet | null;
  /** Why the user's file is not used as it stands; the prices before it are. */
  readonly problem: PriceProblem | null;
  /** Why the prices before a mistake are not in use, though there were some: their copy cannot be read. */
  readonly keptProblem: string | null;
}

export interface Prices {
  readonly state: () => PriceState;
  /** Called after every change of the prices or the problem; answers a function that ends it. */
  readonly onChange: (listener: (state: PriceState) => void) => () => void;
  readonly dispose: () => Promise<void>;
}

export interface OpenPricesOptions {
  readonly userFile: string;
  /** Where the last of them that were right are kept. */
  readonly keptFile: string;
  readonly log: EngineLog;
}

const LOOK_EVERY_MS = 500;

/** Editors empty a file before they write it: a moment passes before it is read. */
const SETTLE_MS = 100;

/** Reads the user's file, if there is one, and goes on watching. Never rejects for what the file holds or lacks. */
export async function openPrices(options: OpenPricesOptions): Promise<Prices> {
  const prices = new WatchedPrices(
    resolve(options.userFile),
    new KeptPrices(options.keptFile, options.log),
    options.log,
  );
  await prices.start();
  return {
    state: () => prices.state,
    onChange: (listener) => prices.listen(listener),
    dispose: () => prices.dispose(),
  };
}

class WatchedPrices {
  state: PriceState = { userSheet: null, problem: null, keptProblem: null };
  readonly #file: string;
  readonly #kept: KeptPrices;
  readonly #log: EngineLog;
  readonly #listeners = new Set<(state: PriceState) => void>();
  readonly #changed = (): void => this.#settle();
  #settling: NodeJS.Timeout | null = null;
  #reading: Promise<void> = Promise.resolve();
  /** What the prices in use were read from; null when there are none. */
  #text: string | null = null;
  #isDisposed = false;

  constructor(file: string, kept: KeptPrices, log: EngineLog) {
    this.#file = file;
    this.#kept = kept;
    this.#log = log;
  }

  /** The watch comes first, so that no change falls between it and the first reading. */
  async start(): Promise<void> {
    this.#watch();
    this.#reading = this.#begin();
    await this.#reading;
  }

  /** With the prices that an earlier run used, until the file says others. */
  async #begin(): Promise<void> {
    const kept = await this.#kept.read();
    if (kept.kind === "sheet") {
      this.#text = kept.text;
      this.state = { ...this.state, userSheet: kept.sheet };
    }
    if (kept.kind === "problem") this.state = { ...this.state, keptProblem: kept.problem.message };
    await this.#read();
  }

  listen(listener: (state: PriceState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#listeners.clear();
    if (this.#settling !== null) clearTimeout(this.#settling);
    unwatchFile(this.#file, this.#changed);
    await this.#reading;
  }

  /**
   * Looks at the file's facts, whatever puts it there, twice a second: a watch on its directory would be
   * woken by every write to the databases beside it, and looks at all of them each time (150 ms of a first index).
   */
  #watch(): void {
    watchFile(this.#file, { interval: LOOK_EVERY_MS, persistent: false }, this.#changed);
  }

  #settle(): void {
    if (this.#isDisposed) return;
    if (this.#settling !== null) clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = null;
      this.#reading = this.#reading
        .then(() => this.#read())
        .catch((error: unknown) => this.#log.error({ err: error, file: this.#file }, "New prices were not taken over"));
    }, SETTLE_MS);
  }

  async #read(): Promise<void> {
    const found = await readPriceFile(this.#file);
    if (this.#isDisposed) return;
    switch (found.kind) {
      case "problem":
        return this.#refuse(found.problem);
      case "missing":
        await this.#kept.forget();
        return this.#use(null, null);
      case "sheet":
        await this.#kept.keep(found.text);
        return this.#use(found.text, found.sheet);
    }
  }

  #use(text: string | null, userSheet: PriceSheet | null): void {
    const { problem, keptProblem } = this.state;
    const isNews = text !== this.#text || problem !== null || keptProblem !== null;
    this.#text = text;
    if (isNews) this.#tell({ userSheet, problem: null, keptProblem: null });
  }

  #refuse(problem: PriceProblem): void {
    const known = this.state.problem;
    if (known?.line === problem.line && known.message === problem.message) return;
    this.#log.warn({ ...problem, file: this.#file }, "The price file is not used");
    this.#tell({ ...this.state, problem });
  }

  #tell(state: PriceState): void {
    if (this.#isDisposed) return;
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
