import type { EventType } from "../model/event.ts";

/**
 * How far an event travels. `headline` goes to every client and is kept; `content` goes to clients that watch the
 * session and is kept; `passing` goes to clients that watch the session and is not kept, because a later event
 * holds the same in full; `sighting` goes to every client and is not kept, because the session's summary holds it.
 */
export type EventWeight = "headline" | "content" | "passing" | "sighting";

interface EventRow {
  readonly weight: EventWeight;
  readonly doc: string;
}

/**
 * The one table of events: what can be told and how far each travels. The shape of an event's data stands beside its
 * name in `eventSchemas`; a missing or surplus row here does not compile.
 */
export const events = {
  "session.created": { weight: "headline", doc: "A session was started, resumed or forked here." },
  "session.sighted": { weight: "sighting", doc: "What the transcript or another process tells of a session changed." },
  "session.forgotten": { weight: "sighting", doc: "The session's transcript was deleted; lists no longer show it." },
  "session.initialized": { weight: "content", doc: "The CLI told its tools, commands and servers, or they changed." },
  "session.modelChanged": { weight: "headline", doc: "The session uses another model from now on." },
  "session.modeChanged": { weight: "headline", doc: "The session has another permission mode from now on." },
  "session.renamed": { weight: "headline", doc: "The session has another title." },
  "session.labelled": { weight: "sighting", doc: "A person gave the session another label, or took it away." },
  "session.branchChanged": { weight: "headline", doc: "The project's git branch is known or changed." },
  "session.activityChanged": { weight: "headline", doc: "The session does something else than before." },
  "session.contextMeasured": { weight: "headline", doc: "The fill of the model's context changed." },
  "session.costChanged": { weight: "sighting", doc: "The ledger knows more of what the session cost." },
  "process.started": { weight: "headline", doc: "A claude process has the session open." },
  "process.exited": { weight: "headline", doc: "The claude process is gone." },
  "control.unknownReceived": { weight: "content", doc: "The CLI asked something unknown and was told so." },
  "turn.started": { weight: "headline", doc: "The model began to work on a payload." },
  "turn.completed": { weight: "headline", doc: "A turn ended, with its outcome and what it cost." },
  "user.textAdded": { weight: "content", doc: "User text entered the conversation." },
  "attachment.added": { weight: "content", doc: "The CLI put a file or a reminder beside a message." },
  "assistant.delta": { weight: "passing", doc: "A piece of a block that is being written." },
  "assistant.textAdded": { weight: "content", doc: "The assistant finished a block of text." },
  "assistant.thinkingAdded": { weight: "content", doc: "The assistant finished a block of thinking." },
  "tool.called": { weight: "content", doc: "The assistant called a tool." },
  "tool.finished": { weight: "content", doc: "A tool call has its result." },
  "tool.denied": { weight: "content", doc: "The CLI refused a tool call without asking." },
  "usage.recorded": { weight: "content", doc: "The tokens of one API message are known." },
  "task.started": { weight: "content", doc: "A background task or sub-agent began." },
  "task.updated": { weight: "content", doc: "A background task reported progress." },
  "task.finished": { weight: "content", doc: "A background task ended." },
  "context.compacted": { weight: "content", doc: "The conversation was summarised to make room." },
  "payload.accepted": { weight: "content", doc: "A payload was taken in; its receipts follow." },
  "payload.advanced": { weight: "headline", doc: "A payload got one step further." },
  "permission.requested": { weight: "headline", doc: "A tool waits for a person." },
  "permission.settled": { weight: "headline", doc: "A permission request was decided, withdrawn or expired." },
  "permission.outcomeKnown": { weight: "headline", doc: "The allowed tool call succeeded or failed." },
  "budget.crossed": { weight: "headline", doc: "What was used passed a threshold of a budget." },
  "host.noticesChanged": { weight: "sighting", doc: "A person must be told something else about the host itself." },
  "status.reported": { weight: "passing", doc: "The CLI told what it is busy with." },
  "api.retried": { weight: "content", doc: "A call to the model failed and is tried again." },
  "notice.reported": { weight: "content", doc: "The CLI or the host said something to the person, not to the model." },
  "hook.reported": { weight: "content", doc: "A hook began or ended." },
  "rateLimit.reported": { weight: "content", doc: "The account's rate limit changed." },
  "message.unrecognised": { weight: "content", doc: "The CLI wrote a line that this version does not know." },
  "stderr.written": { weight: "content", doc: "The claude process wrote to stderr." },
} as const satisfies Record<EventType, EventRow>;

/** How far events of this type travel. */
export function weightOf(type: EventType): EventWeight {
  return events[type].weight;
}
