/**
 * Tells which transcript files changed. Owns the watching; knows nothing about what is done with a change.
 * Invariants: the first change after a while is told at once; changes that follow it are told together, each path once.
 */
import { watch } from "chokidar";

export interface WatchListener {
  /** Files that were made, appended to, replaced or deleted. */
  readonly onChange: (paths: readonly string[]) => void;
  /** A folder was deleted or moved: what was in it is told by nobody. */
  readonly onFolderGone: () => void;
  readonly onError: (error: unknown) => void;
}

export interface TranscriptWatch {
  /** Watches these folders from now on, those that are not there yet too, and no others. */
  readonly follow: (folders: readonly string[]) => void;
  readonly close: () => Promise<void>;
}

/** Between two tellings: a burst is one, and none of it is seen late. */
const GATHER_MS = 25;

/** Folders in a session's folder that hold files by the thousand, and no transcripts. */
const OTHER_FOLDERS = /[/\\](?:tool-results|memory|images)$/u;

/** Resolves when what changes from then on is told. */
export async function watchTranscripts(folders: readonly string[], listener: WatchListener): Promise<TranscriptWatch> {
  const gathering = new Gathering(listener);
  let followed: readonly string[] = folders;
  const watcher = watch([...folders], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) => (stats?.isFile() === true && !path.endsWith(".jsonl")) || OTHER_FOLDERS.test(path),
  });
  for (const name of ["add", "change", "unlink"] as const) watcher.on(name, (path) => gathering.file(path));
  watcher.on("unlinkDir", () => gathering.folder());
  watcher.on("error", listener.onError);
  await new Promise<void>((resolve) => {
    watcher.once("ready", () => resolve());
  });
  return {
    follow: (next) => {
      watcher.unwatch(followed.filter((folder) => !next.includes(folder)));
      watcher.add(next.filter((folder) => !followed.includes(folder)));
      followed = next;
    },
    close: async () => {
      gathering.end();
      await watcher.close();
    },
  };
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
