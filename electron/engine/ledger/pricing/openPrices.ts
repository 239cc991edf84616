/**
 * The user's own prices, kept up to date with their file.
 *
 * Owns the watch on that file. Knows nothing about the price lists that ship: whoever prices makes a book of both, in a
 * thread where loading them holds nobody up. Invariants: a file with a mistake changes nothing but the problem that is
 * told; changes are told one after the other, and none after `dispose`.
 */
import { mkdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { watch } from "chokidar";
import type { FSWatcher } from "chokidar";
import type { EngineLog } from "../../engineLog.ts";
import type { PriceSheet } from "./price.ts";
import { readPriceSheet } from "./readPriceSheet.ts";
import type { PriceProblem } from "./readPriceSheet.ts";

/** The state of the user's prices. */
export interface PriceState {
  /** Plain data for `createPriceBook` in another thread; null: the user has no prices of their own. */
  readonly userSheet: PriceSheet | null;
  /** Why the user's file is not used as it stands; the prices before it are. */
  readonly problem: PriceProblem | null;
}

export interface Prices {
  readonly state: () => PriceState;
  /** Called after every change of the prices or the problem; answers a function that ends it. */
  readonly onChange: (listener: (state: PriceState) => void) => () => void;
  readonly dispose: () => Promise<void>;
}

export interface OpenPricesOptions {
  readonly userFile: string;
  readonly log: EngineLog;
}

/** A list of every model in the world is far smaller. */
const MAX_FILE_BYTES = 1024 * 1024;
/** Editors empty a file before they write it: a moment passes before it is read. */
const SETTLE_MS = 100;

/** Reads the user's file, if there is one, and goes on watching. Never rejects for what the file holds or lacks. */
export async function openPrices(options: OpenPricesOptions): Promise<Prices> {
  const prices = new WatchedPrices(resolve(options.userFile), options.log);
  await prices.start();
  return {
    state: () => prices.state,
    onChange: (listener) => prices.listen(listener),
    dispose: () => prices.dispose(),
  };
}

class WatchedPrices {
  state: PriceState = { userSheet: null, problem: null };
  readonly #file: string;
  readonly #log: EngineLog;
  readonly #listeners = new Set<(state: PriceState) => void>();
  #watcher: FSWatcher | null = null;
  #settling: NodeJS.Timeout | null = null;
  #reading: Promise<void> = Promise.resolve();
  #text: string | null = null;
  #isDisposed = false;

  constructor(file: string, log: EngineLog) {
    this.#file = file;
    this.#log = log;
  }

  /** The watch comes first, so that no change falls between it and the first reading. */
  async start(): Promise<void> {
    await this.#watch().catch((error: unknown) =>
      this.#log.warn({ err: error, file: this.#file }, "The price file cannot be watched"),
    );
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
    await this.#watcher?.close();
    await this.#reading;
  }

  /** By its directory, since a watch on a file is lost when an editor puts another in its place. */
  async #watch(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const name = basename(this.#file);
    const watcher = watch(dirname(this.#file), {
      depth: 0,
      ignoreInitial: true,
      ignored: (path, stats) => stats?.isFile() === true && basename(path) !== name,
    });
    this.#watcher = watcher;
    watcher.on("all", (_event, path) => {
      if (basename(path) === name) this.#settle();
    });
    watcher.on("error", (error) => this.#log.warn({ err: error, file: this.#file }, "The price file is not watched"));
    await new Promise<void>((ready) => watcher.once("ready", ready));
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
    const found = await readText(this.#file);
    if (this.#isDisposed) return;
    if (found.kind === "problem") return this.#refuse(found.problem);
    if (found.text === this.#text && this.state.problem === null) return;
    this.#text = found.text;
    if (found.text === null) return this.#use(null);
    const reading = readPriceSheet("user", found.text);
    if (reading.kind === "problem") this.#refuse(reading.problem);
    else this.#use(reading.sheet);
  }

  #use(userSheet: PriceSheet | null): void {
    if (userSheet === null && this.state.userSheet === null && this.state.problem === null) return;
    this.#tell({ userSheet, problem: null });
  }

  #refuse(problem: PriceProblem): void {
    const known = this.state.problem;
    if (known?.line === problem.line && known.message === problem.message) return;
    this.#log.warn({ ...problem, file: this.#file }, "The price file is not used");
    this.#tell({ ...this.state, problem });
  }

  #tell(state: PriceState): void {
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

type FoundText =
  | { readonly kind: "text"; readonly text: string | null }
  | { readonly kind: "problem"; readonly problem: PriceProblem };

/** A missing file is none; one that cannot be read is a problem. */
async function readText(path: string): Promise<FoundText> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return wholeFile("This is not a file.");
    if (found.size > MAX_FILE_BYTES) return wholeFile("The file is larger than 1 MiB.");
    return { kind: "text", text: await readFile(path, "utf8") };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { kind: "text", text: null };
    return wholeFile(`The file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function wholeFile(message: string): FoundText {
  return { kind: "problem", problem: { line: null, message } };
}
