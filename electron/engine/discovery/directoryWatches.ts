/**
 * Watches the files of directories that come and go: a watch on a missing directory does not see it come, and one on a
 * removed directory does not see it come again (measured, chokidar 6.0.0).
 * Owns one watch a directory. Invariant: `renew` and `close` are called one after the other.
 */
import { stat } from "node:fs/promises";
import { watch } from "chokidar";
import type { FSWatcher } from "chokidar";

export interface DirectoryWatchesOptions {
  readonly directories: readonly string[];
  /** Files that are not wanted are never looked into. */
  readonly isWanted: (path: string) => boolean;
  /** A wanted file came, changed or went. */
  readonly onFile: (path: string) => void;
  readonly onProblem: (directory: string, error: unknown) => void;
}

export class DirectoryWatches {
  readonly #options: DirectoryWatchesOptions;
  readonly #watched = new Map<string, { readonly identity: string; readonly watcher: FSWatcher }>();

  constructor(options: DirectoryWatchesOptions) {
    this.#options = options;
  }

  /** Watches what came and lets go of what went. True when there was either: read everything again then. */
  async renew(): Promise<boolean> {
    const changes = await Promise.all(this.#options.directories.map((directory) => this.#renewOne(directory)));
    return changes.includes(true);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#watched.values()].map(({ watcher }) => watcher.close()));
    this.#watched.clear();
  }

  async #renewOne(directory: string): Promise<boolean> {
    const identity = await identityOf(directory);
    const before = this.#watched.get(directory);
    if (before?.identity === identity || (before === undefined && identity === null)) return false;
    this.#watched.delete(directory);
    await before?.watcher.close();
    if (identity !== null) this.#watched.set(directory, { identity, watcher: await this.#watch(directory) });
    return true;
  }

  async #watch(directory: string): Promise<FSWatcher> {
    const { isWanted, onFile, onProblem } = this.#options;
    const watcher = watch(directory, {
      depth: 0,
      ignoreInitial: true,
      ignored: (path, stats) => stats?.isFile() === true && !isWanted(path),
    });
    watcher.on("all", (_event, path) => {
      if (isWanted(path)) onFile(path);
    });
    watcher.on("error", (error) => onProblem(directory, error));
    await new Promise<void>((resolve) => watcher.once("ready", resolve));
    return watcher;
  }
}

/** Tells a directory from a later one of its name; a number alone may be given out again at once. Null when missing. */
async function identityOf(directory: string): Promise<string | null> {
  const found = await stat(directory).catch(() => null);
  return found === null ? null : [found.dev, found.ino, found.birthtimeMs].join(" ");
}
