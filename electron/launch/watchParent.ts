/**
 * Ends this process when the one that started it is gone. npm hands a signal to the shell it runs a script in, and the
 * shell dies of it without telling its child; and a killed npm tells nobody. The host would go on unseen.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Short enough that ending npm looks like ending the host. A check is two small reads. */
const CHECK_EVERY_MS = 250;

const SHELLS: ReadonlySet<string> = new Set(["sh", "dash", "bash", "zsh", "ash", "ksh"]);

/**
 * Calls back once when the parent is gone, or the parent's parent where the parent is only the shell that npm put in
 * between. Does not keep the process alive.
 */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const { name, parent: starter } = readProcess(parent);
  const hasShellBetween = process.env["npm_lifecycle_event"] !== undefined && SHELLS.has(name);
  const isGone = (): boolean =>
    process.ppid !== parent || !isAlive(parent) || (hasShellBetween && starter !== null && isOrphan(parent, starter));
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    onGone();
  }, CHECK_EVERY_MS);
  timer.unref();
}

/**
 * Ends this process as a signal would when it was started by an npm script, or by one of the scripts here, and that one
 * is gone. A host started directly stays when its terminal goes, as its owner would expect of `nohup`.
 */
export function endWithNpm(): void {
  const { npm_lifecycle_event: script, SWITCHBOARD_EXIT_WITH_PARENT: asked } = process.env;
  if (script !== undefined || asked === "1") watchParent(() => process.kill(process.pid, "SIGTERM"));
}

interface ProcessEntry {
  readonly name: string;
  readonly parent: number | null;
}

const unknownProcess: ProcessEntry = { name: "", parent: null };

/** What the system tells of a process; unknown where it tells nothing (Windows, where npm's shell ends with npm). */
function readProcess(pid: number): ProcessEntry {
  try {
    if (process.platform === "linux") return parseProcStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
    if (process.platform === "win32") return unknownProcess;
    return parsePsLine(execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return unknownProcess;
  }
}

/** `pid (name) state ppid …`; the name may itself hold brackets and blanks. */
export function parseProcStat(stat: string): ProcessEntry {
  const nameEnd = stat.lastIndexOf(")");
  const [, parent] = stat.slice(nameEnd + 2).split(" ");
  return { name: stat.slice(stat.indexOf("(") + 1, nameEnd), parent: toPid(parent) };
}

/** `  ppid /path/name`, with a leading `-` in the name of a login shell. */
export function parsePsLine(line: string): ProcessEntry {
  const [, parent, command = ""] = /^\s*(\d+)\s+(.*?)\s*$/u.exec(line) ?? [];
  return { name: command.replace(/^.*\//u, "").replace(/^-/u, ""), parent: toPid(parent) };
}

function toPid(text: string | undefined): number | null {
  const pid = Number(text);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
}

/** A process whose parent died gets another one. Asking the system by a program each time would cost too much. */
function isOrphan(pid: number, parent: number): boolean {
  return process.platform === "linux" ? readProcess(pid).parent !== parent : !isAlive(parent);
}

/** On Windows a child keeps its dead parent's id, so the id alone tells nothing there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
