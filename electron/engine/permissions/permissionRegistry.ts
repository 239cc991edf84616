/**
 * Owns permission requests from the moment they are asked until they have ended, and the record of every decision.
 * Knows nothing about processes, pipes or SQL: it is handed a way to answer, a store and a way to announce.
 * Invariants: a request is registered and stored (or held, while nothing can be stored) before it is announced; it ends exactly once (allowed, denied,
 * withdrawn, expired); the first decision wins; a question or a plan is only ever answered by a person.
 */
import { createHash, randomUUID } from "node:crypto";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestParams } from "../../../shared/contract/requests.ts";
import type { EventDraft } from "../../../shared/model/event.ts";
import type { JsonObject } from "../../../shared/model/json.ts";
import type { Permission, PermissionDecision } from "../../../shared/model/permission.ts";
import { rememberedUpdates } from "./rememberedUpdates.ts";
import { toSuggestion } from "./suggestionWords.ts";
import { checkUpdatedInput } from "./toolInputShape.ts";

/** What a session asks, before it has an id and a status. */
export interface PermissionAsk extends Pick<
  Permission,
  | "sessionId"
  | "projectPath"
  | "origin"
  | "toolName"
  | "displayName"
  | "toolUseId"
  | "input"
  | "description"
  | "decisionReason"
  | "decisionReasonType"
  | "blockedPath"
  | "requiresUserInteraction"
  | "defaultToNo"
  | "mayRemember"
  | "plan"
> {
  /** The CLI's suggested permission updates, as they came. */
  readonly suggestedUpdates: readonly JsonObject[];
}

/** What the tool is told. An allow always carries the input, edited or not. */
export type PermissionAnswer =
  | {
      readonly behavior: "allow";
      readonly updatedInput: JsonObject;
      readonly updatedPermissions: readonly JsonObject[];
    }
  | { readonly behavior: "deny"; readonly message: string; readonly interrupt: boolean };

export interface PermissionStore {
  readonly add: (permission: Permission) => void;
  readonly save: (permission: Permission) => void;
  readonly get: (permissionId: string) => Permission | null;
}

export interface PermissionRegistryOptions {
  readonly store: PermissionStore;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
  readonly now: () => Date;
}

interface Parked {
  readonly permission: Permission;
  readonly answer: (answer: PermissionAnswer) => void;
}

/** What the model reads when a person denies without saying why; a deny without a message is invalid for the CLI. */
const DEFAULT_DENIAL =
  "The person who oversees this session denied this. Do not try it again in another way; ask what to do instead.";

export class PermissionRegistry {
  readonly #options: PermissionRegistryOptions;
  readonly #parked = new Map<string, Parked>();
  /** Allowed tool calls whose result is still to come, by tool use id. */
  readonly #awaitingOutcome = new Map<string, Permission>();

  constructor(options: PermissionRegistryOptions) {
    this.#options = options;
  }

  /** Requests that wait for a person, oldest first. */
  pending(): readonly Permission[] {
    return [...this.#parked.values()].map(({ permission }) => permission);
  }

  /** Takes a request in. `answer` is called once, when somebody decides; never when it is withdrawn or expires. */
  register(ask: PermissionAsk, answer: (answer: PermissionAnswer) => void): Permission {
    const { suggestedUpdates, ...asked } = ask;
    const permission: Permission = {
      ...asked,
      permissionId: randomUUID(),
      inputHash: createHash("sha256").update(JSON.stringify(ask.input)).digest("hex"),
      suggestions: suggestedUpdates.map(toSuggestion),
      status: "pending",
      requestedAt: this.#options.now().toISOString(),
      settledAt: null,
      settledReason: null,
      decision: null,
      outcome: null,
    };
    this.#parked.set(permission.permissionId, { permission, answer });
    this.#options.store.add(permission);
    this.#options.emit(permission.sessionId, { type: "permission.requested", data: { permission } });
    return permission;
  }

  /**
   * Decides a pending request and tells the tool.
   * @throws RequestError `not_found`, `already_resolved` (with how it ended), `bad_request`.
   */
  decide(params: RequestParams<"permissions.decide">, decidedBy: string): Permission {
    const parked = this.#parked.get(params.permissionId);
    if (parked === undefined) throw this.#notPending(params.permissionId);
    const { permission } = parked;
    const answer = answerTo(permission, params);
    const now = this.#options.now();
    const decision: PermissionDecision = {
      behavior: params.behavior,
      message: answer.behavior === "deny" ? answer.message : null,
      remember: params.behavior === "allow" ? params.remember : "once",
      interrupt: answer.behavior === "deny" && answer.interrupt,
      updatedInput: params.behavior === "allow" ? (params.updatedInput ?? null) : null,
      decidedBy,
      decidedAt: now.toISOString(),
      latencyMs: Math.max(0, now.getTime() - Date.parse(permission.requestedAt)),
    };
    const status = params.behavior === "allow" ? "allowed" : "denied";
    const settled: Permission = { ...permission, status, settledAt: now.toISOString(), decision };
    // Stored before it is answered, so that nothing is allowed without a record; answered before it is announced, so
    // that the tool does not wait for the screens.
    this.#end(settled);
    if (status === "allowed" && settled.toolUseId !== null) this.#awaitingOutcome.set(settled.toolUseId, settled);
    parked.answer(answer);
    this.#announceEnd(settled);
    return settled;
  }

  /** The session took the request back, e.g. because its turn was interrupted. */
  withdraw(permissionId: string, reason: string): void {
    this.#endUndecided(permissionId, "withdrawn", reason);
  }

  /** The session is gone; nobody can answer it any more. */
  expireSession(sessionId: string, reason: string): void {
    for (const { permission } of [...this.#parked.values()]) {
      if (permission.sessionId === sessionId) this.#endUndecided(permission.permissionId, "expired", reason);
    }
    for (const [toolUseId, permission] of this.#awaitingOutcome) {
      if (permission.sessionId === sessionId) this.#awaitingOutcome.delete(toolUseId);
    }
  }

  /** Marks requests that an earlier run of the host left open. */
  expireLeftOver(permissions: readonly Permission[]): void {
    for (const permission of permissions) {
      const settledReason = "The host stopped before anybody decided.";
      this.#settle({ ...permission, status: "expired", settledAt: this.#options.now().toISOString(), settledReason });
    }
  }

  /** A tool call has its result: keeps it with the decision that allowed it. */
  toolFinished(toolUseId: string, isError: boolean): void {
    const permission = this.#awaitingOutcome.get(toolUseId);
    if (permission === undefined) return;
    this.#awaitingOutcome.delete(toolUseId);
    const outcome = isError ? "failed" : "succeeded";
    this.#options.store.save({ ...permission, outcome });
    const { permissionId, sessionId } = permission;
    this.#options.emit(sessionId, { type: "permission.outcomeKnown", data: { permissionId, outcome } });
  }

  #endUndecided(permissionId: string, status: "withdrawn" | "expired", settledReason: string): void {
    const parked = this.#parked.get(permissionId);
    if (parked === undefined) return;
    this.#settle({ ...parked.permission, status, settledAt: this.#options.now().toISOString(), settledReason });
  }

  #settle(permission: Permission): void {
    this.#end(permission);
    this.#announceEnd(permission);
  }

  #end(permission: Permission): void {
    this.#options.store.save(permission);
    this.#parked.delete(permission.permissionId);
  }

  #announceEnd(permission: Permission): void {
    this.#options.emit(permission.sessionId, { type: "permission.settled", data: { permission } });
  }

  #notPending(permissionId: string): RequestError {
    const settled = this.#options.store.get(permissionId);
    if (settled === null) return new RequestError("not_found", `There is no permission request ${permissionId}.`);
    const who = settled.decision === null ? "" : ` by ${settled.decision.decidedBy}`;
    return new RequestError("already_resolved", `This request was ${settled.status}${who} before.`, {
      status: settled.status,
      decidedBy: settled.decision?.decidedBy ?? null,
      settledAt: settled.settledAt,
    });
  }
}

function answerTo(permission: Permission, params: RequestParams<"permissions.decide">): PermissionAnswer {
  if (params.behavior === "deny") {
    if (params.updatedInput !== undefined) {
      throw new RequestError("bad_request", "A denied request runs nothing: leave `updatedInput` out.");
    }
    const message = params.message?.trim() ?? "";
    return { behavior: "deny", message: message === "" ? DEFAULT_DENIAL : message, interrupt: params.interrupt };
  }
  if (params.interrupt) throw new RequestError("bad_request", "`interrupt` goes with deny, not with allow.");
  if (params.updatedInput !== undefined) checkUpdatedInput(permission.toolName, permission.input, params.updatedInput);
  return {
    behavior: "allow",
    updatedInput: params.updatedInput ?? permission.input,
    updatedPermissions: rememberedUpdates(permission, params.remember),
  };
}
