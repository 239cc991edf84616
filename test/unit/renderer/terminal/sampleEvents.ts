import type { EventData, EventOf, EventType, SessionEvent } from "../../../../shared/model/event.ts";
import type { Permission } from "../../../../shared/model/permission.ts";
import type { Payload } from "../../../../shared/model/payload.ts";

const START = Date.parse("2026-01-31T12:00:00.000Z");

/** Builds events of one session with growing `seq`, a second apart. */
export function sampleEvents(): <Type extends EventType>(type: Type, data: EventData<Type>) => EventOf<Type> {
  let seq = 0;
  return (type, data) => {
    seq += 1;
    const at = new Date(START + seq * 1000).toISOString();
    // The one place that pairs a type with its data: the compiler cannot follow a generic union member.
    return { type, data, sessionId: "s1", seq, at } as unknown as EventOf<typeof type>;
  };
}

export function event<Type extends EventType>(type: Type, data: EventData<Type>): SessionEvent {
  return sampleEvents()(type, data);
}

export function textDelta(
  text: string,
  block: "text" | "thinking" | "toolInput" = "text",
  blockIndex = 0,
): EventData<"assistant.delta"> {
  return { messageId: "m1", blockIndex, block, text, parentToolUseId: null };
}

export function samplePermission(change: Partial<Permission> = {}): Permission {
  return {
    permissionId: "p1",
    sessionId: "s1",
    projectPath: "/home/ada/project",
    origin: "owned",
    toolName: "Bash",
    displayName: "Bash",
    toolUseId: "t1",
    input: { command: "npm test" },
    inputHash: "00",
    description: null,
    decisionReason: null,
    decisionReasonType: null,
    blockedPath: null,
    requiresUserInteraction: false,
    defaultToNo: false,
    mayRemember: true,
    suggestions: [],
    plan: null,
    status: "pending",
    requestedAt: "2026-01-31T12:00:00.000Z",
    settledAt: null,
    settledReason: null,
    decision: null,
    outcome: null,
    ...change,
  };
}

export function samplePayload(change: Partial<Payload> = {}): Payload {
  return {
    payloadId: "y1",
    sessionId: "s1",
    broadcastId: null,
    kind: "warning",
    text: "Mind the budget.",
    metadata: {},
    delivery: "next",
    route: "stdin",
    sender: "browser",
    composedAt: "2026-01-31T12:00:00.000Z",
    receipt: "accepted",
    receipts: [{ state: "accepted", at: "2026-01-31T12:00:00.000Z" }],
    ...change,
  };
}
