/**
 * Owns which configuration folders' sessions are shown. The index keeps what it has read, also of folders that nobody
 * wants to see any more and of those on a disk that is away for the moment; the former are left out, the latter are not.
 */
import { realpath } from "node:fs/promises";
import { sep } from "node:path";
import { existingRoots } from "../transcripts/configRoots.ts";

export class ShownRoots {
  readonly #candidates: () => readonly string[];
  /** Where a folder really is, as it was last seen. */
  readonly #real = new Map<string, string>();
  #shown: readonly string[] = [];

  constructor(candidates: () => readonly string[]) {
    this.#candidates = candidates;
  }

  /** Looks where the folders are; answers those that are there now, as real paths. */
  async look(): Promise<readonly string[]> {
    const candidates = this.#candidates();
    for (const path of candidates) {
      const real = await realpath(path).catch(() => null);
      if (real !== null) this.#real.set(path, real);
    }
    this.#shown = candidates.flatMap((path) => [path, this.#real.get(path) ?? path]).map((path) => path + sep);
    return existingRoots(candidates);
  }

  /** Whether a transcript lies in one of them, as of the last look. */
  holds(path: string): boolean {
    return this.#shown.some((root) => path.startsWith(root));
  }
}
