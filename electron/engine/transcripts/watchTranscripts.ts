/**
 * Tells which transcript files changed. Owns the watching; knows nothing about what is done with a change.
 * Invariants: the first change after a while is told at once; changes that follow it are told together, each path once.
 */
import { setTimeout as wait } from "node:timers/promises";
import { type FSWatcher, watch } from "chokidar";

export interface WatchListener {
  /** Files that were made, appended to, replaced or deleted. */
  readonly onChange: (paths: readonly string[]) => void;
  /** A folder was deleted or moved: what was in it is told by nobody. */
  readonly onFolderGone: () => void;
  readonly onError: (error: unknown) => void;
}

export interface TranscriptWatch {
  /**
   * Watches these folders, those that are not there yet too, and no others. Resolves when what changes in them from then on
   * is told, or when a folder takes too long.
   */
  readonly follow: (folders: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Between two tellings: a burst is one, and none of it is seen late. */
const GATHER_MS = 25;

/** Looking at thousands of files takes a second; a folder on a dead network is never done, and must not hold up the others. */
const FOLLOW_PATIENCE_MS = 3000;

/** Folders in a session's folder that hold files by the thousand, and no transcripts. */
const OTHER_FOLDERS = /[/\\](?:tool-results|memory|images)$/u;

/** Resolves when what changes from then on is told. */
export async function watchTranscripts(folders: readonly string[], listener: WatchListener): Promise<TranscriptWatch> {
  const gathering = new Gathering(listener);
  const watchers = new Map<string, FSWatcher>();
  const begin = (next: readonly string[]): Promise<unknown> =>
    Promise.all(
      next.map((folder) => {
        const { watcher, ready } = watchFolder(folder, gathering, listener);
        watchers.set(folder, watcher);
        return ready;
      }),
    );
  await begin(folders);
  return {
    follow: async (next) => {
      const dropped = [...watchers].filter(([folder]) => !next.includes(folder));
      for (const [folder, watcher] of dropped) {
        watchers.delete(folder);
        watcher.close().catch(listener.onError);
      }
      const added = next.filter((folder) => !watchers.has(folder));
      if (added.length > 0) await Promise.race([begin(added), wait(FOLLOW_PATIENCE_MS, undefined, { ref: false })]);
    },
    close: async () => {
      gathering.end();
      await Promise.all([...watchers.values()].map((watcher) => watcher.close()));
    },
  };
}

/** A watcher each: one that is given another folder later does not say when it follows that. */
function watchFolder(
  folder: string,
  gathering: Gathering,
  { onError }: WatchListener,
): { readonly watcher: FSWatcher; readonly ready: Promise<void> } {
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) => (stats?.isFile() === true && !path.endsWith(".jsonl")) || OTHER_FOLDERS.test(path),
  });
  for (const name of ["add", "change", "unlink"] as const) watcher.on(name, (path) => gathering.file(path));
  watcher.on("unlinkDir", () => gathering.folder());
  watcher.on("error", onError);
  const ready = new Promise<void>((resolve) => {
    watcher.once("ready", () => resolve());
  });
  return { watcher, ready };
}

class Gathering {
  readonly #listener: WatchListener;
  readonly #paths = new Set<string>();
  #isFolderGone = false;
  #timer: NodeJS.Timeout | null = null;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(listener: WatchListener) {
    this.#listener = listener;
  }

  file(path: string): void {
    this.#paths.add(path);
    this.#gather();
  }

  folder(): void {
    this.#isFolderGone = true;
    this.#gather();
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #gather(): void {
    const waitMs = Math.max(0, this.#toldMs + GATHER_MS - performance.now());
    this.#timer ??= setTimeout(() => this.#tell(), waitMs);
  }

  #tell(): void {
    this.#timer = null;
    this.#toldMs = performance.now();
    const paths = [...this.#paths];
    const isFolderGone = this.#isFolderGone;
    this.#paths.clear();
    this.#isFolderGone = false;
    if (paths.length > 0) this.#listener.onChange(paths);
    if (isFolderGone) this.#listener.onFolderGone();
  }
}
