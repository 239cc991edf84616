/**
 * Follows the registries of all config roots and tells which sessions are live, as the CLI itself says.
 * Owns the watch and its timers. Knows nothing about transcripts.
 * Invariants: nothing in a registry is changed; looks come one after the other; after `close` nothing is told.
 */
import { realpath } from "node:fs/promises";
import { uptime } from "node:os";
import type { LiveEntry, ReadStartIdentities } from "./believedEntries.ts";
import { BelievedEntries } from "./believedEntries.ts";
import { DirectoryWatches } from "./directoryWatches.ts";
import { isRegistryFile, listRegistryFiles, readRegistryFile, registryDirectory } from "./readRegistry.ts";
import type { RegistryEntry } from "./registryEntry.ts";

/** A file of a registry that could not be understood, or a directory that could not be watched. */
export interface RegistryProblem {
  readonly path: string;
  readonly reason: string;
}

export interface RegistryWatchOptions {
  /** The config directories, e.g. `~/.claude`; they need not exist yet. */
  readonly roots: readonly string[];
  readonly readStartIdentities: ReadStartIdentities;
  /** All live entries, after each change. */
  readonly onChange: (entries: readonly LiveEntry[]) => void;
  /** Told once for each path and reason. */
  readonly onProblem: (problem: RegistryProblem) => void;
}

export interface RegistryWatch {
  readonly current: () => readonly LiveEntry[];
  /** Reads everything again now. */
  readonly rescan: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Changes of one burst are read together; far below the 300 ms in which a change is to be seen. */
const COALESCE_MS = 20;

/** A file caught while it is written is whole by then; one that is not is broken. */
const BROKEN_AFTER_MS = 500;

/** A process that was killed leaves its file: it is missed within two seconds. A first session makes its directory. */
const LIVENESS_MS = 1_000;

/** A timer may fire a little early by another clock. */
const TIMER_SLACK_MS = 10;

/** For what the system does not tell, as on network mounts. */
const RESCAN_MS = 30_000;

/** Problems remembered so as to be told once; a broken registry has a handful. */
const MAX_TOLD_PROBLEMS = 1_000;

/** Resolves when every root was read once and is watched. */
export async function watchRegistry(options: RegistryWatchOptions): Promise<RegistryWatch> {
  const registry = new SessionRegistry(options, await distinct(options.roots));
  await registry.start();
  return {
    current: () => registry.current,
    rescan: () => registry.rescan(),
    close: () => registry.close(),
  };
}

class SessionRegistry {
  readonly #options: RegistryWatchOptions;
  readonly #directories: readonly string[];
  readonly #watches: DirectoryWatches;
  readonly #believed: BelievedEntries;
  readonly #entries = new Map<string, RegistryEntry>();
  readonly #dirty = new Set<string>();
  /** Since when a file cannot be understood, by `performance.now()`. */
  readonly #brokenSince = new Map<string, number>();
  readonly #told = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #readTimer: NodeJS.Timeout | null = null;
  #last: Promise<void> = Promise.resolve();
  #current: readonly LiveEntry[] = [];
  #isChecking = false;
  #closed = false;

  constructor(options: RegistryWatchOptions, directories: readonly string[]) {
    this.#options = options;
    this.#directories = directories;
    this.#watches = new DirectoryWatches({
      directories,
      isWanted: isRegistryFile,
      onFile: (path) => this.#readSoon(path),
      onProblem: (path, error) => this.#tell({ path, reason: reasonOf(error) }),
    });
    this.#believed = new BelievedEntries({
      readStartIdentities: options.readStartIdentities,
      clock: { platform: process.platform, bootedAt: Date.now() - uptime() * 1_000 },
      isRunning,
    });
  }

  get current(): readonly LiveEntry[] {
    return this.#current;
  }

  async start(): Promise<void> {
    await this.#next(async () => void (await this.#watches.renew()));
    await this.rescan();
    this.#every(LIVENESS_MS, () => this.#checkLiveness());
    this.#every(RESCAN_MS, () => void this.rescan());
  }

  rescan(): Promise<void> {
    return this.#next(() => this.#readAll());
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#readTimer !== null) clearTimeout(this.#readTimer);
    await this.#last;
    await this.#watches.close();
  }

  async #readAll(): Promise<void> {
    const paths = (await Promise.all(this.#directories.map(listRegistryFiles))).flat();
    for (const path of this.#entries.keys()) if (!paths.includes(path)) this.#entries.delete(path);
    await Promise.all(paths.map((path) => this.#read(path)));
    await this.#believed.look(this.#entries, "all");
  }

  #readSoon(path: string): void {
    this.#dirty.add(path);
    if (this.#closed || this.#readTimer !== null) return;
    this.#readTimer = setTimeout(() => {
      this.#readTimer = null;
      void this.#next(() => this.#readDirty());
    }, COALESCE_MS);
  }

  async #readDirty(): Promise<void> {
    const paths = [...this.#dirty];
    this.#dirty.clear();
    await Promise.all(paths.map((path) => this.#read(path)));
    await this.#believed.look(this.#entries, "new");
  }

  async #read(path: string): Promise<void> {
    const reading = await readRegistryFile(path);
    if (reading?.ok === false) {
      this.#takeBroken(path, reading.reason);
      return;
    }
    this.#brokenSince.delete(path);
    if (reading === null) this.#entries.delete(path);
    else this.#entries.set(path, reading.entry);
  }

  /** Perhaps only caught while it was written: what it said before holds until then. */
  #takeBroken(path: string, reason: string): void {
    const since = this.#brokenSince.get(path);
    if (since === undefined) {
      this.#brokenSince.set(path, performance.now());
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.#readSoon(path);
      }, BROKEN_AFTER_MS);
      this.#timers.add(timer);
    } else if (performance.now() - since >= BROKEN_AFTER_MS - TIMER_SLACK_MS) {
      this.#entries.delete(path);
      this.#tell({ path, reason });
    }
  }

  #checkLiveness(): void {
    // A slow system gets its next look when the last one has begun, not a queue of them.
    if (this.#isChecking) return;
    this.#isChecking = true;
    void this.#next(async () => {
      this.#isChecking = false;
      if (await this.#watches.renew()) return this.#readAll();
      // On Linux a look at all costs one small read a process, and sees zombies too; elsewhere it starts a program.
      const isCheap = process.platform === "linux" && this.#entries.size > 0;
      if (isCheap || this.#believed.anyGone(this.#entries)) await this.#believed.look(this.#entries, "all");
    });
  }

  /** One look after the other; each ends by telling what it changed. */
  #next(look: () => Promise<void>): Promise<void> {
    const run = async (): Promise<void> => {
      if (this.#closed) return;
      await look().catch((error: unknown) =>
        this.#tell({ path: this.#directories.join(", "), reason: reasonOf(error) }),
      );
      this.#publish();
    };
    this.#last = this.#last.then(run);
    return this.#last;
  }

  #publish(): void {
    const live = this.#believed.believed(this.#entries).toSorted((one, other) => one.pid - other.pid);
    if (this.#closed || JSON.stringify(live) === JSON.stringify(this.#current)) return;
    this.#current = live;
    this.#options.onChange(live);
  }

  #tell(problem: RegistryProblem): void {
    const key = `${problem.path}\n${problem.reason}`;
    if (this.#closed || this.#told.has(key) || this.#told.size >= MAX_TOLD_PROBLEMS) return;
    this.#told.add(key);
    this.#options.onProblem(problem);
  }

  #every(milliseconds: number, act: () => void): void {
    const timer = setInterval(act, milliseconds);
    timer.unref();
    this.#timers.add(timer);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The registries of the roots, each once, however many names (symbolic links) lead to it. */
async function distinct(roots: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
  return [...new Set(real)].map(registryDirectory);
}
