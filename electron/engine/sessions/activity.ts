import type { Activity } from "../../../shared/model/activity.ts";
import type { EventDraft } from "../../../shared/model/event.ts";
import type { Permission } from "../../../shared/model/permission.ts";
import { looksLikeQuestion } from "../../../shared/state/looksLikeQuestion.ts";

/** Characters of the last assistant text that an activity carries: enough for a list and for a question. */
const EXCERPT_LENGTH = 500;

/** What must be remembered of a session's events to say what it is doing. */
export interface ActivityState {
  readonly ready: boolean;
  readonly turnRunning: boolean;
  readonly tools: ReadonlyMap<string, string>;
  readonly permissions: readonly Permission[];
  /** Payloads that will cause a turn or have joined one and are not answered yet, and whether they were delivered. */
  readonly unanswered: ReadonlyMap<string, { readonly delivered: boolean }>;
  readonly lastText: string | null;
  readonly end: Extract<Activity, { kind: "ended" | "failed" }> | null;
}

export const initialActivityState: ActivityState = {
  ready: false,
  turnRunning: false,
  tools: new Map(),
  permissions: [],
  unanswered: new Map(),
  lastText: null,
  end: null,
};

/** Takes one event into account. Pure. */
export function reduceActivity(state: ActivityState, event: EventDraft): ActivityState {
  switch (event.type) {
    case "process.started":
      return { ...initialActivityState, lastText: state.lastText };
    case "session.initialized":
      return { ...state, ready: true };
    case "turn.started":
      return { ...state, ready: true, turnRunning: true, lastText: null };
    case "turn.completed":
      // Versions that do not report each payload's end tell that of the turn: what had been delivered ended with it.
      return { ...state, turnRunning: false, tools: new Map(), unanswered: undelivered(state.unanswered) };
    case "assistant.textAdded":
      return event.data.parentToolUseId === null ? { ...state, lastText: event.data.text } : state;
    case "tool.called":
      return { ...state, tools: new Map(state.tools).set(event.data.toolUseId, event.data.name) };
    case "tool.finished":
      return { ...state, tools: without(state.tools, event.data.toolUseId) };
    case "permission.requested":
      return { ...state, permissions: [...state.permissions, event.data.permission] };
    case "permission.settled": {
      const { permissionId } = event.data.permission;
      return { ...state, permissions: state.permissions.filter((other) => other.permissionId !== permissionId) };
    }
    case "payload.accepted": {
      const { payloadId, delivery } = event.data.payload;
      if (delivery === "silent") return state;
      return { ...state, unanswered: new Map(state.unanswered).set(payloadId, { delivered: false }) };
    }
    case "payload.advanced":
      return withReceipt(state, event.data);
    case "process.exited":
      return { ...state, end: endOf(event.data) };
    default:
      return state;
  }
}

/** What the session is doing, strongest reason first: its end, a person it waits for, a tool, the model, nothing. */
export function activityOf(state: ActivityState): Activity {
  if (state.end !== null) return state.end;
  const permission = state.permissions[0];
  if (permission !== undefined) return waitingFor(permission);
  if (state.turnRunning) {
    const tools = [...state.tools].map(([toolUseId, name]) => ({ toolUseId, name }));
    return tools.length > 0 ? { kind: "tool_pending", tools } : { kind: "working" };
  }
  if (!state.ready) return { kind: "starting" };
  // Told something that it has not taken up yet: whoever waits for it to be idle must go on waiting.
  if (state.unanswered.size > 0) return { kind: "working" };
  if (state.lastText !== null && looksLikeQuestion(state.lastText)) {
    return { kind: "awaiting_answer", question: lastParagraph(state.lastText), permissionId: null };
  }
  return { kind: "idle", text: state.lastText?.slice(0, EXCERPT_LENGTH) ?? null };
}

/** The end of a text is where it asks; a whole paragraph of it, so that it does not begin in the middle of a table. */
function lastParagraph(text: string): string {
  const paragraphs = text.split(/\n\s*\n/u).filter((paragraph) => paragraph.trim() !== "");
  const asking = paragraphs.findLast(looksLikeQuestion) ?? text;
  return asking.trim().slice(0, EXCERPT_LENGTH);
}

function withReceipt(
  state: ActivityState,
  { payloadId, state: receipt }: Extract<EventDraft, { type: "payload.advanced" }>["data"],
): ActivityState {
  if (!state.unanswered.has(payloadId)) return state;
  const unanswered = new Map(state.unanswered);
  if (receipt === "delivered") unanswered.set(payloadId, { delivered: true });
  else if (receipt === "answered" || receipt === "cancelled" || receipt === "failed") unanswered.delete(payloadId);
  else return state;
  return { ...state, unanswered };
}

function undelivered(unanswered: ActivityState["unanswered"]): ActivityState["unanswered"] {
  return new Map([...unanswered].filter(([, { delivered }]) => !delivered));
}

function waitingFor({ permissionId, toolName, input, plan }: Permission): Activity {
  if (toolName === "ExitPlanMode") return { kind: "plan_ready", plan, permissionId };
  if (toolName !== "AskUserQuestion") return { kind: "awaiting_permission", permissionId, toolName };
  return { kind: "awaiting_answer", question: firstQuestion(input["questions"]), permissionId };
}

function firstQuestion(questions: unknown): string {
  const first: unknown = Array.isArray(questions) ? questions[0] : undefined;
  const hasText = typeof first === "object" && first !== null && "question" in first;
  return hasText && typeof first.question === "string" ? first.question : "";
}

function endOf(exit: Extract<EventDraft, { type: "process.exited" }>["data"]): ActivityState["end"] {
  if (exit.expected) return { kind: "ended", exitCode: exit.exitCode };
  return { kind: "failed", reason: exit.reason ?? "The claude process ended.", stderrTail: exit.stderrTail };
}

function without(tools: ReadonlyMap<string, string>, toolUseId: string): ReadonlyMap<string, string> {
  const rest = new Map(tools);
  rest.delete(toolUseId);
  return rest;
}
