/** Runs a program in the foreground: its signals, its exit. */
import { type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

/**
 * Resolves with the exit code to leave with once the child is gone. Signals sent to this process are passed on; on a
 * terminal the child got Ctrl+C itself, and a second one does no harm.
 */
export async function followChild(child: ChildProcess): Promise<number> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  const [exitCode, signal]: (number | NodeJS.Signals | null)[] = await once(child, "exit");
  if (typeof exitCode === "number") return exitCode;
  return typeof signal === "string" ? 128 + constants.signals[signal] : 1;
}
