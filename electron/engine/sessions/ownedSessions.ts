/**
 * Owns all sessions that run as children of this host: starting, resuming and forking them, their number, their end.
 * Knows nothing about clients, pipes or SQL.
 * Invariants: never more than `maxSessions` children; a session is announced only once its process answers, so a start
 * that fails leaves nothing behind; every child is known to the reaper while it lives.
 */
import { randomUUID } from "node:crypto";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestParams } from "../../../shared/contract/requests.ts";
import type { EventData, EventDraft, SessionEvent } from "../../../shared/model/event.ts";
import type { SessionOrigin, SessionSummary } from "../../../shared/model/session.ts";
import type { ClaudeProcess, ProcessExit } from "../claude/claudeProcess.ts";
import { ClaudeProcessError } from "../claude/claudeProcessError.ts";
import type { LaunchOptions } from "../claude/launchArguments.ts";
import type { PermissionRegistry } from "../permissions/permissionRegistry.ts";
import { readGitBranch } from "./gitBranch.ts";
import { type Greeting, readGreeting } from "./greeting.ts";
import { OwnedSession } from "./ownedSession.ts";
import { renderPayload } from "../../../shared/payloads/renderPayload.ts";
import { HeldReports } from "./heldReports.ts";
import type { NewPayload, PayloadTracker } from "./payloadTracker.ts";
import type { SessionDirectory } from "./sessionDirectory.ts";
import type { SessionLabels } from "./sessionLabels.ts";
import { startDirectory } from "./startDirectory.ts";
import { resumeFailure, startFailure } from "./startFailure.ts";
import { firstLine, UNTITLED } from "./titleOf.ts";
import type { TurnGate } from "./turnGate.ts";
import { usableDirectory } from "./usableDirectory.ts";
import { userMessageOf } from "./userMessageOf.ts";

/** A cold start takes under a second; a machine that swaps may take much longer. */
const READY_TIMEOUT_MS = 60_000;

/** What a started process reports to. */
export interface ProcessListeners {
  readonly onMessage: OwnedSession["handleMessage"];
  readonly onStderr: OwnedSession["handleStderr"];
  readonly onExit: (exit: ProcessExit) => void;
}

/** How a process is started, and where. */
export type StartOptions = LaunchOptions & { readonly cwd: string };

/** A process that was just spawned, and the version of the CLI it runs. */
export interface Launched {
  readonly process: ClaudeProcess;
  readonly cliVersion: string | null;
}

export interface OwnedSessionsOptions {
  readonly maxSessions: number;
  readonly directory: SessionDirectory;
  readonly payloads: PayloadTracker;
  readonly permissions: PermissionRegistry;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
  /**
   * Spawns a claude process.
   * @throws RequestError `claude_unavailable` when there is no usable CLI.
   */
  readonly launch: (options: StartOptions, sessionId: string, listeners: ProcessListeners) => Promise<Launched>;
  /**
   * Looks at a session that is to be resumed or forked: what of its past only its transcript has.
   * @throws RequestError `session_open_elsewhere` while another process has it open.
   */
  readonly beforeTakeOver: (sessionId: string, isFork: boolean) => Promise<TakenHistory>;
  readonly gate: Pick<TurnGate, "checkStart">;
  readonly labels: Pick<SessionLabels, "of" | "set">;
  /** The folders where the CLI may keep plans, best first. */
  readonly planFolders: () => readonly string[];
}

type TakenHistory = EventData<"session.created">["history"];

type Greeted = Launched & { readonly greeting: Greeting; readonly reports: HeldReports };

/** A payload that has its id before it is accepted, because it is written first. */
export type IdentifiedPayload = NewPayload & { readonly payloadId: string };

/** Makes the payload that a session begins with, once its session's id is known. */
export type FirstPayload = (sessionId: string) => IdentifiedPayload;

type StartParams = RequestParams<"sessions.start">;

export class OwnedSessions {
  readonly #options: OwnedSessionsOptions;
  readonly #live = new Map<string, OwnedSession>();
  readonly #starting = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: OwnedSessionsOptions) {
    this.#options = options;
  }

  /** @throws RequestError `not_found` for an unknown session, `session_not_live` for one without a process of ours. */
  require(sessionId: string): OwnedSession {
    this.#options.directory.require(sessionId);
    const session = this.#live.get(sessionId);
    if (session !== undefined) return session;
    throw new RequestError("session_not_live", "This session has no running process. Resume it first.");
  }

  /** The sessions that run now; those that are just starting too. */
  liveIds(): readonly string[] {
    return [...this.#live.keys()];
  }

  /** Lets the session that an event belongs to take it into account. */
  observe(event: SessionEvent): void {
    this.#live.get(event.sessionId)?.observe(event);
  }

  /**
   * Starts, resumes or forks a session; resolves when its process answers. `firstPayload` is written before
   * the process is greeted, so that its turn waits for nothing of ours.
   * @throws RequestError `bad_request`, `directory_unusable`, `session_id_in_use`, `too_many_sessions`,
   *   `claude_unavailable`, `not_found` (nothing to resume), `claude_failed`.
   */
  start(params: StartParams, firstPayload: FirstPayload | null): Promise<SessionSummary> {
    const started = this.#start(params, firstPayload);
    this.#starting.add(started);
    const forget = (): void => void this.#starting.delete(started);
    started.then(forget, forget);
    return started;
  }

  /** Ends all children, those that are just starting too; resolves when none is left. */
  async closeAll(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#starting);
    await Promise.allSettled([...this.#live.values()].map((session) => session.close()));
  }

  async #start(params: StartParams, firstPayload: FirstPayload | null): Promise<SessionSummary> {
    const { sessionId, origin } = this.#identify(params);
    const { resume, fork = false } = params;
    const history = resume === undefined ? null : await this.#options.beforeTakeOver(resume, fork);
    const cwd = await startDirectory(
      params.cwd,
      resume === undefined ? undefined : this.#options.directory.get(resume),
    );
    const additionalDirectories = await Promise.all((params.additionalDirectories ?? []).map(usableDirectory));
    await this.#options.gate.checkStart({ sessionId, projectPath: cwd, hasPrompt: firstPayload !== null });
    this.#reserve(sessionId);
    const session = this.#openSession(sessionId, cwd, origin);
    this.#live.set(sessionId, session);
    try {
      const first = firstPayload?.(sessionId) ?? null;
      const options = { ...params, cwd, sessionId, additionalDirectories };
      const [launched, gitBranch] = await Promise.all([this.#launch(session, options, first), readGitBranch(cwd)]);
      const created = { ...createdData(params, cwd, origin), gitBranch, history };
      this.#options.emit(sessionId, { type: "session.created", data: created });
      this.#label(sessionId, params, origin);
      session.attach(launched.process, launched.cliVersion);
      session.markReady(launched.greeting);
      if (first !== null) this.#options.payloads.accept(first);
      launched.reports.letGo();
    } catch (error) {
      this.#live.delete(sessionId);
      throw origin === "resumed" && this.#options.directory.get(sessionId) !== undefined ? resumeFailure(error) : error;
    }
    if (origin !== "new") await this.#readCostBaseline(session);
    return this.#options.directory.require(sessionId);
  }

  #identify(params: StartParams): { readonly sessionId: string; readonly origin: SessionOrigin } {
    const { resume, fork, sessionId } = params;
    if (resume === undefined) {
      if (fork === true) throw new RequestError("bad_request", "`fork` needs `resume`: the session to copy.");
      if (sessionId !== undefined && this.#options.directory.get(sessionId) !== undefined) throw inUse(sessionId);
      return { sessionId: sessionId ?? randomUUID(), origin: "new" };
    }
    if (fork === true) return { sessionId: sessionId ?? randomUUID(), origin: "forked" };
    if (sessionId !== undefined && sessionId !== resume) {
      throw new RequestError("bad_request", "A resumed session keeps its id. Leave `sessionId` out, or set `fork`.");
    }
    return { sessionId: resume, origin: "resumed" };
  }

  /** A fork goes on with what its parent was for, unless it is said to be for something else. */
  #label(sessionId: string, { label, resume = "" }: StartParams, origin: SessionOrigin): void {
    const { labels } = this.#options;
    const chosen = label ?? (origin === "forked" ? labels.of(resume) : null);
    if (chosen !== null) labels.set(sessionId, chosen === "" ? null : chosen);
  }

  #reserve(sessionId: string): void {
    if (this.#closed) throw shuttingDown();
    if (this.#live.has(sessionId)) throw inUse(sessionId);
    const { maxSessions } = this.#options;
    if (this.#live.size < maxSessions) return;
    throw new RequestError(
      "too_many_sessions",
      `${maxSessions} sessions run already, which is the limit. Close one, or raise --max-sessions.`,
    );
  }

  #openSession(sessionId: string, projectPath: string, origin: SessionOrigin): OwnedSession {
    const { payloads, permissions } = this.#options;
    return new OwnedSession({
      sessionId,
      projectPath,
      payloads,
      permissions,
      emit: (draft) => this.#options.emit(sessionId, draft),
      costBefore: origin === "new" ? 0 : null,
      onGone: () => this.#live.delete(sessionId),
      planFolders: this.#options.planFolders,
    });
  }

  /** Spawns the process and waits for its first answer or its end. */
  async #launch(
    session: OwnedSession,
    options: StartOptions & { readonly sessionId: string },
    first: IdentifiedPayload | null,
  ): Promise<Greeted> {
    const reports = new HeldReports();
    const { promise: gone, resolve: setGone } = Promise.withResolvers<ProcessExit>();
    const launched = await this.#options.launch(options, options.sessionId, {
      onMessage: (message) => reports.take(() => session.handleMessage(message)),
      onStderr: (text) => reports.take(() => session.handleStderr(text)),
      onExit: (exit) => {
        setGone(exit);
        reports.take(() => session.handleExit(exit));
      },
    });
    if (first !== null) {
      launched.process.sendUserMessage(userMessageOf(first, renderPayload(first)), (error) =>
        reports.take(() => session.noteWritten(first.payloadId, error)),
      );
    }
    const greeting = launched.process.request("initialize", {}, READY_TIMEOUT_MS).catch((error: unknown) => {
      // A version that does not know `initialize` says so with an error response: it is alive all the same.
      if (error instanceof ClaudeProcessError && error.code === "refused") return {};
      return null;
    });
    const answer = await Promise.race([greeting, gone.then(() => null)]);
    if (answer !== null && !this.#closed && !reports.overflowed) {
      return { ...launched, greeting: readGreeting(answer), reports };
    }
    await launched.process.stop();
    throw this.#closed ? shuttingDown() : startFailure(await gone, options.sessionId);
  }

  /** What the session had cost before: the CLI's totals go on from there, they are no cost of this process. */
  async #readCostBaseline(session: OwnedSession): Promise<void> {
    try {
      const usage = await session.ask("get_usage");
      const total = costIn(usage);
      if (total !== null) session.setCostBaseline(total);
    } catch {
      // Without a baseline the first turn's own cost is unknown, and is shown as unknown.
    }
  }
}

function createdData(params: StartParams, cwd: string, origin: SessionOrigin) {
  return {
    projectPath: cwd,
    title: params.name ?? firstLine(params.prompt ?? "") ?? UNTITLED,
    origin,
    parentSessionId: origin === "forked" ? (params.resume ?? null) : null,
    model: params.model ?? null,
    permissionMode: params.permissionMode ?? null,
  };
}

function shuttingDown(): RequestError {
  return new RequestError("shutting_down", "The host is shutting down. Start the session again once it is back.");
}

function inUse(sessionId: string): RequestError {
  return new RequestError("session_id_in_use", `The session id ${sessionId} is in use. Choose another, or resume it.`);
}

/** The session's total in a `get_usage` answer (measured on 2.1.329: `session.total_cost_usd`). */
function costIn(usage: Readonly<Record<string, unknown>>): number | null {
  const session = usage["session"];
  const inside =
    typeof session === "object" && session !== null && "total_cost_usd" in session
      ? session.total_cost_usd
      : usage["total_cost_usd"];
  return typeof inside === "number" ? inside : null;
}
