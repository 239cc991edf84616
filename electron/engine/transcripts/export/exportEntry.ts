/** Events as what an exported page shows of them, whatever its format. Pure and free of Node. */
import type { EventData, EventOf, SessionEvent } from "../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../shared/model/json.ts";
import { alertDetail, alertTitle } from "../../../../shared/text/budgetWords.ts";
import { type FileDiff, fileDiff } from "./fileDiff.ts";
import { plainLine, plainText } from "./plainText.ts";
import { noticeTitle } from "../../../../shared/text/noticeTitle.ts";

export interface ToolResult {
  readonly isError: boolean;
  readonly output: string;
}

/** All texts are plain: see `plainText`. */
export type ExportEntry = { readonly at: string } & (
  | { readonly kind: "user"; readonly origin: EventData<"user.textAdded">["origin"]; readonly text: string }
  | { readonly kind: "assistant" | "thinking"; readonly text: string }
  | {
      readonly kind: "tool";
      readonly name: string;
      /** What says most about the call, on one line; empty when nothing does. */
      readonly summary: string;
      /** The input as JSON; null where the diff says the same. */
      readonly input: string | null;
      readonly diff: FileDiff | null;
      /** Null when the result stands elsewhere, or never came. */
      readonly result: ToolResult | null;
    }
  /** A result whose call stands elsewhere. */
  | ({ readonly kind: "result" } & ToolResult)
  | { readonly kind: "mark"; readonly tone: "plain" | "bad"; readonly title: string; readonly detail: string }
);

/**
 * What the events show, oldest first, one by one: some take a while. A result is shown with its call where both are among
 * the events.
 */
export function* exportEntries(events: readonly SessionEvent[]): Generator<ExportEntry, void> {
  const calls = new Set(events.flatMap((event) => (event.type === "tool.called" ? [event.data.toolUseId] : [])));
  const results = new Map(
    events.flatMap((event) => (event.type === "tool.finished" ? [[event.data.toolUseId, event.data] as const] : [])),
  );
  for (const event of events) {
    if (event.type === "tool.finished" && calls.has(event.data.toolUseId)) continue;
    const entry = event.type === "tool.called" ? toolEntry(event, results.get(event.data.toolUseId)) : entryOf(event);
    if (entry !== null) yield entry;
  }
}

function toolEntry(
  { at, data }: EventOf<"tool.called">,
  finished: EventData<"tool.finished"> | undefined,
): ExportEntry {
  const { name, input } = data;
  const diff = fileDiff(name, input);
  return {
    kind: "tool",
    at,
    name: plainLine(name),
    summary: summaryOf(input),
    input: diff === null && Object.keys(input).length > 0 ? plainText(JSON.stringify(input, null, 2)) : null,
    diff: diff === null ? null : { path: plainLine(diff.path, 400), lines: diff.lines.map(plainText) },
    result: finished === undefined ? null : resultOf(finished),
  };
}

function resultOf({ isError, output }: EventData<"tool.finished">): ToolResult {
  return { isError, output: plainText(output) };
}

/** Input fields that say most about a call, the best first (2.1.329). */
const TELLING_FIELDS = ["command", "file_path", "notebook_path", "description", "pattern", "url", "query", "skill"];

function summaryOf(input: JsonObject): string {
  const told = TELLING_FIELDS.map((field) => input[field]).find((value) => typeof value === "string");
  return typeof told === "string" ? plainLine(told) : "";
}

/** Null for what a reader of the page would not miss. */
function entryOf(event: SessionEvent): ExportEntry | null {
  const { at } = event;
  switch (event.type) {
    case "tool.finished":
      return { kind: "result", at, ...resultOf(event.data) };
    case "user.textAdded":
      return { kind: "user", at, origin: event.data.origin, text: plainText(event.data.text) };
    case "assistant.textAdded":
      return textEntry("assistant", at, event.data.text);
    case "assistant.thinkingAdded":
      return textEntry("thinking", at, event.data.text);
    default: {
      const mark = markOf(event);
      return mark === null ? null : { kind: "mark", at, ...mark };
    }
  }
}

function textEntry(kind: "assistant" | "thinking", at: string, text: string): ExportEntry | null {
  return text.trim() === "" ? null : { kind, at, text: plainText(text) };
}

type MarkWords = Omit<Extract<ExportEntry, { kind: "mark" }>, "kind" | "at">;

function markOf(event: SessionEvent): MarkWords | null {
  switch (event.type) {
    case "turn.completed":
      return turnEnd(event.data);
    case "tool.denied":
      return bad(`${event.data.toolName} denied`, event.data.message);
    case "task.finished":
      return plain(`Background task ${event.data.status}`, event.data.summary);
    case "context.compacted": {
      const { trigger, tokensBefore } = event.data;
      const size = tokensBefore === null ? "" : `, ${String(tokensBefore)} tokens before`;
      return plain(`Context compacted (${trigger ?? "unknown"}${size})`);
    }
    case "budget.crossed": {
      const { alert } = event.data;
      return alert.percent >= 100
        ? bad(alertTitle(alert), alertDetail(alert))
        : plain(alertTitle(alert), alertDetail(alert));
    }
    case "session.renamed":
      return plain(`Renamed to “${event.data.title}”`);
    case "session.modelChanged":
      return plain(`Model ${event.data.model}`);
    case "attachment.added":
      return plain(`Attached ${event.data.kind.replaceAll("_", " ")}: ${event.data.name}`);
    case "hook.reported":
      return event.data.phase === "started"
        ? null
        : plain(`Hook ${event.data.name}: ${event.data.outcome ?? "finished"}`, event.data.output);
    case "notice.reported":
      return plain(noticeTitle(event.data), event.data.text);
    case "api.retried":
      return bad(`API retry ${String(event.data.attempt)}`, event.data.error);
    case "message.unrecognised":
      return plain(`Unknown record (${event.data.messageType ?? event.data.reason})`, event.data.raw);
    default:
      return null;
  }
}

function turnEnd({ outcome, terminalReason, subtype, errorText }: EventData<"turn.completed">): MarkWords | null {
  if (outcome === "success") return null;
  const reason = terminalReason ?? subtype;
  return bad(outcome === "interrupted" ? "Turn interrupted" : `Turn failed (${reason})`, errorText ?? "");
}

function plain(title: string, detail = ""): MarkWords {
  return { tone: "plain", title: plainLine(title), detail: plainText(detail) };
}

function bad(title: string, detail: string): MarkWords {
  return { ...plain(title, detail), tone: "bad" };
}
