import type { EventOf } from "../../../shared/model/event.ts";
import type { PayloadKind, ReceiptState } from "../../../shared/model/payload.ts";
import type { Permission } from "../../../shared/model/permission.ts";
import type { steeringEventSchemas } from "../../../shared/model/events/steeringEvents.ts";
import { oneLine } from "../abbreviate.ts";
import { duration } from "../figures.ts";
import { type Ansi, type Ink, ink, join } from "../ink.ts";
import type { MarkedEvent } from "../marks/eventMark.ts";
import { toolSummary } from "../toolSummary.ts";

const REASON_CHARS = 300;

const kindInk: Readonly<Record<PayloadKind, Ink>> = {
  message: "person",
  context: "person",
  warning: "warn",
  block: "bad",
  progress: "note",
  completion: "good",
};

/** Steering that is printed in lines of its own; the rest is a mark. */
export type SteeringLineEvent = Exclude<EventOf<keyof typeof steeringEventSchemas>, MarkedEvent>;

/** Payload receipts and permission requests, as lines. */
export function steeringLines(event: SteeringLineEvent): readonly Ansi[] {
  switch (event.type) {
    case "payload.accepted": {
      const { kind, delivery, sender } = event.data.payload;
      return [join(ink(kindInk[kind], kind), ink("muted", ` accepted from ${sender}, delivery ${delivery}`))];
    }
    case "payload.advanced":
      return receiptLines(event.data);
    case "permission.requested":
      return [requestedLine(event.data.permission)];
    case "permission.settled":
      return settledLines(event.data.permission);
    case "permission.outcomeKnown":
      return [];
  }
}

/** Receipts that the lines around them show anyway: the text itself, the end of the turn. The composer has them all. */
const shownElsewhere: ReadonlySet<ReceiptState> = new Set(["accepted", "written", "delivered", "answered"]);

function receiptLines(data: EventOf<"payload.advanced">["data"]): readonly Ansi[] {
  if (shownElsewhere.has(data.state)) return [];
  const tone: Ink = data.state === "failed" ? "bad" : data.state === "cancelled" ? "warn" : "muted";
  // Payloads mostly fail with their session, which says why once; the composer has the reason of each.
  const reason = data.reason === undefined || data.state === "failed" ? "" : `: ${oneLine(data.reason, REASON_CHARS)}`;
  return [join(ink(kindInk[data.kind], data.kind), ink(tone, ` ${data.state}${reason}`))];
}

function requestedLine(permission: Permission): Ansi {
  const summary = toolSummary(permission.toolName, permission.input);
  return join(
    ink("warnStrong", `? permission for ${oneLine(permission.displayName, 80)}`),
    ink("plain", summary === "" ? "" : `  ${summary}`),
    ink("warn", "  waits in the inbox"),
  );
}

function settledLines(permission: Permission): readonly Ansi[] {
  const name = oneLine(permission.displayName, 80);
  const decision = permission.decision;
  if (decision === null) {
    const reason = permission.settledReason === null ? "" : `: ${oneLine(permission.settledReason, REASON_CHARS)}`;
    return [ink("warn", `! permission for ${name} ${permission.status}${reason}`)];
  }
  const allowed = decision.behavior === "allow";
  const how = [
    `by ${decision.decidedBy}`,
    `after ${duration(decision.latencyMs)}`,
    ...(decision.remember === "once" ? [] : [`remembered for the ${decision.remember}`]),
    ...(decision.updatedInput === null ? [] : ["input edited"]),
    ...(decision.interrupt ? ["turn interrupted"] : []),
  ];
  const head = join(
    ink(allowed ? "good" : "bad", `${allowed ? "✔" : "✕"} ${name} ${permission.status}`),
    ink("muted", ` ${how.join(", ")}`),
  );
  const message = decision.message === null ? "" : oneLine(decision.message, REASON_CHARS);
  return message === "" ? [head] : [head, ink("muted", `  “${message}”`)];
}
