/**
 * What tells a process from a later one with the same pid: the moment it started, as the system writes it down.
 * Invariant: a start identity is opaque; it is only ever compared with another one of the same machine.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { parseProcStat } from "./procStat.ts";

export interface ProcessIdentity {
  readonly pid: number;
  readonly startIdentity: string;
}

/** `ps` and PowerShell answer in well under a second; a machine that does not is not going to. */
const PROBE_TIMEOUT_MS = 10_000;

/** One line for each pid asked for, in their own locale's date format unless told otherwise. */
const MAX_PROBE_OUTPUT_BYTES = 4 * 1024 * 1024;

/** The start identities of those of the given processes that run now; a zombie does not. */
export async function readStartIdentities(pids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (pids.length === 0) return new Map();
  if (process.platform === "linux") return readFromProc(pids);
  if (process.platform === "win32") return parseCimStartTimes(await probe("powershell.exe", cimArguments(pids)));
  return parsePsStartTimes(await probe("ps", ["-o", "pid=,stat=,lstart=", "-p", pids.join(",")]));
}

/** Null when the process does not run. */
export async function readStartIdentity(pid: number): Promise<string | null> {
  return (await readStartIdentities([pid])).get(pid) ?? null;
}

/** True while the very process that was identified runs, not merely one with its pid. */
export async function isSameProcess({ pid, startIdentity }: ProcessIdentity): Promise<boolean> {
  return (await readStartIdentity(pid)) === startIdentity;
}

async function readFromProc(pids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  await Promise.all(
    pids.map(async (pid) => {
      const stat = parseProcStat(await readFile(`/proc/${String(pid)}/stat`, "utf8").catch(() => ""));
      if (stat !== null && !stat.isDead) found.set(pid, stat.startTicks);
    }),
  );
  return found;
}

/** Reads `ps -o pid=,stat=,lstart=`, e.g. `  123 Ss   Fri Nov 20 21:13:00 2026`. */
export function parsePsStartTimes(output: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const line of output.split("\n")) {
    const match = /^\s*(\d+)\s+(\S+)\s+(\S.*?)\s*$/u.exec(line);
    const [, pid, state, started] = match ?? [];
    if (pid === undefined || state === undefined || started === undefined || state.startsWith("Z")) continue;
    found.set(Number(pid), started.replaceAll(/\s+/gu, " "));
  }
  return found;
}

/** Reads one `<pid> <ticks>` a line, as `cimArguments` has it printed. */
export function parseCimStartTimes(output: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const line of output.split(/\r?\n/u)) {
    const [, pid, ticks] = /^\s*(\d+)\s+(\d+)\s*$/u.exec(line) ?? [];
    if (pid !== undefined && ticks !== undefined) found.set(Number(pid), ticks);
  }
  return found;
}

/** Pids are numbers, so nothing of the filter needs quoting. */
function cimArguments(pids: readonly number[]): readonly string[] {
  const filter = pids.map((pid) => `ProcessId=${String(pid)}`).join(" or ");
  const print = '{ "$($_.ProcessId) $($_.CreationDate.Ticks)" }';
  const command = `Get-CimInstance Win32_Process -Filter '${filter}' | ForEach-Object ${print}`;
  return ["-NoProfile", "-NonInteractive", "-Command", command];
}

/** `ps` exits with 1 when none of the pids runs: its output counts, not its code. */
function probe(file: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: "C" };
  const options = { env, timeout: PROBE_TIMEOUT_MS, maxBuffer: MAX_PROBE_OUTPUT_BYTES, windowsHide: true } as const;
  return new Promise((resolve) => {
    execFile(file, args, options, (_error, stdout) => resolve(stdout));
  });
}
