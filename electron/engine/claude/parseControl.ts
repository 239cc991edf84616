/** Control lines: what the CLI asks of us, answers us, and takes back. Null means the shape is not the known one. */
import type { JsonObject } from "../../../shared/model/json.ts";
import type {
  ControlCancelMessage,
  ControlResponseMessage,
  PermissionAskMessage,
  UnknownControlMessage,
} from "./claudeMessage.ts";
import { readFlag, readObject, readObjects, readString, readValue } from "./readField.ts";

/**
 * Every request with an id gets a value that can be answered, because the CLI waits for an answer: a permission
 * request in an unexpected shape becomes an unknown request.
 */
export function parseControlRequest(line: JsonObject): PermissionAskMessage | UnknownControlMessage | null {
  const requestId = readString(line, "request_id");
  if (requestId === null) return null;
  const request = readObject(line, "request") ?? {};
  const subtype = readString(request, "subtype") ?? "unknown";
  const ask = subtype === "can_use_tool" ? parsePermissionAsk(requestId, request) : null;
  return ask ?? { kind: "control_request/unknown", requestId, subtype, raw: line };
}

function parsePermissionAsk(requestId: string, request: JsonObject): PermissionAskMessage | null {
  const toolName = readString(request, "tool_name");
  const input = readObject(request, "input");
  if (toolName === null || input === null) return null;
  return {
    kind: "control_request/can_use_tool",
    requestId,
    toolName,
    displayName: readString(request, "display_name"),
    input,
    description: readString(request, "description"),
    toolUseId: readString(request, "tool_use_id"),
    permissionSuggestions: readObjects(request, "permission_suggestions"),
    blockedPath: readString(request, "blocked_path"),
    decisionReason: readString(request, "decision_reason"),
    decisionReasonType: readString(request, "decision_reason_type"),
    requiresUserInteraction: readFlag(request, "requires_user_interaction"),
    suppressAlwaysAllowRule: readFlag(request, "suppress_always_allow_rule"),
    defaultToNo: readFlag(request, "default_to_no"),
    matchedAskRule: readValue(request, "matched_ask_rule"),
    agentId: readString(request, "agent_id"),
  };
}

export function parseControlResponse(line: JsonObject): ControlResponseMessage | null {
  const response = readObject(line, "response");
  const requestId = response === null ? null : readString(response, "request_id");
  if (response === null || requestId === null) return null;
  if (response["subtype"] === "success") {
    const outcome = { ok: true, response: readObject(response, "response") ?? {} } as const;
    return { kind: "control_response", requestId, outcome };
  }
  const error = readString(response, "error") ?? "The CLI gave no reason.";
  const outcome = { ok: false, error, errorCode: readString(response, "error_code") } as const;
  return { kind: "control_response", requestId, outcome };
}

export function parseControlCancel(line: JsonObject): ControlCancelMessage | null {
  const requestId = readString(line, "request_id");
  return requestId === null ? null : { kind: "control_cancel_request", requestId };
}
