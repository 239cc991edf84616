/**
 * Tells which transcript files changed. Owns the watching; knows nothing about what is done with a change.
 * Invariant: changes of one moment are told together, each path once.
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
  readonly close: () => Promise<void>;
}

/** Changes that come within this time are one. */
const GATHER_MS = 25;

/** Folders in a session's folder that hold files by the thousand, and no transcripts. */
const OTHER_FOLDERS = /[/\\](?:tool-results|memory|images)$/u;

/** Resolves when what changes from then on is told. */
export async function watchTranscripts(folders: readonly string[], listener: WatchListener): Promise<TranscriptWatch> {
  const gathered = new Set<string>();
  let isFolderGone = false;
  let timer: NodeJS.Timeout | null = null;
  function tell(): void {
    timer = null;
    const paths = [...gathered];
    gathered.clear();
    if (paths.length > 0) listener.onChange(paths);
    if (isFolderGone) listener.onFolderGone();
    isFolderGone = false;
  }
  function gather(): void {
    timer ??= setTimeout(tell, GATHER_MS);
  }
  const watcher = watch([...folders], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) => (stats?.isFile() === true && !path.endsWith(".jsonl")) || OTHER_FOLDERS.test(path),
  });
  for (const name of ["add", "change", "unlink"] as const) {
    watcher.on(name, (path) => {
      gathered.add(path);
      gather();
    });
  }
  watcher.on("unlinkDir", () => {
    isFolderGone = true;
    gather();
  });
  watcher.on("error", listener.onError);
  await new Promise<void>((resolve) => {
    watcher.once("ready", () => resolve());
  });
  return {
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      await watcher.close();
    },
  };
}
