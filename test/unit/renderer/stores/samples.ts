import { aPayload, aPermission, aSession } from "../../../support/builders.ts";
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
  const times = { startedAt: time(0), lastActivityAt: time(0) };
  return aSession({ sessionId: "one", projectPath: "/home/ada/atlas", title: "First", pid: 7, ...times, ...change });
}

export function samplePermission(change: Partial<Permission> = {}): Permission {
  const ids = { permissionId: "p1", sessionId: "one", toolUseId: "t1", projectPath: "/home/ada/atlas" };
  return aPermission({ ...ids, input: { command: "ls" }, requestedAt: time(1), ...change });
}

/** A payload that has passed the given states, one a second. */
export function samplePayload(states: readonly ReceiptState[], change: Partial<Payload> = {}): Payload {
  const content = { payloadId: "a", sessionId: "one", kind: "message", text: "hello", sender: "tester" } as const;
  const receipts = states.map((state, index) => ({ state, at: time(index) }));
  return aPayload({ ...content, composedAt: time(0), receipt: states.at(-1) ?? "accepted", receipts, ...change });
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
