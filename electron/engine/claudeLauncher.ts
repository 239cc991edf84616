/**
 * Owns how a claude process comes to be for this host: which CLI, in which environment, known to the reaper and to the
 * list that the next run of the host cleans up by.
 * Knows nothing about sessions beyond the id that a process belongs to.
 */
import { RequestError } from "../../shared/contract/errors.ts";
import type { ClaudeProblem, HostInfo } from "../../shared/model/host.ts";
import { childEnvironment } from "./claude/childEnvironment.ts";
import { type ClaudeProcess, startClaudeProcess } from "./claude/claudeProcess.ts";
import { ClaudeProcessError } from "./claude/claudeProcessError.ts";
import { buildLaunchArguments, type LaunchOptions } from "./claude/launchArguments.ts";
import { type LocatedClaude, locateClaude } from "./claude/locateClaude.ts";
import type { Reaper } from "./claude/reaper.ts";
import { endProcessTrees } from "./claude/stopProcess.ts";
import type { EngineLog } from "./engineLog.ts";
import type { Launched, ProcessListeners } from "./sessions/ownedSessions.ts";
import type { OwnedProcessRows } from "./storage/ownedProcessRows.ts";

export interface ClaudeLauncherOptions {
  /** The CLI that the person chose; looked for when undefined. */
  readonly claudePath: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly rows: OwnedProcessRows;
  readonly reaper: Reaper;
  readonly log: EngineLog;
}

export class ClaudeLauncher {
  readonly #options: ClaudeLauncherOptions;
  #located: LocatedClaude | null = null;

  constructor(options: ClaudeLauncherOptions) {
    this.#options = options;
  }

  /** Looks for the CLI. Called at start, and again for as long as there is none: it may have been installed since. */
  async locate(): Promise<LocatedClaude> {
    const { claudePath, environment } = this.#options;
    this.#located = await locateClaude({ explicitPath: claudePath, environment });
    return this.#located;
  }

  /** The CLI that new sessions run, or null. */
  get claude(): HostInfo["claude"] {
    return this.#located?.ok === true ? { path: this.#located.path, version: this.#located.version } : null;
  }

  /** Why there is none, or null. */
  get problem(): ClaudeProblem | null {
    return this.#located?.ok === false ? this.#located.problem : null;
  }

  /**
   * Spawns a claude process.
   * @throws RequestError `claude_unavailable` when there is no usable CLI, `claude_failed` when it cannot be spawned.
   */
  async launch(
    options: LaunchOptions & { readonly cwd: string },
    sessionId: string,
    listeners: ProcessListeners,
  ): Promise<Launched> {
    const located = this.#located?.ok === true ? this.#located : await this.locate();
    if (!located.ok) throw new RequestError("claude_unavailable", located.problem.message, located.problem);
    const { rows, reaper, log, environment } = this.#options;
    const process = await this.#spawn(() =>
      startClaudeProcess({
        command: located.command,
        launchArguments: buildLaunchArguments(options),
        cwd: options.cwd,
        env: childEnvironment(environment),
        reaper,
        onMessage: listeners.onMessage,
        onStderr: listeners.onStderr,
        onExit: (exit) => {
          rows.remove(exit.pid);
          listeners.onExit(exit);
        },
        onProblem: ({ what, error, message }) => {
          log.error(
            { err: error, what, sessionId, messageKind: message?.kind },
            "a message of a claude process was skipped",
          );
        },
      }),
    );
    // Without a start time the pid could be taken for a stranger's later: then the list is better without it.
    const { pid, startIdentity } = process;
    if (startIdentity !== null) rows.add({ pid, startIdentity, sessionId });
    return { process, cliVersion: located.version };
  }

  /** Ends what an earlier run of the host left running. */
  async endOrphans(): Promise<void> {
    const orphans = this.#options.rows.all();
    if (orphans.length === 0) return;
    this.#options.log.warn({ pids: orphans.map(({ pid }) => pid) }, "ending claude processes of an earlier run");
    await endProcessTrees(orphans);
    for (const { pid } of orphans) this.#options.rows.remove(pid);
  }

  async #spawn(start: () => Promise<ClaudeProcess>): Promise<ClaudeProcess> {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof ClaudeProcessError)) throw error;
      // The CLI may have been updated or removed under a running host: look for it again the next time.
      this.#located = null;
      throw new RequestError("claude_failed", error.message);
    }
  }
}
