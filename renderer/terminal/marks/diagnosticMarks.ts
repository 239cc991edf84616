import type { EventData, EventOf } from "../../../shared/model/event.ts";
import type { diagnosticEventSchemas } from "../../../shared/model/events/diagnosticEvents.ts";
import { counted, duration } from "../figures.ts";
import { type Mark, mark } from "./mark.ts";
import { noticeTitle } from "../../../shared/text/noticeTitle.ts";

export type DiagnosticEvent = EventOf<keyof typeof diagnosticEventSchemas>;

/** Statuses that come with every request to the model: the streaming text says the same. */
const routineStatuses: ReadonlySet<string> = new Set(["requesting"]);

const unrecognisedWords: Readonly<Record<EventData<"message.unrecognised">["reason"], string>> = {
  unknown_type: "unknown message",
  not_json: "output that is not a message",
  unexpected_shape: "message of an unexpected shape",
  too_long: "message too long to read",
};

/** What explains a slow, failing or odd session. `null`: nothing worth a line. */
export function diagnosticMark(event: DiagnosticEvent): Mark | null {
  switch (event.type) {
    case "host.noticesChanged":
      return null;
    case "status.reported":
      return routineStatuses.has(event.data.status) ? null : mark("plain", `status: ${event.data.status}`);
    case "api.retried":
      return retryMark(event.data);
    case "notice.reported":
      return mark(isUrgent(event.data.level) ? "warn" : "note", noticeTitle(event.data), event.data.text);
    case "hook.reported":
      return hookMark(event.data);
    case "rateLimit.reported":
      return rateLimitMark(event.data);
    case "message.unrecognised":
      return unrecognisedMark(event.data);
    case "stderr.written":
      return mark("warn", "stderr", event.data.text.trimEnd());
  }
}

function retryMark(data: EventData<"api.retried">): Mark {
  const of = data.maxRetries === null ? "" : ` of ${data.maxRetries}`;
  const wait = data.delayMs === null ? "" : `, next in ${duration(data.delayMs)}`;
  const status = data.httpStatus === null ? "" : `HTTP ${data.httpStatus} `;
  return mark("warn", `API retry ${data.attempt}${of}${wait}`, `${status}${data.error}`);
}

function isUrgent(level: string | null): boolean {
  return level === "warning" || level === "error";
}

function hookMark(data: EventData<"hook.reported">): Mark | null {
  return data.phase === "started"
    ? null
    : mark("plain", `hook ${data.name} ${data.outcome ?? "finished"}`, data.output);
}

function rateLimitMark(data: EventData<"rateLimit.reported">): Mark {
  if (data.status === "allowed") return mark("plain", "rate limit: allowed");
  return mark("warn", `rate limit: ${data.status ?? "reported"}`, JSON.stringify(data.raw));
}

function unrecognisedMark(data: EventData<"message.unrecognised">): Mark {
  const type = data.messageType === null ? "" : ` “${data.messageType}”`;
  const omitted = data.omittedChars > 0 ? ` (${counted(data.omittedChars, "character")} not kept)` : "";
  return mark("plain", `${unrecognisedWords[data.reason]}${type}${omitted}`, data.raw);
}
