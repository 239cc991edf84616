/** Details of processes from `ps` and `lsof` of macOS. The parsers are pure. */
import { splitCommandLine } from "../maskArguments.ts";
import type { ProcessDetails } from "./processDetails.ts";
import { runProbe } from "./runProbe.ts";

/** The command comes last, because it alone holds spaces without an end. */
const PS_COLUMNS = "pid=,ppid=,tty=,lstart=,rss=,pcpu=,args=";

export async function probeMacos(pids: readonly number[]): Promise<readonly ProcessDetails[]> {
  if (pids.length === 0) return [];
  const list = pids.join(",");
  const [ps, lsof] = await Promise.all([
    runProbe("ps", ["-ww", "-o", PS_COLUMNS, "-p", list]),
    // -a: only what meets all conditions; without it lsof lists the directories of every process.
    runProbe("lsof", ["-a", "-d", "cwd", "-Fpn", "-p", list]),
  ]);
  const directories = parseLsof(lsof);
  return parsePs(ps).map((details) => ({ ...details, cwd: directories.get(details.pid) ?? null }));
}

/** Reads `lsof -Fpn`: a line `p<pid>`, then for each of its files `f<what>` and `n<path>`. */
export function parseLsof(output: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let pid: number | null = null;
  for (const line of output.split("\n")) {
    if (/^p\d+$/u.test(line)) pid = Number(line.slice(1));
    if (line.startsWith("n/") && pid !== null) found.set(pid, line.slice(1));
  }
  return found;
}

const PS_LINE =
  /^\s*(?<pid>\d+)\s+(?<ppid>\d+)\s+(?<tty>\S+)\s+(?<start>\w{3} \w{3} +\d+ [\d:]{8} \d{4})\s+(?<rss>\d+)\s+(?<cpu>[\d.]+)\s+(?<args>.*)$/u;

/** Reads `ps -o pid=,ppid=,tty=,lstart=,rss=,pcpu=,args=`; memory is in KiB, the start in the local time zone. */
export function parsePs(output: string): readonly ProcessDetails[] {
  return output.split("\n").flatMap((line) => {
    const { pid, ppid, tty, start, rss, cpu, args } = PS_LINE.exec(line)?.groups ?? {};
    if (pid === undefined) return [];
    const startedAt = Date.parse(start ?? "");
    return [
      {
        pid: Number(pid),
        parentPid: Number(ppid),
        argv: args === undefined || args === "" ? null : splitCommandLine(args),
        cwd: null,
        tty: tty === undefined || /^\?+$/u.test(tty) ? null : tty,
        startedAt: Number.isNaN(startedAt) ? null : startedAt,
        memoryBytes: Number(rss) * 1_024,
        cpuTimeMs: null,
        cpuPercent: Number(cpu),
      },
    ];
  });
}
