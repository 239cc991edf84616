/**
 * Finds the claude processes among all that run, for little: a process's arguments are read while it is new, and now and
 * then those of all. Linux only.
 */
import { isClaudeProcess } from "./isClaudeProcess.ts";
import { listLinuxPids, readArguments } from "./processProbe/linux.ts";

/** A shell begins a program in its own place: a process is looked at so many times before it is taken for what it is. */
const LOOKS_AT_NEW = 3;

/** Every so many looks all are looked at again: a program may begin another one in its place at any time. */
const LOOKS_UNTIL_ALL = 30;

export interface ClaudePidsOptions {
  readonly listPids: () => Promise<readonly number[]>;
  readonly readArguments: (pid: number) => Promise<readonly string[] | null>;
}

/** Each call is one look; answers the pids of claude processes. */
export function createClaudePids(
  options: ClaudePidsOptions = { listPids: listLinuxPids, readArguments },
): () => Promise<readonly number[]> {
  const known = new Map<number, { readonly isClaude: boolean; readonly looks: number }>();
  let looks = 0;
  const lookAt = async (pid: number): Promise<void> => {
    const before = known.get(pid)?.looks ?? 0;
    const argv = await options.readArguments(pid);
    known.set(pid, { isClaude: argv !== null && isClaudeProcess(argv), looks: before + 1 });
  };
  return async () => {
    const pids = await options.listPids();
    const running = new Set(pids);
    for (const pid of known.keys()) if (!running.has(pid)) known.delete(pid);
    const isAll = looks % LOOKS_UNTIL_ALL === 0;
    looks += 1;
    const asked = pids.filter((pid) => isAll || (known.get(pid)?.looks ?? 0) < LOOKS_AT_NEW);
    await Promise.all(asked.map(lookAt));
    return pids.filter((pid) => known.get(pid)?.isClaude === true);
  };
}
