/**
 * Owns which registry entries are believed: those whose process lives and started when the entry says.
 * Knows nothing about files. Invariant: an entry is believed only after its process was identified once.
 */
import type { RegistryEntry } from "./registryEntry.ts";
import type { StartClock } from "./startFits.ts";
import { startFits } from "./startFits.ts";

/** The start identities of those of the given processes that run; `readStartIdentities` of the CLI adapter. */
export type ReadStartIdentities = (pids: readonly number[]) => Promise<ReadonlyMap<number, string>>;

export interface Believing {
  readonly readStartIdentities: ReadStartIdentities;
  readonly clock: StartClock;
  /** Whether any process has the pid. */
  readonly isRunning: (pid: number) => boolean;
}

export class BelievedEntries {
  readonly #believing: Believing;
  /** By path: which entry was identified, and as which process. */
  readonly #identified = new Map<string, { readonly key: string; readonly startIdentity: string }>();

  constructor(believing: Believing) {
    this.#believing = believing;
  }

  /** Looks at processes not identified yet, or at `all` of them again. */
  async look(entries: ReadonlyMap<string, RegistryEntry>, which: "new" | "all"): Promise<void> {
    for (const path of this.#identified.keys()) if (!entries.has(path)) this.#identified.delete(path);
    const asked = [...entries].filter(([path, entry]) => which === "all" || !this.#knows(path, entry));
    if (asked.length === 0) return;
    const identities = await this.#believing.readStartIdentities([...new Set(asked.map(([, { pid }]) => pid))]);
    for (const [path, entry] of asked) this.#take(path, entry, identities.get(entry.pid) ?? null);
  }

  /** True when a process that was believed in has no pid any more: `look` at all then. */
  anyGone(entries: ReadonlyMap<string, RegistryEntry>): boolean {
    return [...entries].some(([path, entry]) => this.#knows(path, entry) && !this.#believing.isRunning(entry.pid));
  }

  believed(entries: ReadonlyMap<string, RegistryEntry>): readonly LiveEntry[] {
    return [...entries].flatMap(([path, entry]) => {
      const identified = this.#identified.get(path);
      return identified?.key === keyOf(entry) ? [{ ...entry, startIdentity: identified.startIdentity }] : [];
    });
  }

  #knows(path: string, entry: RegistryEntry): boolean {
    return this.#identified.get(path)?.key === keyOf(entry);
  }

  #take(path: string, entry: RegistryEntry, startIdentity: string | null): void {
    const { clock, isRunning } = this.#believing;
    // Where a probe is another program, it may fail under load: that alone does not end what was believed.
    const probeFailed = startIdentity === null && clock.platform !== "linux" && isRunning(entry.pid);
    if (probeFailed && this.#knows(path, entry)) return;
    if (startIdentity !== null && startFits(entry, startIdentity, clock)) {
      this.#identified.set(path, { key: keyOf(entry), startIdentity });
    } else {
      this.#identified.delete(path);
    }
  }
}

/** A registry entry of a process that runs, with the start identity it was found to have. */
export type LiveEntry = RegistryEntry & { readonly startIdentity: string };

function keyOf({ pid, procStart, startedAt }: RegistryEntry): string {
  return `${String(pid)} ${procStart ?? ""} ${String(startedAt)}`;
}
