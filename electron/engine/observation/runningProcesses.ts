/** Owns which running claude processes are children of this run. Knows nothing about sessions beyond their ids. */
import type { ProcessRow } from "../../../shared/model/process.ts";
import { readStartIdentities } from "../claude/processIdentity.ts";
import type { LiveEntry } from "../discovery/believedEntries.ts";
import { createClaudePids } from "../discovery/claudePids.ts";
import { joinProcesses, type OwnedPid } from "../discovery/joinProcesses.ts";
import { createProcessList } from "../discovery/listProcesses.ts";
import { sessionOfArguments } from "../discovery/sessionOfArguments.ts";
import type { UnregisteredProcess } from "./unregisteredSessions.ts";

export interface RunningProcessesOptions {
  /** Children of this run and of earlier ones, as they are written down; those that ended are not. */
  readonly recorded: () => readonly OwnedPid[];
  /** The registry's entries that are believed. */
  readonly entries: () => readonly LiveEntry[];
  /** Processes without an entry, with the sessions that they were found to have open. */
  readonly found: () => readonly OwnedPid[];
}

/** Whether a look at all processes starts no program. */
export const isLookCheap = process.platform === "linux";

export class RunningProcesses {
  readonly #options: RunningProcessesOptions;
  readonly #list = createProcessList({ readStartIdentities });
  /** Of its own, since the processor time is worked out between two looks of one list. */
  readonly #quickList = createProcessList({
    readStartIdentities,
    ...(isLookCheap ? { candidates: createClaudePids() } : {}),
  });
  readonly #children = new Set<number>();

  constructor(options: RunningProcessesOptions) {
    this.#options = options;
  }

  /** Takes in a child that was just spawned; answers what tells it from a later process with its pid, where known. */
  noteChild(pid: number): string | null {
    const recorded = this.#options.recorded();
    const running = new Set(recorded.map((row) => row.pid));
    for (const child of this.#children) if (!running.has(child)) this.#children.delete(child);
    this.#children.add(pid);
    return recorded.find((row) => row.pid === pid)?.startIdentity ?? null;
  }

  readonly list = async (): Promise<readonly ProcessRow[]> => {
    const recorded = this.#options.recorded();
    const live = recorded.filter(({ pid }) => this.#children.has(pid));
    const registry = this.#options.entries();
    const listed = await this.#list.list([...registry, ...recorded].map(({ pid }) => pid));
    const found = this.#options.found();
    return joinProcesses({ listed, registry, live, recorded, found, usableRoutes: new Set(["stdin"]) });
  };

  /** The claude processes that are neither children of this run nor in a registry. */
  readonly unregistered = async (): Promise<readonly UnregisteredProcess[]> => {
    const listed = await this.#quickList.list([]);
    const children = this.#options.recorded().filter(({ pid }) => this.#children.has(pid));
    const known = [...children, ...this.#options.entries()];
    return listed.flatMap(({ pid, startIdentity, startedAt, cwd, argv }) => {
      if (startIdentity === null || argv === null) return [];
      const isKnown = known.some((one) => one.pid === pid && (one.startIdentity ?? startIdentity) === startIdentity);
      return isKnown ? [] : [{ pid, startIdentity, startedAt, cwd, sessionId: sessionOfArguments(argv) }];
    });
  };
}
