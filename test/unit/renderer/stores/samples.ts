import type { EventDraft, SessionEvent } from "../../../../shared/model/event.ts";
import type { Payload, ReceiptState } from "../../../../shared/model/payload.ts";
import type { Permission } from "../../../../shared/model/permission.ts";
import type { SessionSummary } from "../../../../shared/model/session.ts";

const START = Date.parse("2026-01-31T12:00:00.000Z");

/** A moment some seconds after a fixed start. */
export function time(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

export function sampleSession(change: Partial<SessionSummary> = {}): SessionSummary {
  return {
    sessionId: "one",
    projectPath: "/work/atlas",
    title: "First",
    owner: "owned",
    live: true,
    activity: { kind: "idle", text: null },
    model: "claude-opus-5-5",
    permissionMode: "default",
    gitBranch: "main",
    cliVersion: "2.1.329",
    startedAt: time(0),
    lastActivityAt: time(0),
    turnCount: 0,
    costUsd: null,
    context: null,
    pendingPermissions: 0,
    pid: 7,
    routes: ["stdin"],
    parentSessionId: null,
    ...change,
  };
}

export function samplePermission(change: Partial<Permission> = {}): Permission {
  return {
    permissionId: "p1",
    sessionId: "one",
    projectPath: "/work/atlas",
    origin: "owned",
    toolName: "Bash",
    displayName: "Bash",
    toolUseId: "t1",
    input: { command: "ls" },
    inputHash: "0",
    plan: null,
    description: null,
    decisionReason: null,
    decisionReasonType: null,
    blockedPath: null,
    requiresUserInteraction: false,
    defaultToNo: false,
    mayRemember: true,
    suggestions: [],
    status: "pending",
    requestedAt: time(1),
    settledAt: null,
    settledReason: null,
    decision: null,
    outcome: null,
    ...change,
  };
}

/** A payload that has passed the given states, one a second. */
export function samplePayload(states: readonly ReceiptState[], change: Partial<Payload> = {}): Payload {
  return {
    payloadId: "a",
    sessionId: "one",
    broadcastId: null,
    kind: "message",
    text: "hello",
    metadata: {},
    delivery: "next",
    route: "stdin",
    sender: "tester",
    composedAt: time(0),
    receipt: states.at(-1) ?? "accepted",
    receipts: states.map((state, index) => ({ state, at: time(index) })),
    ...change,
  };
}

/** Gives a drafted event its place. */
export function sampleEvent(seq: number, draft: EventDraft, sessionId = "one"): SessionEvent {
  return { ...draft, seq, sessionId, at: time(seq) };
}

export function delta(seq: number, text: string, blockIndex = 0, messageId = "m"): SessionEvent {
  const data = { messageId, blockIndex, block: "text", text, parentToolUseId: null } as const;
  return sampleEvent(seq, { type: "assistant.delta", data });
}

export function textAdded(seq: number, text: string, messageId = "m"): SessionEvent {
  const data = { messageId, text, model: null, parentToolUseId: null };
  return sampleEvent(seq, { type: "assistant.textAdded", data });
}
