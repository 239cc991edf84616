/**
 * Owns which configuration folders' sessions are shown. The index keeps what it has read, also of folders that nobody
 * wants to see any more and of those on a disk that is away for the moment; the former are left out, the latter are not.
 */
import { sep } from "node:path";
import { existingFolders, whereItLeads } from "../transcripts/configRoots.ts";

export class ShownRoots {
  readonly #candidates: () => readonly string[];
  /** Where a folder really is, as it was last seen. */
  readonly #real = new Map<string, string>();
  #shown: readonly string[] = [];

  constructor(candidates: () => readonly string[]) {
    this.#candidates = candidates;
  }

  /** Looks where the folders are; answers their real paths, each once, also of those that are not there now. */
  async look(): Promise<readonly string[]> {
    const candidates = this.#candidates();
    for (const path of candidates) {
      const isThere = (await existingFolders([path])).length > 0;
      if (isThere || !this.#real.has(path)) this.#real.set(path, await whereItLeads(path));
    }
    const real = candidates.map((path) => this.#real.get(path) ?? path);
    this.#shown = [...candidates, ...real].map((path) => path + sep);
    return [...new Set(real)];
  }

  /** Whether a transcript lies in one of them, as of the last look. */
  holds(path: string): boolean {
    return this.#shown.some((root) => path.startsWith(root));
  }
}
