/**
 * Ends children whose host died without ending them: a separate process that holds the other end of a pipe. When the
 * pipe ends, whatever the reason, SIGKILL included, it ends what it still watches.
 * Owns that process and restarts it when it dies. Invariant: what is watched is told to each new one in full.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { parse } from "node:path";
import type { ReaperWatch } from "./claudeProcess.ts";
import type { ProcessIdentity } from "./processIdentity.ts";
import { forgetLine, watchLine } from "./reaperLines.ts";
import { scriptBeside } from "../scriptBeside.ts";

/** One that dies this often will go on dying; the host then does without it. */
const MAX_RESTARTS = 3;

export interface ReaperOptions {
  /** The entry script; the one beside this file when missing. */
  readonly scriptPath?: string;
  /** It could not be started, or died too often: children may survive a killed host. For the log. */
  readonly onProblem?: (error: Error) => void;
}

export interface Reaper extends ReaperWatch {
  /** Its process's id, null while none runs: before the first watch, and after the end. */
  readonly pid: () => number | null;
  /** Lets it go. What is still watched then is ended. Resolves when its process is gone. */
  readonly dispose: () => Promise<void>;
}

/** Starts nothing yet: the process comes with the first child to watch. */
export function startReaper(options: ReaperOptions = {}): Reaper {
  const watched = new Map<number, ProcessIdentity>();
  let running: ChildProcess | null = null;
  let restarts = 0;
  let disposed = false;

  function start(): ChildProcess {
    const started = spawnReaper(options.scriptPath ?? scriptBeside(import.meta.url, "reaperMain"));
    running = started;
    started.once("error", (error) => options.onProblem?.(error));
    started.once("exit", () => restart(started));
    for (const identity of watched.values()) tell(started, watchLine(identity));
    return started;
  }

  function restart(ended: ChildProcess): void {
    if (running === ended) running = null;
    if (disposed || watched.size === 0) return;
    restarts += 1;
    if (restarts <= MAX_RESTARTS) start();
    else options.onProblem?.(new Error("The reaper died too often and is not started again."));
  }

  return {
    watch: (identity) => {
      if (disposed) return;
      watched.set(identity.pid, identity);
      if (running !== null) tell(running, watchLine(identity));
      else if (restarts <= MAX_RESTARTS) start();
    },
    forget: (identity) => {
      if (!watched.delete(identity.pid) || running === null) return;
      tell(running, forgetLine(identity));
    },
    pid: () => running?.pid ?? null,
    dispose: async () => {
      disposed = true;
      const last = running;
      if (last === null || last.pid === undefined || last.exitCode !== null) return;
      last.ref();
      const exited = once(last, "exit");
      last.stdin?.end();
      await exited;
    },
  };
}

/** In a session of its own, so that neither a Ctrl-C nor a closed terminal reaches it; it never keeps the host alive. */
function spawnReaper(scriptPath: string): ChildProcess {
  const child = spawn(process.execPath, [scriptPath], {
    // Not in a directory that somebody may want to remove or unmount.
    cwd: parse(process.cwd()).root,
    detached: true,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  child.stdin.on("error", () => undefined);
  child.unref();
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return child;
}

function tell(reaper: ChildProcess, line: string): void {
  if (reaper.stdin?.writable === true) reaper.stdin.write(line);
}
