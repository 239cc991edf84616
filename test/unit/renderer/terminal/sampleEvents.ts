import { aPayload, aPermission } from "../../../support/builders.ts";
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

const AT = "2026-01-31T12:00:00.000Z";

export function samplePermission(change: Partial<Permission> = {}): Permission {
  const ids = { permissionId: "p1", sessionId: "s1", toolUseId: "t1", projectPath: "/home/ada/project" };
  return aPermission({ ...ids, input: { command: "npm test" }, requestedAt: AT, ...change });
}

export function samplePayload(change: Partial<Payload> = {}): Payload {
  const ids = { payloadId: "y1", sessionId: "s1", sender: "browser" };
  const receipts = [{ state: "accepted", at: AT }] as const;
  return aPayload({ ...ids, text: "Mind the budget.", composedAt: AT, receipts, ...change });
}
