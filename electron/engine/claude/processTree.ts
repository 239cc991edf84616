/** What runs under a process, so that it can be ended with it. */
import { readdir, readFile } from "node:fs/promises";
import psList from "ps-list";
import type { ProcessIdentity } from "./processIdentity.ts";
import { readStartIdentities } from "./processIdentity.ts";
import { parseProcStat } from "./procStat.ts";

/** A running process as far as its place in the tree goes. */
export interface ProcessPlace {
  readonly pid: number;
  readonly ppid: number;
  /** The pid of the process group's leader, which outlives the leader; null where it is not known. */
  readonly processGroup: number | null;
}

/**
 * The pids that belong to the given one: below it by parents, or in the process group that it leads. Pure; a cycle, as
 * a racy listing may show, ends the walk.
 */
export function pidsUnder(processes: readonly ProcessPlace[], rootPid: number): readonly number[] {
  const children = Map.groupBy(processes, ({ ppid }) => ppid);
  const group = processes.filter(({ processGroup }) => processGroup === rootPid);
  const found = new Set<number>();
  const queue = [rootPid, ...group.map(({ pid }) => pid)];
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    if (found.has(pid)) continue;
    found.add(pid);
    for (const child of children.get(pid) ?? []) queue.push(child.pid);
  }
  found.delete(rootPid);
  return [...found];
}

/**
 * Everything that the given processes started and that still runs, each with its start identity. A root that is gone
 * still names its group, but a pid that somebody else has by now names nothing.
 * Empty where processes cannot be listed (a container without `ps`): the roots can be ended even then.
 */
export async function findDescendants(roots: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const running = await readStartIdentities(roots.map(({ pid }) => pid));
  const ours = roots.filter(({ pid, startIdentity }) => (running.get(pid) ?? startIdentity) === startIdentity);
  const processes = await listProcesses();
  const pids = new Set(ours.flatMap(({ pid }) => pidsUnder(processes, pid)));
  pids.delete(process.pid);
  for (const { pid } of roots) pids.delete(pid);
  const identities = await readStartIdentities([...pids]);
  return [...identities].map(([pid, startIdentity]) => ({ pid, startIdentity }));
}

/** On Linux one pass over /proc, because it also tells groups and is done before a dying parent has let its children go. */
async function listProcesses(): Promise<readonly ProcessPlace[]> {
  if (process.platform === "linux") return listFromProc();
  const processes = await psList().catch(() => []);
  return processes.map(({ pid, ppid }) => ({ pid, ppid, processGroup: null }));
}

async function listFromProc(): Promise<readonly ProcessPlace[]> {
  const names = await readdir("/proc").catch(() => []);
  const places = names
    .filter((name) => /^\d+$/u.test(name))
    .map(async (name) => parseProcStat(await readFile(`/proc/${name}/stat`, "utf8").catch(() => "")));
  return (await Promise.all(places)).flatMap((place) => (place === null || place.isDead ? [] : [place]));
}
