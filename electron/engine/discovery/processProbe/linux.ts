/** Details of processes from /proc, see proc(5). The parsers are pure. */
import { readdir, readFile, readlink } from "node:fs/promises";
import type { ProcessDetails } from "./processDetails.ts";

/** USER_HZ: what the kernel counts times in, on every platform that Node runs on. */
const MS_PER_TICK = 10;

export async function probeLinux(pids: readonly number[]): Promise<readonly ProcessDetails[]> {
  const bootedAt = parseBootTime(await readText("/proc/stat"));
  const found = await Promise.all(pids.map((pid) => probeOne(pid, bootedAt)));
  return found.filter((details) => details !== null);
}

/** Every process that runs, for systems without `ps`. */
export async function listLinuxPids(): Promise<readonly number[]> {
  const names = await readdir("/proc").catch(() => []);
  return names.filter((name) => /^\d+$/u.test(name)).map(Number);
}

/** The program first; null when they cannot be read. */
export async function readArguments(pid: number): Promise<readonly string[] | null> {
  return parseCommandLine(await readText(`/proc/${String(pid)}/cmdline`));
}

async function probeOne(pid: number, bootedAt: number | null): Promise<ProcessDetails | null> {
  const at = `/proc/${String(pid)}`;
  const [statText, statusText, commandLine, cwd] = await Promise.all([
    readText(`${at}/stat`),
    readText(`${at}/status`),
    readText(`${at}/cmdline`),
    readlink(`${at}/cwd`).catch(() => null),
  ]);
  const stat = parseStat(statText);
  if (stat === null || stat.isDead) return null;
  return {
    pid,
    parentPid: stat.parentPid,
    argv: parseCommandLine(commandLine),
    // A directory that was removed under the process.
    cwd: cwd?.replace(/ \(deleted\)$/u, "") ?? null,
    tty: stat.tty,
    startedAt: bootedAt === null ? null : bootedAt + stat.startTicks * MS_PER_TICK,
    memoryBytes: parseResidentBytes(statusText),
    cpuTimeMs: stat.cpuTicks * MS_PER_TICK,
    cpuPercent: null,
  };
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

export interface StatFields {
  readonly isDead: boolean;
  readonly parentPid: number;
  readonly tty: string | null;
  readonly cpuTicks: number;
  readonly startTicks: number;
}

/** Reads `/proc/<pid>/stat`. Fields count from behind the name, which may itself hold spaces and parentheses. */
export function parseStat(text: string): StatFields | null {
  const nameEnd = text.lastIndexOf(")");
  if (nameEnd === -1) return null;
  const [state = "", ...fields] = text
    .slice(nameEnd + 1)
    .trim()
    .split(/\s+/u);
  // Fields 4, 7, 14, 15 and 22 of proc(5).
  const [parentPid, terminal, userTicks, systemTicks, startTicks] = [0, 3, 10, 11, 18].map((at) => Number(fields[at]));
  if (parentPid === undefined || terminal === undefined || userTicks === undefined) return null;
  if (systemTicks === undefined || startTicks === undefined || Number.isNaN(startTicks)) return null;
  return {
    isDead: /^[ZXx]$/u.test(state),
    parentPid,
    tty: terminalName(terminal),
    cpuTicks: userTicks + systemTicks,
    startTicks,
  };
}

/** Names a terminal by its device number; major numbers 136 to 143 are pseudo terminals, 4 is the console. */
function terminalName(device: number): string | null {
  if (device === 0) return null;
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `pts/${String((major - 136) * 256 + minor)}`;
  if (major === 4) return minor < 64 ? `tty${String(minor)}` : `ttyS${String(minor - 64)}`;
  return `${String(major)}:${String(minor)}`;
}

/** Arguments end with a null character each; a process may have overwritten them with one text. */
export function parseCommandLine(text: string): readonly string[] | null {
  const whole = text.endsWith("\0") ? text.slice(0, -1) : text;
  return whole === "" ? null : whole.split("\0");
}

/** Reads `VmRSS` of `/proc/<pid>/status`, which is in KiB whatever the size of a page. */
export function parseResidentBytes(status: string): number | null {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1_024;
}

/** Reads `btime` of `/proc/stat`: when the machine started, here in milliseconds since 1970. */
export function parseBootTime(stat: string): number | null {
  const seconds = /^btime (\d+)$/mu.exec(stat)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}
