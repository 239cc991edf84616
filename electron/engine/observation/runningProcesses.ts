/** Owns which running claude processes are children of this run. Knows nothing about sessions beyond their ids. */
import type { ProcessRow } from "../../../shared/model/process.ts";
import { readStartIdentities } from "../claude/processIdentity.ts";
import type { LiveEntry } from "../discovery/believedEntries.ts";
import { joinProcesses, type OwnedPid } from "../discovery/joinProcesses.ts";
import { createProcessList } from "../discovery/listProcesses.ts";

export interface RunningProcessesOptions {
  /** Children of this run and of earlier ones, as they are written down; those that ended are not. */
  readonly recorded: () => readonly OwnedPid[];
  /** The registry's entries that are believed. */
  readonly entries: () => readonly LiveEntry[];
}

export class RunningProcesses {
  readonly #options: RunningProcessesOptions;
  readonly #list = createProcessList({ readStartIdentities });
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
    return joinProcesses({ listed, registry, live, recorded, usableRoutes: new Set(["stdin"]) });
  };
}
