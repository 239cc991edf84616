/**
 * Owns one running session: its claude process, the mapping of what that says, its payloads on their way and its open
 * permission requests.
 * Knows nothing about other sessions, clients, pipes or SQL.
 * Invariants: everything the process says becomes events in the order it was said; nothing here waits for a person;
 * when the process is gone, its payloads and permission requests have ended before `process.exited` is told.
 */
import { RequestError } from "../../../shared/contract/errors.ts";
import type { EventDraft } from "../../../shared/model/event.ts";
import { isJsonObject, type JsonObject } from "../../../shared/model/json.ts";
import type { Payload } from "../../../shared/model/payload.ts";
import { renderPayload } from "../../../shared/payloads/renderPayload.ts";
import type { ClaudeMessage, PermissionAskMessage } from "../claude/claudeMessage.ts";
import type { ClaudeProcess, ProcessExit } from "../claude/claudeProcess.ts";
import { planFileName } from "../claude/planFile.ts";
import type { PermissionRegistry } from "../permissions/permissionRegistry.ts";
import { type ActivityState, activityOf, initialActivityState, reduceActivity } from "./activity.ts";
import type { Greeting } from "./greeting.ts";
import { initialMappingState, type MappingState } from "./mapping/mappingState.ts";
import { mapMessage } from "./mapping/mapMessage.ts";
import { receiptsOf } from "./mapping/receiptsOf.ts";
import type { PayloadTracker } from "./payloadTracker.ts";
import { readPlan } from "./readPlan.ts";
import { toPermissionAsk } from "./toPermissionAsk.ts";
import { userMessageOf } from "./userMessageOf.ts";

/** The CLI answers control requests in milliseconds; past this it is not going to. */
const CONTROL_TIMEOUT_MS = 10_000;

/** An interrupt may have to wait for a tool to be torn down. */
const INTERRUPT_TIMEOUT_MS = 30_000;

const NOT_LOGGED_IN =
  "Claude Code is not logged in. Run `claude` in a terminal, use /login there, then resume this session.";

export interface OwnedSessionOptions {
  readonly sessionId: string;
  readonly projectPath: string;
  readonly payloads: PayloadTracker;
  readonly permissions: PermissionRegistry;
  readonly emit: (draft: EventDraft) => void;
  /** What the session had cost before this process; 0 for a new one, null while unknown. */
  readonly costBefore: number | null;
  /** The folders where the CLI may keep plans, best first. */
  readonly planFolders: () => readonly string[];
  /** Told once, after everything about the process has been told as events. */
  readonly onGone: () => void;
}

export class OwnedSession {
  readonly #options: OwnedSessionOptions;
  #process: ClaudeProcess | null = null;
  #mapping: MappingState;
  #activity: ActivityState = initialActivityState;
  #toldActivity = "";
  #closing = false;
  /** Open permission requests of this process: the CLI's request id and ours. */
  readonly #asks = new Map<string, string>();
  /** The name of the plan's file that was written last. */
  #planFile: string | null = null;

  constructor(options: OwnedSessionOptions) {
    this.#options = options;
    this.#mapping = initialMappingState(options.costBefore);
  }

  get isTurnRunning(): boolean {
    return this.#activity.turnRunning;
  }

  /** The model will be asked again in this turn: it waits for what a tool answers. */
  get isToolRunning(): boolean {
    return this.#activity.turnRunning && this.#activity.tools.size > 0;
  }

  /** Takes the process over once it has answered, before anything it said is let through to here. */
  attach(process: ClaudeProcess, cliVersion: string | null): void {
    this.#process = process;
    const { pid, startedAt } = process;
    this.#tell({ type: "process.started", data: { pid, startedAt, cliVersion } });
  }

  /** The process has answered its first control request: it is ready to be told something. */
  markReady({ permissionMode, loggedIn }: Greeting): void {
    if (this.#activity.end !== null) return;
    if (permissionMode !== null && permissionMode !== this.#mapping.permissionMode) {
      this.#mapping = { ...this.#mapping, permissionMode };
      this.#tell({ type: "session.modeChanged", data: { permissionMode } });
    }
    if (!loggedIn)
      this.#tell({ type: "notice.reported", data: { text: NOT_LOGGED_IN, level: "error", speaker: "switchboard" } });
    this.#activity = { ...this.#activity, ready: true };
    this.#tellActivity();
  }

  /** One message from the process's stdout. */
  handleMessage(message: ClaudeMessage): void {
    const { payloads, sessionId } = this.#options;
    const mapped = mapMessage(this.#mapping, message, { isPayload: (uuid) => payloads.get(uuid) !== null, sessionId });
    this.#mapping = mapped.state;
    for (const event of mapped.events) this.#tell(event);
    for (const { payloadId, state, reason } of receiptsOf(message)) payloads.advance(payloadId, state, reason);
    if (message.kind === "control_request/can_use_tool") this.#ask(message);
    if (message.kind === "control_cancel_request") this.#withdraw(message.requestId);
  }

  /** Text from the process's stderr. */
  handleStderr(text: string): void {
    this.#tell({ type: "stderr.written", data: { text } });
  }

  /** The process is gone; told once. */
  handleExit(exit: ProcessExit): void {
    const { sessionId, payloads, permissions, onGone } = this.#options;
    const expected = this.#closing || exit.ok;
    const reason = expected ? null : exit.reason;
    permissions.expireSession(sessionId, reason ?? "The session was closed.");
    this.#asks.clear();
    payloads.failSession(sessionId, reason ?? "The session was closed before this was answered.");
    const { pid, exitCode, signal, stderrTail } = exit;
    this.#tell({ type: "process.exited", data: { pid, exitCode, signal, expected, reason, stderrTail } });
    onGone();
  }

  /** Sends an accepted payload. Receipts follow as the process reports them. */
  deliver(payload: Payload): void {
    const process = this.#process;
    if (process === null || !process.isAlive) {
      this.#options.payloads.advance(payload.payloadId, "failed", "The session's process is not running.");
      return;
    }
    process.sendUserMessage(userMessageOf(payload, renderPayload(payload)), (error) =>
      this.noteWritten(payload.payloadId, error),
    );
    if (payload.delivery === "now" && this.#activity.turnRunning) this.#cutShort(process);
  }

  /** The receipt follows the write, so that "written" never claims what a dead pipe swallowed. */
  noteWritten(payloadId: string, error: Error | null): void {
    const { payloads } = this.#options;
    if (error === null) payloads.advance(payloadId, "written");
    else payloads.advance(payloadId, "failed", `It could not be written: ${error.message}`);
  }

  /**
   * Ends the running turn so that what is queued is delivered. Measured on 2.1.329: with `send_now` a session that has
   * just become idle takes it for nothing, so a turn that ends in this moment costs the payload nothing.
   */
  #cutShort(process: ClaudeProcess): void {
    process.request("interrupt", { send_now: true }, INTERRUPT_TIMEOUT_MS).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      const text = `The running turn could not be cut short: ${reason} The payload follows when it ends.`;
      this.#tell({ type: "notice.reported", data: { text, level: "warning", speaker: "switchboard" } });
    });
  }

  /**
   * Takes a queued payload back.
   * @throws RequestError `payload_not_cancellable` when the model has it already.
   */
  async cancel(payloadId: string): Promise<void> {
    const response = await this.#request("cancel_async_message", { message_uuid: payloadId });
    if (response["cancelled"] === true) {
      this.#options.payloads.advance(payloadId, "cancelled", "Taken back before it was delivered.");
      return;
    }
    throw new RequestError(
      "payload_not_cancellable",
      "The session has read this already. Send another payload to correct it.",
    );
  }

  /** Stops the running turn. Resolves when the CLI has acknowledged it, with the payloads that are still queued. */
  async interrupt(): Promise<{ readonly interrupted: boolean; readonly stillQueued: readonly string[] }> {
    const interrupted = this.#activity.turnRunning || this.#activity.permissions.length > 0;
    const response = await this.#request("interrupt", {}, INTERRUPT_TIMEOUT_MS);
    const queued = Array.isArray(response["still_queued"]) ? response["still_queued"] : [];
    const stillQueued = queued.flatMap((entry) => {
      if (typeof entry === "string") return [entry];
      return isJsonObject(entry) && typeof entry["uuid"] === "string" ? [entry["uuid"]] : [];
    });
    return { interrupted, stillQueued };
  }

  async setMode(mode: string): Promise<void> {
    await this.#request("set_permission_mode", { mode });
    if (mode === this.#mapping.permissionMode) return;
    this.#mapping = { ...this.#mapping, permissionMode: mode };
    this.#tell({ type: "session.modeChanged", data: { permissionMode: mode } });
  }

  async setModel(model: string): Promise<void> {
    await this.#request("set_model", { model });
    if (model === this.#mapping.model) return;
    this.#mapping = { ...this.#mapping, model };
    this.#tell({ type: "session.modelChanged", data: { model } });
  }

  /** Gives the session a title, in the CLI too where it can take one. */
  async rename(title: string): Promise<void> {
    this.#mapping = { ...this.#mapping, title };
    this.#tell({ type: "session.renamed", data: { title, source: "person" } });
    try {
      await this.#request("rename_session", { title });
    } catch (error) {
      // Older versions cannot rename; the title holds here all the same.
      if (!(error instanceof RequestError)) throw error;
    }
  }

  /** Asks the CLI a question that changes nothing. */
  ask(subtype: string): Promise<JsonObject> {
    return this.#request(subtype, {});
  }

  /** Sets what the session had cost before this process, once the CLI has told it. */
  setCostBaseline(totalCostUsd: number): void {
    if (this.#mapping.totalCostUsd === null) this.#mapping = { ...this.#mapping, totalCostUsd };
  }

  /** Ends the process for good and waits until it is gone. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#process?.stop();
  }

  async #request(subtype: string, body: JsonObject, timeoutMs = CONTROL_TIMEOUT_MS): Promise<JsonObject> {
    const process = this.#process;
    if (process === null || !process.isAlive) {
      throw new RequestError("session_not_live", "This session has no running process. Resume it first.");
    }
    try {
      return await process.request(subtype, body, timeoutMs);
    } catch (error) {
      throw requestFailure(subtype, error);
    }
  }

  /** Parks a permission request. Reading goes on; the answer is written whenever somebody decides. */
  #ask(message: PermissionAskMessage): void {
    const { sessionId, projectPath, permissions, planFolders } = this.#options;
    const plan = readPlan(message, { folders: planFolders(), written: this.#planFile });
    const ask = toPermissionAsk(message, { sessionId, projectPath, plan });
    const permission = permissions.register(ask, (answer) => {
      this.#asks.delete(message.requestId);
      this.#process?.answerPermission(message.requestId, answer);
    });
    this.#asks.set(message.requestId, permission.permissionId);
  }

  #withdraw(requestId: string): void {
    const permissionId = this.#asks.get(requestId);
    if (permissionId === undefined) return;
    this.#asks.delete(requestId);
    this.#options.permissions.withdraw(permissionId, "The session took it back: its turn was interrupted.");
  }

  #tell(event: EventDraft): void {
    this.#options.emit(event);
    if (event.type === "tool.called") {
      const path = event.data.input["file_path"];
      this.#planFile = (typeof path === "string" ? planFileName(path) : null) ?? this.#planFile;
    }
    if (event.type === "tool.finished") {
      this.#options.permissions.toolFinished(event.data.toolUseId, event.data.isError);
    }
  }

  /** Takes an event of this session into account, whoever told it, and tells the activity when it changed. */
  observe(event: EventDraft): void {
    const before = this.#activity;
    this.#activity = reduceActivity(before, event);
    if (this.#activity !== before) this.#tellActivity();
  }

  #tellActivity(): void {
    const activity = activityOf(this.#activity);
    const signature = JSON.stringify(activity);
    if (signature === this.#toldActivity) return;
    this.#toldActivity = signature;
    this.#options.emit({ type: "session.activityChanged", data: { activity } });
  }
}

function requestFailure(subtype: string, error: unknown): RequestError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RequestError("claude_failed", `Claude Code did not carry out “${subtype}”: ${reason}`);
}
