/** Starts one child with three pipes, at the head of a process group of its own. */
import type { Readable, Writable } from "node:stream";
import { execa } from "execa";
import { ClaudeProcessError } from "./claudeProcessError.ts";
import type { ProcessIdentity } from "./processIdentity.ts";
import { readStartIdentity } from "./processIdentity.ts";

/** What to run: `args` stand before those of the session, as for `node fakeClaude.mjs`. */
export interface ClaudeCommand {
  readonly file: string;
  readonly args?: readonly string[];
}

export interface SpawnChildOptions {
  readonly command: ClaudeCommand;
  readonly launchArguments: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How the system says a process ended. */
export interface RawExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface SpawnedChild {
  readonly pid: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Null when it was gone before its start could be read. */
  readonly identity: ProcessIdentity | null;
  readonly stdin: Writable;
  /** Paused until somebody reads. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the process exits; its pipes may hold more then. */
  readonly exited: Promise<RawExit>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** @throws ClaudeProcessError `start_failed`. */
export async function spawnChild(options: SpawnChildOptions): Promise<SpawnedChild> {
  const subprocess = spawnWithPipes(options);
  // Not read yet, and not to be thrown away either, which execa does with a pipe that nobody claims.
  subprocess.stdout.pause();
  subprocess.stderr.pause();
  const { pid } = subprocess;
  if (pid === undefined) throw startFailed(options, (await subprocess).cause);
  const exited = new Promise<RawExit>((resolve) => {
    subprocess.nodeChildProcess.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const startedAt = new Date().toISOString();
  return {
    pid,
    startedAt,
    // The child is on its way meanwhile, so this costs a start nothing.
    identity: await identify(pid),
    stdin: subprocess.stdin,
    stdout: subprocess.stdout,
    stderr: subprocess.stderr,
    exited,
    kill: (signal) => void subprocess.kill(signal),
  };
}

function spawnWithPipes(options: SpawnChildOptions) {
  const { command, launchArguments, cwd, env } = options;
  try {
    return execa(command.file, [...(command.args ?? []), ...launchArguments], {
      cwd,
      env,
      extendEnv: false,
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
      buffer: false,
      reject: false,
      // Its own group: a Ctrl-C meant for the host must not reach it, and all of it can be found when it has to end.
      detached: process.platform !== "win32",
      cleanup: false,
    });
  } catch (error) {
    // Values that no system takes, as an argument with a null character.
    throw startFailed(options, error);
  }
}

async function identify(pid: number): Promise<ProcessIdentity | null> {
  const startIdentity = await readStartIdentity(pid);
  return startIdentity === null ? null : { pid, startIdentity };
}

function startFailed({ command, cwd }: SpawnChildOptions, cause: unknown): ClaudeProcessError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ClaudeProcessError("start_failed", `Could not start ${command.file} in ${cwd}: ${reason}`, { cause });
}
