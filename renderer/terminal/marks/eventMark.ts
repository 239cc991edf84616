import type { EventData, EventOf, SessionEvent } from "../../../shared/model/event.ts";
import { diagnosticEventSchemas } from "../../../shared/model/events/diagnosticEvents.ts";
import { lifecycleEventSchemas } from "../../../shared/model/events/lifecycleEvents.ts";
import { alertDetail, alertTitle } from "../../../shared/text/budgetWords.ts";
import { grouped } from "../figures.ts";
import { type DiagnosticEvent, diagnosticMark } from "./diagnosticMarks.ts";
import { type LifecycleEvent, lifecycleMark } from "./lifecycleMarks.ts";
import { type Mark, mark } from "./mark.ts";

/** Other events that stand beside the conversation. */
type AsideEvent = EventOf<
  | "turn.started"
  | "attachment.added"
  | "task.started"
  | "task.updated"
  | "task.finished"
  | "context.compacted"
  | "budget.crossed"
>;

/** Every event that `eventMark` puts in words. */
export type MarkedEvent = LifecycleEvent | DiagnosticEvent | AsideEvent;

const asideTypes: Readonly<Record<AsideEvent["type"], true>> = {
  "turn.started": true,
  "attachment.added": true,
  "task.started": true,
  "task.updated": true,
  "task.finished": true,
  "context.compacted": true,
  "budget.crossed": true,
};

export function isMarked(event: SessionEvent): event is MarkedEvent {
  return isLifecycle(event) || isDiagnostic(event) || isAside(event);
}

/** An event beside the conversation, in words; `null` where there is nothing to say. */
export function eventMark(event: MarkedEvent): Mark | null {
  if (isLifecycle(event)) return lifecycleMark(event);
  if (isDiagnostic(event)) return diagnosticMark(event);
  return asideMark(event);
}

function asideMark(event: AsideEvent): Mark | null {
  switch (event.type) {
    case "turn.started":
      return event.data.payloadId === null ? mark("plain", "turn started by Claude Code itself") : null;
    case "attachment.added":
      return mark("plain", `${attachedWords(event.data.kind)} ${event.data.name}`.trimEnd());
    case "task.started":
      return mark("note", "background task started", event.data.description);
    case "task.updated":
      return mark("plain", `background task ${event.data.status ?? "update"}`, event.data.text);
    case "task.finished":
      return mark("note", `background task ${event.data.status}`, event.data.summary);
    case "context.compacted":
      return mark("note", `context compacted${compactionDetails(event.data)}`);
    case "budget.crossed": {
      const { alert } = event.data;
      return mark(alert.percent >= 100 ? "bad" : "warn", lowerFirst(alertTitle(alert)), alertDetail(alert));
    }
  }
}

/** `nested_memory` → `attached nested memory`. */
function attachedWords(kind: string): string {
  return `attached ${kind.replaceAll(/[_-]+/gu, " ")}`;
}

/** Titles of marks begin small. */
function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function compactionDetails(data: EventData<"context.compacted">): string {
  const details = [
    ...(data.trigger === null ? [] : [data.trigger]),
    ...(data.tokensBefore === null ? [] : [`${grouped(data.tokensBefore)} tokens before`]),
  ];
  return details.length === 0 ? "" : ` (${details.join(", ")})`;
}

function isLifecycle(event: SessionEvent): event is LifecycleEvent {
  return Object.hasOwn(lifecycleEventSchemas, event.type);
}

function isDiagnostic(event: SessionEvent): event is DiagnosticEvent {
  return Object.hasOwn(diagnosticEventSchemas, event.type);
}

function isAside(event: SessionEvent): event is AsideEvent {
  return Object.hasOwn(asideTypes, event.type);
}
