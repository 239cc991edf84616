/**
 * The seam: a line of stdout becomes a `ClaudeMessage`. Pure, and never throws.
 * Invariant: optional fields that are missing or of another type never make a line unrecognised.
 */
import { isJsonObject } from "../../../shared/model/json.ts";
import type { JsonObject } from "../../../shared/model/json.ts";
import type { ClaudeMessage } from "./claudeMessage.ts";
import { readOrigin } from "./messageOrigin.ts";
import { parseControlCancel, parseControlRequest, parseControlResponse } from "./parseControl.ts";
import { parseAssistant, parseResult, parseUser } from "./parseConversation.ts";
import { parseStreamEvent } from "./parseStreamEvent.ts";
import { parseSystem } from "./parseSystem.ts";
import { readNumber, readObject, readString } from "./readField.ts";
import { unrecognised } from "./unrecognised.ts";

export function parseMessage(line: string): ClaudeMessage {
  const value = parseJson(line);
  if (value === undefined) return unrecognised({ reason: "not_json", messageType: null, line });
  if (!isJsonObject(value)) return unrecognised({ reason: "unexpected_shape", messageType: null, line });
  const type = readString(value, "type");
  if (type === null) return unrecognised({ reason: "unexpected_shape", messageType: null, line });
  if (type === "system") return parseSystemLine(value, line);
  const parse = parsers.get(type);
  if (parse === undefined) return unrecognised({ reason: "unknown_type", messageType: type, line });
  return parse(value) ?? unrecognised({ reason: "unexpected_shape", messageType: type, line });
}

const parsers: ReadonlyMap<string, (line: JsonObject) => ClaudeMessage | null> = new Map([
  ["stream_event", parseStreamEvent],
  ["assistant", parseAssistant],
  ["user", parseUser],
  ["result", parseResult],
  ["control_request", parseControlRequest],
  ["control_response", parseControlResponse],
  ["control_cancel_request", parseControlCancel],
  ["command_lifecycle", parseCommandLifecycle],
  ["rate_limit_event", parseRateLimit],
  ["tool_progress", parseToolProgress],
  ["keep_alive", () => ({ kind: "keep_alive" })],
] as const);

function parseSystemLine(value: JsonObject, line: string): ClaudeMessage {
  const subtype = readString(value, "subtype");
  if (subtype === null) return unrecognised({ reason: "unexpected_shape", messageType: "system", line });
  const messageType = `system/${subtype}`;
  const outcome = parseSystem(value, subtype);
  if (outcome === "unknown") return unrecognised({ reason: "unknown_type", messageType, line });
  return outcome ?? unrecognised({ reason: "unexpected_shape", messageType, line });
}

function parseCommandLifecycle(line: JsonObject): ClaudeMessage | null {
  const commandUuid = readString(line, "command_uuid");
  const state = readString(line, "state");
  if (commandUuid === null || state === null) return null;
  return { kind: "command_lifecycle", ...readOrigin(line), commandUuid, state };
}

function parseRateLimit(line: JsonObject): ClaudeMessage {
  const info = readObject(line, "rate_limit_info") ?? {};
  return { kind: "rate_limit_event", ...readOrigin(line), status: readString(info, "status"), info };
}

function parseToolProgress(line: JsonObject): ClaudeMessage {
  return {
    kind: "tool_progress",
    ...readOrigin(line),
    toolUseId: readString(line, "tool_use_id"),
    toolName: readString(line, "tool_name"),
    parentToolUseId: readString(line, "parent_tool_use_id"),
    elapsedSeconds: readNumber(line, "elapsed_time_seconds"),
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
