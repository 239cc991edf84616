/**
 * What an owned claude process says on stdout, narrowed once. Field names and shapes were measured on 2.1.329.
 * Owns the vocabulary between the parser and whoever maps messages to events. Knows nothing about events.
 * Invariants: a field the CLI left out is `null` (or an empty list), never a made-up value; a line that fits nothing
 * here is an `UnrecognisedMessage` with its text kept.
 */
import type { JsonObject, JsonValue } from "../../../shared/model/json.ts";
import type { ContentBlock } from "./contentBlock.ts";
import type { MessageUsage, ModelUsage } from "./messageUsage.ts";
import type { StreamEvent } from "./streamEvent.ts";
import type { SystemMessage } from "./systemMessage.ts";

/** What nearly every line carries. */
export interface MessageOrigin {
  /** The line's own id; null on control lines and on lines of older versions. */
  readonly uuid: string | null;
  readonly sessionId: string | null;
}

/** One content block of an API message; the same `messageId` comes once for each of its blocks. */
export interface AssistantMessage extends MessageOrigin {
  readonly kind: "assistant";
  readonly messageId: string;
  readonly requestId: string | null;
  /** `<synthetic>` for text that the CLI wrote itself: a slash command's output, an API error. */
  readonly model: string | null;
  readonly content: readonly ContentBlock[];
  /** `tokens.output` is a placeholder here; the final count comes with the stream's `message_delta`. */
  readonly usage: MessageUsage | null;
  readonly stopReason: string | null;
  /** The Agent tool call that this line belongs to; null for the session's own lines. */
  readonly parentToolUseId: string | null;
  /** The CLI's word for an API error that it reports as assistant text; null otherwise. */
  readonly error: string | null;
  /** The user messages that this answers, where the CLI says so. */
  readonly userMessageUuids: readonly string[];
}

/** A tool's result, a replay of something we sent, or text the CLI added by itself. */
export interface UserMessage extends MessageOrigin {
  readonly kind: "user";
  /** True when it echoes a user line from stdin, at the moment it enters the conversation. */
  readonly isReplay: boolean;
  /** True for text that the CLI wrote in the user's name. */
  readonly isSynthetic: boolean;
  readonly content: readonly ContentBlock[];
  readonly parentToolUseId: string | null;
  /** When it entered the conversation, ISO 8601; null where the CLI does not say. */
  readonly timestamp: string | null;
  /** The tool's own structured result: stdout and stderr, a patch, a plan's path. */
  readonly toolUseResult: JsonValue;
  readonly toolResultMeta: readonly ToolResultMeta[];
  /** Where a text came from that was not sent from here (a peer session, a channel), as the CLI describes it. */
  readonly origin: JsonValue;
}

/** Whether and why a tool ran, by tool call. */
export interface ToolResultMeta {
  readonly toolUseId: string;
  /** E.g. `permission-rule`, `user-rejected`; null when the tool ran. */
  readonly nonExecutionKind: string | null;
  /** `accept` or `reject`; null when nobody was asked. */
  readonly decision: string | null;
  /** E.g. `user_reject`, `user_abort`, `config`. */
  readonly decisionSource: string | null;
}

export interface PermissionDenial {
  readonly toolName: string;
  readonly toolUseId: string | null;
  readonly input: JsonObject;
}

/**
 * The end of a turn, but not always of the last one asked for: finished background tasks start turns of their own and
 * a message sent without a query yields an empty result. Attribute by `userMessageUuids` and `command_lifecycle`.
 */
export interface ResultMessage extends MessageOrigin {
  readonly kind: "result";
  /** `success`, `error_during_execution`, `error_max_turns`, `error_max_budget_usd`, … */
  readonly subtype: string;
  readonly isError: boolean;
  /** `completed`, `aborted_streaming`, `aborted_tools`, `api_error`, …; null when no turn ran. */
  readonly terminalReason: string | null;
  readonly stopReason: string | null;
  readonly numTurns: number | null;
  readonly durationMs: number | null;
  readonly durationApiMs: number | null;
  /** Dollars, the running total of the session: a resumed or forked child continues it. */
  readonly totalCostUsd: number | null;
  /** Of this turn. */
  readonly usage: MessageUsage | null;
  /** Running totals of the session by model. */
  readonly modelUsage: readonly ModelUsage[];
  /** The final text, or the error's text; null when there is none. */
  readonly text: string | null;
  readonly errors: readonly string[];
  readonly apiErrorStatus: number | null;
  readonly permissionDenials: readonly PermissionDenial[];
  /** The user messages that this result answers, where the CLI says so. */
  readonly userMessageUuids: readonly string[];
}

/** A raw API event, with `--include-partial-messages`. */
export interface StreamEventMessage extends MessageOrigin {
  readonly kind: "stream_event";
  /** The API message that it belongs to; null on versions that do not say, then `message_start` told it. */
  readonly messageId: string | null;
  readonly parentToolUseId: string | null;
  readonly event: StreamEvent;
}

/** A tool wants to run and a person shall decide; stays open as long as the process lives. */
export interface PermissionAskMessage {
  readonly kind: "control_request/can_use_tool";
  readonly requestId: string;
  readonly toolName: string;
  readonly displayName: string | null;
  readonly input: JsonObject;
  readonly description: string | null;
  readonly toolUseId: string | null;
  /** The CLI's own objects: addRules, addDirectories, setMode, each with a destination. */
  readonly permissionSuggestions: readonly JsonObject[];
  readonly blockedPath: string | null;
  readonly decisionReason: string | null;
  readonly decisionReasonType: string | null;
  readonly requiresUserInteraction: boolean;
  readonly suppressAlwaysAllowRule: boolean;
  readonly defaultToNo: boolean;
  readonly matchedAskRule: JsonValue;
  /** The sub-agent that asks; null for the session itself. */
  readonly agentId: string | null;
}

/** A control request that nobody here can answer. The claude process has answered it with an error already. */
export interface UnknownControlMessage {
  readonly kind: "control_request/unknown";
  readonly requestId: string;
  readonly subtype: string;
  readonly raw: JsonObject;
}

/** The answer to a control request of ours, or the echo of a permission answer that we sent. */
export interface ControlResponseMessage {
  readonly kind: "control_response";
  readonly requestId: string;
  readonly outcome: ControlOutcome;
}

export type ControlOutcome =
  | { readonly ok: true; readonly response: JsonObject }
  | { readonly ok: false; readonly error: string; readonly errorCode: string | null };

/** The CLI takes an open request back: an interrupt, or the turn was cut short. */
export interface ControlCancelMessage {
  readonly kind: "control_cancel_request";
  readonly requestId: string;
}

/** How far a user message with a uuid got: the delivery receipt. */
export interface CommandLifecycleMessage extends MessageOrigin {
  readonly kind: "command_lifecycle";
  readonly commandUuid: string;
  /** `queued`, `started`, then `completed` or `cancelled`; an open list. */
  readonly state: string;
}

export interface RateLimitMessage extends MessageOrigin {
  readonly kind: "rate_limit_event";
  readonly status: string | null;
  readonly info: JsonObject;
}

/** A tool that runs for long says that it still does. */
export interface ToolProgressMessage extends MessageOrigin {
  readonly kind: "tool_progress";
  readonly toolUseId: string | null;
  readonly toolName: string | null;
  readonly parentToolUseId: string | null;
  readonly elapsedSeconds: number | null;
}

/** Says nothing but that the process lives. */
export interface KeepAliveMessage {
  readonly kind: "keep_alive";
}

export type UnrecognisedReason = "unknown_type" | "not_json" | "unexpected_shape" | "too_long";

/** A line that fits nothing known; it is shown raw and never ends the stream. */
export interface UnrecognisedMessage {
  readonly kind: "unrecognised";
  readonly reason: UnrecognisedReason;
  /** The type that the line named, `system/<subtype>` for system lines; null where it named none. */
  readonly messageType: string | null;
  /** The line as it came, cut at `MAX_RAW_CHARS`. */
  readonly raw: string;
  /** Characters cut off `raw`; for a line that was too long to read, bytes. */
  readonly omittedChars: number;
}

export type ClaudeMessage =
  | AssistantMessage
  | UserMessage
  | ResultMessage
  | StreamEventMessage
  | SystemMessage
  | PermissionAskMessage
  | UnknownControlMessage
  | ControlResponseMessage
  | ControlCancelMessage
  | CommandLifecycleMessage
  | RateLimitMessage
  | ToolProgressMessage
  | KeepAliveMessage
  | UnrecognisedMessage;

export type ClaudeMessageKind = ClaudeMessage["kind"];
