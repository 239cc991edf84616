/**
 * Owns which sessions are open in claude processes that are in no registry, as those of older versions are: by the
 * session that a process was told to open, else by what is written in the directory it works in.
 * Knows nothing about how processes are listed. Invariant: a session that is known to be open otherwise is left out.
 */

/** A claude process of somebody else without a registry entry. */
export interface UnregisteredProcess {
  readonly pid: number;
  readonly startIdentity: string;
  /** Milliseconds since 1970; null where the system does not tell. */
  readonly startedAt: number | null;
  readonly cwd: string | null;
  /** The session that its arguments name, or null. */
  readonly sessionId: string | null;
}

/** A session with the process that has it open; `named` by its arguments, or else taken from the directory. */
export type FoundProcess = UnregisteredProcess & { readonly sessionId: string; readonly isNamed: boolean };

export interface UnregisteredSessionsOptions {
  readonly processes: () => Promise<readonly UnregisteredProcess[]>;
  /** The sessions of a directory, the last active ones first. */
  readonly sessionsIn: (directory: string) => readonly string[];
  /** When the session's transcript was last written, in milliseconds since 1970; null without one. */
  readonly writtenMs: (sessionId: string) => Promise<number | null>;
  /** Whether this host or a process in a registry has it open. */
  readonly isOpen: (sessionId: string) => boolean;
  readonly now?: () => number;
}

/** A process that was found by what it writes writes now and then, also while a tool runs for long. */
const FRESH_MS = 10 * 60_000;

/** The system tells the start of a process by a clock of whole seconds. */
const CLOCK_SLACK_MS = 1_000;

/** Sessions of one directory that are worth a look: what is written now is among the last active ones. */
const MAX_LOOKED_AT = 8;

export class UnregisteredSessions {
  readonly #options: Required<UnregisteredSessionsOptions>;
  /** When sessions were last known to be open otherwise: until then they were written by whoever had them open. */
  readonly #closedAt = new Map<string, number>();
  /** By process: the session that it was seen to write. */
  #seen = new Map<string, string>();

  constructor(options: UnregisteredSessionsOptions) {
    this.#options = { now: Date.now, ...options };
  }

  /** A process that is known ended, or went on with another session. */
  noteClosed(sessionId: string): void {
    this.#closedAt.set(sessionId, this.#options.now());
  }

  /**
   * Looks at all processes that have run for so long. `isWaiting` tells that some have not yet: they may still be about
   * to register.
   */
  async look(minAgeMs: number): Promise<{ readonly found: readonly FoundProcess[]; readonly isWaiting: boolean }> {
    const all = await this.#options.processes();
    const bornBefore = this.#options.now() - minAgeMs;
    const processes = all.filter(({ startedAt }) => startedAt === null || startedAt <= bornBefore);
    const named = await this.#named(processes);
    const taken = new Set(named.map(({ sessionId }) => sessionId));
    const unnamed = Map.groupBy(
      processes.filter(({ sessionId }) => sessionId === null),
      ({ cwd }) => cwd,
    );
    const seen = new Map<string, string>();
    const written: FoundProcess[] = [];
    for (const [directory, group] of unnamed) {
      if (directory === null) continue;
      for (const one of await this.#writtenIn(directory, group, taken)) {
        seen.set(keyOf(one), one.sessionId);
        written.push(one);
      }
    }
    this.#seen = seen;
    return { found: [...named, ...written], isWaiting: processes.length < all.length };
  }

  /** A session without a transcript here belongs to another configuration folder. */
  async #named(processes: readonly UnregisteredProcess[]): Promise<readonly FoundProcess[]> {
    const found: FoundProcess[] = [];
    for (const process of processes) {
      const { sessionId } = process;
      if (sessionId === null || this.#options.isOpen(sessionId)) continue;
      if ((await this.#options.writtenMs(sessionId)) === null) continue;
      found.push({ ...process, sessionId, isNamed: true });
    }
    return found;
  }

  /** So many processes write so many sessions: those of the directory that were written last, since the first started. */
  async #writtenIn(
    directory: string,
    processes: readonly UnregisteredProcess[],
    taken: ReadonlySet<string>,
  ): Promise<readonly FoundProcess[]> {
    const { sessionsIn, isOpen } = this.#options;
    const candidates = sessionsIn(directory).filter((sessionId) => !taken.has(sessionId) && !isOpen(sessionId));
    const times = await Promise.all(candidates.slice(0, MAX_LOOKED_AT).map((sessionId) => this.#timeOf(sessionId)));
    const sessions = times.filter((time) => time !== null).toSorted((one, other) => other.writtenMs - one.writtenMs);
    const found: FoundProcess[] = [];
    // Whoever was seen to write a session goes on with it, whatever the order of the processes.
    for (const process of processes.toSorted(
      (one, other) => Number(this.#hasSeen(other)) - Number(this.#hasSeen(one)),
    )) {
      const newest = sessions.slice(0, processes.length - found.length);
      const fitting = newest.filter((time) => this.#mayWrite(process, time));
      const seen = this.#seen.get(keyOf(process));
      const chosen = fitting.find(({ sessionId }) => sessionId === seen) ?? fitting[0];
      if (chosen === undefined) continue;
      sessions.splice(sessions.indexOf(chosen), 1);
      found.push({ ...process, sessionId: chosen.sessionId, isNamed: false });
    }
    return found;
  }

  #hasSeen(process: UnregisteredProcess): boolean {
    return this.#seen.has(keyOf(process));
  }

  #mayWrite(process: UnregisteredProcess, { sessionId, writtenMs }: WrittenSession): boolean {
    if (this.#seen.get(keyOf(process)) === sessionId) return true;
    if (writtenMs < (process.startedAt ?? 0) - CLOCK_SLACK_MS) return false;
    return this.#options.now() - writtenMs <= FRESH_MS && writtenMs > (this.#closedAt.get(sessionId) ?? 0);
  }

  async #timeOf(sessionId: string): Promise<WrittenSession | null> {
    const writtenMs = await this.#options.writtenMs(sessionId);
    return writtenMs === null ? null : { sessionId, writtenMs };
  }
}

interface WrittenSession {
  readonly sessionId: string;
  readonly writtenMs: number;
}

function keyOf({ pid, startIdentity }: UnregisteredProcess): string {
  return `${String(pid)} ${startIdentity}`;
}
