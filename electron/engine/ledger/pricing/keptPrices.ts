/**
 * The user's prices as they were last right, in a copy beside their file: a host that starts while there is a mistake in
 * the file goes on with them.
 * Invariant: the copy is whole, and that of the last prices in use; where it could not be written there is none.
 */
import { rename, rm, writeFile } from "node:fs/promises";
import type { EngineLog } from "../../engineLog.ts";
import { type FoundPrices, readPriceFile } from "./priceFile.ts";

export class KeptPrices {
  readonly #file: string;
  readonly #log: EngineLog;
  /** What stands in the copy; undefined while nobody has looked, null when there is none that can be read. */
  #text: string | null | undefined;

  constructor(file: string, log: EngineLog) {
    this.#file = file;
    this.#log = log;
  }

  async read(): Promise<FoundPrices> {
    const found = await readPriceFile(this.#file);
    this.#text = found.kind === "sheet" ? found.text : null;
    return found;
  }

  /** Never rejects: prices are in use whether they can be kept or not. */
  async keep(text: string): Promise<void> {
    if (text === this.#text) return;
    const draft = `${this.#file}.${process.pid}.draft`;
    try {
      await writeFile(draft, text, { mode: 0o600, flush: true });
      await rename(draft, this.#file);
      this.#text = text;
    } catch (error) {
      this.#log.warn({ err: error, file: this.#file }, "The prices in use are not kept for a start with a mistake");
      await rm(draft, { force: true }).catch(() => undefined);
      // An older copy would pass for the prices before the next mistake.
      await this.forget();
    }
  }

  /** The user has no prices any more. Never rejects. */
  async forget(): Promise<void> {
    this.#text = null;
    await rm(this.#file, { force: true }).catch((error: unknown) => {
      this.#text = undefined;
      this.#log.warn({ err: error, file: this.#file }, "Prices that are not in use any more could not be deleted");
    });
  }
}
