/**
 * Typed values to lines for a child's stdin. Pure.
 * Invariant: each function gives exactly one line of JSON with its newline, in a shape the CLI accepts (measured on
 * 2.1.329: a line that is not JSON, or a user line whose `message` is a bare string, kills the child).
 */
import type { JsonObject } from "../../../shared/model/json.ts";

/** When a user message is taken up: see `Delivery`. The CLI's own default is `next`. */
export type UserMessagePriority = "now" | "next" | "later";

export interface UserInput {
  /** Comes back in `command_lifecycle` lines, the replay and the result: the receipt's key. */
  readonly uuid: string;
  readonly text: string;
  readonly priority?: UserMessagePriority;
  /** False adds the text to the conversation without a turn; true when missing. */
  readonly shouldQuery?: boolean;
  /** True delivers the text as written: no slash command is run and no `@file` is expanded. False when missing. */
  readonly clientComposed?: boolean;
}

/** The answer to a permission request. */
export type PermissionAnswer =
  | {
      readonly behavior: "allow";
      /** The input the tool runs with: the one asked for, or an edited one. */
      readonly updatedInput: JsonObject;
      /** The CLI's own suggestion objects, to be remembered. */
      readonly updatedPermissions?: readonly JsonObject[];
    }
  /** The model reads the message; `interrupt` stops the turn as well. */
  | { readonly behavior: "deny"; readonly message: string; readonly interrupt?: boolean };

/** What the model reads when a deny came without words: an empty reason only confuses it. */
const DENIED_WITHOUT_REASON = "The user denied this tool call.";

export function encodeUserMessage(message: UserInput): string {
  return toLine({
    type: "user",
    uuid: message.uuid,
    message: { role: "user", content: message.text },
    parent_tool_use_id: null,
    ...(message.priority === undefined ? {} : { priority: message.priority }),
    ...(message.shouldQuery === false ? { shouldQuery: false } : {}),
    ...(message.clientComposed === true ? { client_composed: true } : {}),
  });
}

/**
 * Asks the CLI for something: `initialize`, `interrupt`, `cancel_async_message {message_uuid}`,
 * `set_permission_mode {mode}`, `set_model {model}`, `rename_session {title}`, `get_usage`, `get_session_cost`,
 * `get_context_usage`, `list_models`, … A subtype that a version does not know is answered with an error.
 */
export function encodeControlRequest(requestId: string, subtype: string, body: JsonObject): string {
  return toLine({ type: "control_request", request_id: requestId, request: { ...body, subtype } });
}

export function encodePermissionAnswer(requestId: string, answer: PermissionAnswer): string {
  const response = answer.behavior === "allow" ? toWireAllow(answer) : toWireDeny(answer);
  return toLine({ type: "control_response", response: { subtype: "success", request_id: requestId, response } });
}

function toWireAllow(answer: Extract<PermissionAnswer, { behavior: "allow" }>): JsonObject {
  const { updatedInput, updatedPermissions = [] } = answer;
  return { behavior: "allow", updatedInput, ...(updatedPermissions.length === 0 ? {} : { updatedPermissions }) };
}

function toWireDeny(answer: Extract<PermissionAnswer, { behavior: "deny" }>): JsonObject {
  const message = answer.message.trim() === "" ? DENIED_WITHOUT_REASON : answer.message;
  return { behavior: "deny", message, interrupt: answer.interrupt ?? false };
}

/** Answers a control request that nobody here can serve; without an answer the CLI waits for ever. */
export function encodeControlError(requestId: string, error: string): string {
  return toLine({ type: "control_response", response: { subtype: "error", request_id: requestId, error } });
}

/** U+2028 and U+2029 are line breaks to some line readers and legal inside JSON: escaped, no reader splits there. */
function toLine(value: JsonObject): string {
  return `${JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")}\n`;
}
