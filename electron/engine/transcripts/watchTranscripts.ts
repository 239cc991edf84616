/**
 * Tells which transcript files changed, by the paths that they are listed by. Owns the watching; knows nothing about what
 * is done with a change.
 * Invariants: the first change after a while is told at once; changes that follow it are told together, each path once.
 */
import { stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type FSWatcher, watch } from "chokidar";
import type { FoundFolder } from "./findTranscripts.ts";
import { type ChangeListener, Gathering } from "./gatherChanges.ts";
import { leadsToTranscripts } from "./transcriptPlace.ts";

export interface WatchListener extends ChangeListener {
  /** Not all that changes is told from here on. */
  readonly onError: (error: unknown) => void;
}

/** Looking at thousands of files takes a second; a folder on a dead network is never done, and must not hold up the others. */
const FOLLOW_PATIENCE_MS = 3000;

interface Watched {
  /** Device and inode. A watch sees nothing more of a folder that went, nor of one that came in its place. */
  readonly identity: string;
  readonly watcher: FSWatcher;
}

export class TranscriptWatch {
  readonly #listener: WatchListener;
  readonly #gathering: Gathering;
  readonly #watched = new Map<string, Watched>();
  #folders: readonly FoundFolder[] = [];
  #isClosed = false;

  constructor(listener: WatchListener) {
    this.#listener = listener;
    this.#gathering = new Gathering(listener);
  }

  /**
   * Watches these folders, those that are not there yet too, and no others. Resolves when what changes in them from then on
   * is told, or when a folder takes too long; with whether there is one that was not watched before.
   */
  async follow(folders: readonly FoundFolder[]): Promise<boolean> {
    const identities = await Promise.all(folders.map(({ real }) => soon(identityOf(real), null)));
    if (this.#isClosed) return false;
    this.#folders = folders;
    const wanted = new Map(folders.map((folder, index) => [folder.real, identities[index] ?? null]));
    for (const [real, { identity, watcher }] of this.#watched) {
      if (wanted.get(real) === identity) continue;
      this.#watched.delete(real);
      watcher.close().catch(this.#listener.onError);
    }
    const added = [...wanted].flatMap(([real, identity]) =>
      identity === null || this.#watched.has(real) ? [] : [this.#begin(real, identity)],
    );
    if (added.length === 0) return false;
    await soon(Promise.all(added), null);
    return true;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#gathering.end();
    await Promise.all([...this.#watched.values()].map(({ watcher }) => watcher.close()));
  }

  /** A watcher each: one that is given another folder later does not say when it follows that. */
  #begin(real: string, identity: string): Promise<void> {
    const watcher = watch(real, {
      ignoreInitial: true,
      // Where links lead is watched by itself: the same folder is then told of once, and none beyond what is read.
      followSymlinks: false,
      ignored: (path, stats) => {
        if (path.endsWith(".jsonl")) return false;
        return stats?.isFile() === true || !leadsToTranscripts(this.#listed(path).parts);
      },
    });
    this.#watched.set(real, { identity, watcher });
    for (const name of ["add", "change", "unlink"] as const) watcher.on(name, (path) => this.#tell(path));
    watcher.on("unlinkDir", () => this.#gathering.folder());
    watcher.on("error", this.#listener.onError);
    return new Promise((resolve) => {
      watcher.once("ready", () => resolve());
    });
  }

  #tell(path: string): void {
    if (!path.endsWith(".jsonl")) return this.#gathering.folder();
    this.#gathering.file(this.#listed(path).path);
  }

  /** By the innermost of the folders: one that a link leads to may lie in another. */
  #listed(path: string): Listed {
    let inner: FoundFolder | null = null;
    for (const folder of this.#folders) {
      const isIn = path === folder.real || path.startsWith(folder.real + sep);
      if (isIn && (inner === null || folder.real.length > inner.real.length)) inner = folder;
    }
    if (inner === null) return { path, parts: [] };
    const rest = relative(inner.real, path);
    return { path: join(inner.listed, rest), parts: rest === "" ? inner.parts : [...inner.parts, ...rest.split(sep)] };
  }
}

interface Listed {
  readonly path: string;
  readonly parts: readonly string[];
}

/** What is answered in time, or else this. */
function soon<Answer, Else>(answer: Promise<Answer>, otherwise: Else): Promise<Answer | Else> {
  return Promise.race([answer, wait(FOLLOW_PATIENCE_MS, otherwise, { ref: false })]);
}

/** Of a folder that is not there yet, but may come, nothing; null when not even the folder around it is there. */
async function identityOf(path: string): Promise<string | null> {
  const own = await identityOrNull(path);
  if (own !== null) return own;
  return (await identityOrNull(dirname(path))) === null ? null : "";
}

async function identityOrNull(path: string): Promise<string | null> {
  try {
    const { dev, ino } = await stat(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}
