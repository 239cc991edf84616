/**
 * Lists the running claude processes: ps-list for what runs, a probe of the platform for what ps-list does not tell.
 * Owns the last look at each process's processor time. Invariant: what is not known is null.
 */
import psList from "ps-list";
import { isClaudeProcess, mayBeClaude } from "./isClaudeProcess.ts";
import { listLinuxPids, probeLinux } from "./processProbe/linux.ts";
import { probeMacos } from "./processProbe/macos.ts";
import type { ProbeProcesses, ProcessDetails } from "./processProbe/processDetails.ts";
import { probeWindows } from "./processProbe/windows.ts";

/** One running claude process, its processor load worked out. */
export interface ListedProcess extends Omit<ProcessDetails, "cpuTimeMs"> {
  /** Tells it from a later process with its pid; null when it was gone before that could be read. */
  readonly startIdentity: string | null;
}

export interface ProcessListOptions {
  /** `readStartIdentities` of the CLI adapter. */
  readonly readStartIdentities: (pids: readonly number[]) => Promise<ReadonlyMap<number, string>>;
  /** The pids that are worth a closer look; what the system lists under a name like the CLI's when missing. */
  readonly candidates?: () => Promise<readonly number[]>;
  readonly now?: () => number;
}

export interface ProcessList {
  /** The claude processes that run, and those of `alsoPids` that do, whatever they are called. */
  readonly list: (alsoPids: readonly number[]) => Promise<readonly ListedProcess[]>;
}

export function createProcessList(options: ProcessListOptions): ProcessList {
  const { readStartIdentities, candidates: listCandidates = candidatePids, now = Date.now } = options;
  const cpuLoad = createCpuLoad();
  const probe = probeOf(process.platform);
  return {
    list: async (alsoPids) => {
      const known = new Set(alsoPids);
      const candidates = new Set([...known, ...(await listCandidates())]);
      candidates.delete(process.pid);
      const details = await probe([...candidates]);
      const found = details.filter(({ pid, argv }) => known.has(pid) || (argv !== null && isClaudeProcess(argv)));
      const identities = await readStartIdentities(found.map(({ pid }) => pid));
      const percents = cpuLoad(found, now());
      return found.map(({ pid, parentPid, argv, cwd, tty, startedAt, memoryBytes }, index) => ({
        pid,
        parentPid,
        argv,
        cwd,
        tty,
        startedAt,
        memoryBytes,
        cpuPercent: percents[index] ?? null,
        startIdentity: identities.get(pid) ?? null,
      }));
    },
  };
}

/** The pids that are worth a closer look. Where `ps` is missing, as in small containers, all of them on Linux. */
async function candidatePids(): Promise<readonly number[]> {
  try {
    const processes = await psList();
    return processes
      .filter(({ name, cmd }) => (cmd === undefined || cmd === "" ? mayBeClaude(name) : mayBeClaudeLine(name, cmd)))
      .map(({ pid }) => pid);
  } catch {
    return process.platform === "linux" ? listLinuxPids() : [];
  }
}

/** A name may be that of a version, a path may hold spaces: anything that mentions the CLI gets the closer look. */
function mayBeClaudeLine(name: string, commandLine: string): boolean {
  return mayBeClaude(name) || commandLine.includes("claude");
}

function probeOf(platform: NodeJS.Platform): ProbeProcesses {
  if (platform === "win32") return probeWindows;
  return platform === "linux" ? probeLinux : probeMacos;
}

type Sampled = Pick<ProcessDetails, "pid" | "startedAt" | "cpuTimeMs" | "cpuPercent">;

/**
 * Works out the load since the last look, or since the process started when there was none. Processes that are gone are
 * forgotten with the next look.
 */
export function createCpuLoad(): (processes: readonly Sampled[], at: number) => readonly (number | null)[] {
  let last = new Map<string, { readonly cpuTimeMs: number; readonly at: number }>();
  return (processes, at) => {
    const next: typeof last = new Map();
    const percents = processes.map(({ pid, startedAt, cpuTimeMs, cpuPercent }) => {
      if (cpuTimeMs === null) return cpuPercent;
      const key = `${String(pid)} ${String(startedAt)}`;
      const before = last.get(key) ?? (startedAt === null ? null : { cpuTimeMs: 0, at: startedAt });
      next.set(key, { cpuTimeMs, at });
      if (before === null || at <= before.at) return cpuPercent;
      return Math.round(Math.max(0, (1_000 * (cpuTimeMs - before.cpuTimeMs)) / (at - before.at))) / 10;
    });
    last = next;
    return percents;
  };
}
