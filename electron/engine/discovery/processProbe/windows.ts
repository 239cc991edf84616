/**
 * Details of processes from CIM of Windows. Neither a terminal nor a working directory is told there; the latter is in
 * the session's own records. The parser is pure.
 */
import { z } from "zod";
import { splitCommandLine } from "../maskArguments.ts";
import type { ProcessDetails } from "./processDetails.ts";
import { runProbe } from "./runProbe.ts";

/** Times of CIM are in units of 100 ns. */
const UNITS_PER_MS = 10_000;

const rowSchema = z.object({
  ProcessId: z.number().int(),
  ParentProcessId: z.number().int().nullish(),
  CommandLine: z.string().nullish(),
  ExecutablePath: z.string().nullish(),
  Started: z.string().nullish(),
  WorkingSetSize: z.number().nullish(),
  KernelModeTime: z.number().nullish(),
  UserModeTime: z.number().nullish(),
});

export async function probeWindows(pids: readonly number[]): Promise<readonly ProcessDetails[]> {
  if (pids.length === 0) return [];
  return parseCim(await runProbe("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", cimCommand(pids)]));
}

/** Pids are numbers, so nothing of the filter needs quoting. The date is formatted because versions do it differently. */
function cimCommand(pids: readonly number[]): string {
  const filter = pids.map((pid) => `ProcessId=${String(pid)}`).join(" or ");
  const started = "@{n='Started';e={$_.CreationDate.ToUniversalTime().ToString('o')}}";
  const columns = "ProcessId,ParentProcessId,CommandLine,ExecutablePath,WorkingSetSize,KernelModeTime,UserModeTime";
  return [
    "[Console]::OutputEncoding=[Text.Encoding]::UTF8",
    `Get-CimInstance Win32_Process -Filter '${filter}' | Select-Object ${columns},${started} | ConvertTo-Json -Compress`,
  ].join("; ");
}

/** Reads what `cimCommand` prints: a list, a single object when there is one, or nothing. */
export function parseCim(output: string): readonly ProcessDetails[] {
  let value: unknown;
  try {
    value = JSON.parse(output.replace(/^\uFEFF/u, ""));
  } catch {
    return [];
  }
  return (Array.isArray(value) ? value : [value]).flatMap((item) => {
    const row = rowSchema.safeParse(item);
    return row.success ? [detailsOf(row.data)] : [];
  });
}

function detailsOf(row: z.infer<typeof rowSchema>): ProcessDetails {
  const startedAt = Date.parse(row.Started ?? "");
  const hasTimes = typeof row.KernelModeTime === "number" && typeof row.UserModeTime === "number";
  return {
    pid: row.ProcessId,
    parentPid: row.ParentProcessId ?? null,
    argv: argvOf(row),
    cwd: null,
    tty: null,
    startedAt: Number.isNaN(startedAt) ? null : startedAt,
    memoryBytes: row.WorkingSetSize ?? null,
    cpuTimeMs: hasTimes ? ((row.KernelModeTime ?? 0) + (row.UserModeTime ?? 0)) / UNITS_PER_MS : null,
    cpuPercent: null,
  };
}

/** The command line of somebody else's process is not told, its program may be. */
function argvOf({ CommandLine: line, ExecutablePath: path }: z.infer<typeof rowSchema>): readonly string[] | null {
  if (typeof line === "string" && line.trim() !== "") return splitCommandLine(line);
  return typeof path === "string" && path !== "" ? [path] : null;
}
