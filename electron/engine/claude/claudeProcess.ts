/**
 * Owns one duplex child: its pipes, its control requests, its end.
 * Knows nothing about sessions, payloads, events or who decides on permissions.
 * Invariants: every complete line of stdout reaches `onMessage` once and in order, before `onExit`; a bad line, or a
 * consumer that throws on one, never ends the stream; stderr is always drained; every control request from the CLI
 * that is not a permission request is answered here at once; `onExit` is called exactly once.
 */
import type { JsonObject } from "../../../shared/model/json.ts";
import type { ClaudeMessage, ResultMessage, UnknownControlMessage } from "./claudeMessage.ts";
import type { ControlRequests } from "./controlRequests.ts";
import { createControlRequests } from "./controlRequests.ts";
import { encodeControlError, encodePermissionAnswer, encodeUserMessage } from "./encodeMessage.ts";
import type { PermissionAnswer, UserInput } from "./encodeMessage.ts";
import type { ExitReasonCode } from "./exitReason.ts";
import { explainExit } from "./exitReason.ts";
import { createInputPipe } from "./inputPipe.ts";
import type { InputPipe, WriteDone } from "./inputPipe.ts";
import type { ProcessIdentity } from "./processIdentity.ts";
import { findDescendants } from "./processTree.ts";
import { readStdout } from "./readStdout.ts";
import type { SpawnChildOptions, SpawnedChild } from "./spawnChild.ts";
import { spawnChild } from "./spawnChild.ts";
import type { StderrTail } from "./stderrTail.ts";
import { drainStderr } from "./stderrTail.ts";
import { DEFAULT_GRACE_MS, DEFAULT_TERM_MS, endProcessTrees } from "./stopProcess.ts";
import type { EndOfChild } from "./watchEnd.ts";
import { settledWithin, watchEnd } from "./watchEnd.ts";

/** The CLI answers control requests in milliseconds. */
const DEFAULT_REQUEST_TIMEOUT_MS = 10_000;

/** Ends a child should this host die without ending it; see `startReaper`. */
export interface ReaperWatch {
  readonly watch: (identity: ProcessIdentity) => void;
  readonly forget: (identity: ProcessIdentity) => void;
}

/**
 * `launchArguments` as `buildLaunchArguments` gives them, `env` as `childEnvironment` does: the whole environment of
 * the child, nothing is added to it.
 */
export interface ClaudeProcessOptions extends SpawnChildOptions {
  /** Called from the reading of stdout: must not block. Also gets the answers to our own control requests. */
  readonly onMessage: (message: ClaudeMessage) => void;
  /** Text from stderr as it comes, the first `MAX_PASSED_CHARS` of it. */
  readonly onStderr: (text: string) => void;
  /** Called once, after the last message; the process and its pipes are gone then. */
  readonly onExit: (exit: ProcessExit) => void;
  /** A callback threw; what it was called for is skipped. For the log. */
  readonly onProblem?: (problem: ProcessProblem) => void;
  readonly reaper?: ReaperWatch;
}

export interface ProcessProblem {
  readonly what: "message_skipped" | "stderr_skipped" | "exit_skipped";
  readonly error: unknown;
  /** The message that was skipped; null when it was none. */
  readonly message: ClaudeMessage | null;
}

export interface ProcessExit {
  readonly pid: number;
  /** True for a clean end: exit code 0, or one that was asked for. */
  readonly ok: boolean;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderrTail: string;
  readonly reasonCode: ExitReasonCode;
  /** What went wrong, in words a person can act on; null when nothing did. */
  readonly reason: string | null;
}

export interface StopOptions {
  /** From the end of stdin to SIGTERM, for the running turn to end. */
  readonly graceMs?: number;
  /** From SIGTERM to SIGKILL. */
  readonly termMs?: number;
}

export interface ClaudeProcess {
  readonly pid: number;
  /** What tells it from a later process with its pid; null when it was gone before that could be read. */
  readonly startIdentity: string | null;
  /** ISO 8601. */
  readonly startedAt: string;
  /** False from the moment the process has exited, which is before `onExit`. */
  readonly isAlive: boolean;
  /** `done` is called once, later: with null when the pipe has taken the line, else with `not_running` or `input_full`. */
  readonly sendUserMessage: (message: UserInput, done?: WriteDone) => void;
  /**
   * Sends a control request and waits for its answer.
   * @throws ClaudeProcessError `refused`, `timed_out`, `not_running` or `input_full`.
   */
  readonly request: (subtype: string, body: JsonObject, timeoutMs?: number) => Promise<JsonObject>;
  readonly answerPermission: (requestId: string, answer: PermissionAnswer, done?: WriteDone) => void;
  /** Null while it runs. */
  readonly exitStatus: () => ProcessExit | null;
  readonly waitForExit: () => Promise<ProcessExit>;
  /** No more input: the child finishes its work and ends. */
  readonly endInput: () => void;
  /**
   * Ends it for good, with everything it started: end of stdin, SIGTERM, SIGKILL. Resolves when nothing is left of it;
   * a second call waits for the first.
   */
  readonly stop: (options?: StopOptions) => Promise<ProcessExit>;
}

/**
 * Starts a child. The callbacks are not called before this resolves.
 * @throws ClaudeProcessError `start_failed`: no such file or directory, not executable, arguments too long.
 */
export async function startClaudeProcess(options: ClaudeProcessOptions): Promise<ClaudeProcess> {
  const child = await spawnChild(options);
  return new OwnedProcess(child, options);
}

class OwnedProcess implements ClaudeProcess {
  readonly #child: SpawnedChild;
  readonly #options: ClaudeProcessOptions;
  readonly #input: InputPipe;
  readonly #requests: ControlRequests;
  readonly #stderr: StderrTail;
  readonly #gone: Promise<ProcessExit>;
  #alive = true;
  #exit: ProcessExit | null = null;
  #endRequested = false;
  #stopping: Promise<ProcessExit> | null = null;
  /** What the last result said went wrong; empty when it was a success. */
  #lastErrors: readonly string[] = [];

  constructor(child: SpawnedChild, options: ClaudeProcessOptions) {
    this.#child = child;
    this.#options = options;
    this.#input = createInputPipe(child.stdin);
    this.#requests = createControlRequests(this.#input);
    this.#stderr = drainStderr(child.stderr, (text) =>
      this.#guard("stderr_skipped", null, () => options.onStderr(text)),
    );
    const stdout = readStdout(child.stdout, (message) => this.#receive(message));
    void child.exited.then(() => (this.#alive = false));
    const ended = watchEnd(child, { stdout, stderr: this.#stderr }, () => void this.#endTree([]));
    this.#gone = ended.then((end) => this.#finish(end));
    if (child.identity !== null) this.#watchOver(child.identity);
  }

  get pid(): number {
    return this.#child.pid;
  }

  get startIdentity(): string | null {
    return this.#child.identity?.startIdentity ?? null;
  }

  get startedAt(): string {
    return this.#child.startedAt;
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  sendUserMessage(message: UserInput, done: WriteDone = ignore): void {
    this.#input.write(encodeUserMessage(message), done);
  }

  request(subtype: string, body: JsonObject, timeoutMs = DEFAULT_REQUEST_TIMEOUT_MS): Promise<JsonObject> {
    return this.#requests.send(subtype, body, timeoutMs);
  }

  answerPermission(requestId: string, answer: PermissionAnswer, done: WriteDone = ignore): void {
    this.#input.write(encodePermissionAnswer(requestId, answer), done);
  }

  exitStatus(): ProcessExit | null {
    return this.#exit;
  }

  waitForExit(): Promise<ProcessExit> {
    return this.#gone;
  }

  endInput(): void {
    this.#endRequested = true;
    this.#input.end();
  }

  stop(options: StopOptions = {}): Promise<ProcessExit> {
    this.#stopping ??= this.#stop(options);
    return this.#stopping;
  }

  async #stop({ graceMs = DEFAULT_GRACE_MS, termMs }: StopOptions): Promise<ProcessExit> {
    // Listed before it ends, because what it leaves behind has another parent afterwards.
    const { identity } = this.#child;
    const descendants = identity === null ? [] : await findDescendants([identity]);
    this.endInput();
    await settledWithin(this.#child.exited, graceMs);
    await this.#endTree(descendants, termMs);
    return this.#gone;
  }

  async #endTree(knownDescendants: readonly ProcessIdentity[], termMs = DEFAULT_TERM_MS): Promise<void> {
    const { identity } = this.#child;
    if (identity !== null) await endProcessTrees([identity], { knownDescendants, termMs });
    // Our own child, not collected yet, so the pid is still its own even where identities cannot be read.
    else if (this.#alive) this.#child.kill("SIGKILL");
  }

  #watchOver(identity: ProcessIdentity): void {
    const { reaper } = this.#options;
    reaper?.watch(identity);
    void this.#leaveNothing().finally(() => reaper?.forget(identity));
  }

  /** After a crash, too, what it left in its process group ends with it. */
  async #leaveNothing(): Promise<void> {
    await this.#gone;
    if (this.#stopping === null) await this.#endTree([]);
    else await this.#stopping;
  }

  #receive(message: ClaudeMessage): void {
    if (message.kind === "control_response") this.#requests.settle(message);
    if (message.kind === "control_request/unknown") this.#refuse(message);
    if (message.kind === "result") this.#lastErrors = errorsOf(message);
    this.#guard("message_skipped", message, () => this.#options.onMessage(message));
  }

  /** What a consumer throws must not reach the pipe that it was called from: it would end the stream, or the host. */
  #guard(what: ProcessProblem["what"], message: ClaudeMessage | null, call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#options.onProblem?.({ what, error, message });
    }
  }

  #refuse({ requestId, subtype }: UnknownControlMessage): void {
    this.#input.write(encodeControlError(requestId, `This host does not know ${subtype} requests.`), ignore);
  }

  #finish(end: EndOfChild): ProcessExit {
    const { exitCode, signal } = end;
    const stderrTail = this.#stderr.read();
    const lastErrors = this.#lastErrors;
    const reason = explainExit({ ...end, stderrTail, lastErrors, stopRequested: this.#endRequested });
    const { code: reasonCode, message } = reason;
    const exit = { pid: this.pid, ok: message === null, exitCode, signal, stderrTail, reasonCode, reason: message };
    this.#exit = exit;
    this.#requests.failAll("The session's process has ended.");
    this.#guard("exit_skipped", null, () => this.#options.onExit(exit));
    return exit;
  }
}

function errorsOf({ isError, errors, text }: ResultMessage): readonly string[] {
  if (!isError) return [];
  return errors.length > 0 || text === null ? errors : [text];
}

function ignore(): void {
  // Who needs to know how a write ended passes a callback.
}
