/** The lines that make up the conversation: assistant, user and result. Null means the shape is not the known one. */
import type { JsonObject } from "../../../shared/model/json.ts";
import type {
  AssistantMessage,
  PermissionDenial,
  ResultMessage,
  ToolResultMeta,
  UserMessage,
} from "./claudeMessage.ts";
import { readOrigin, readUserMessageUuids } from "./messageOrigin.ts";
import { parseContent } from "./parseContent.ts";
import { parseModelUsage, parseUsage } from "./parseUsage.ts";
import { readFlag, readNumber, readObject, readObjects, readString, readStrings, readValue } from "./readField.ts";

export function parseAssistant(line: JsonObject): AssistantMessage | null {
  const message = readObject(line, "message");
  const messageId = message === null ? null : readString(message, "id");
  const content = message === null ? null : parseContent(readValue(message, "content"));
  if (message === null || messageId === null || content === null) return null;
  return {
    kind: "assistant",
    ...readOrigin(line),
    messageId,
    requestId: readString(line, "request_id"),
    model: readString(message, "model"),
    content,
    usage: parseUsage(message),
    stopReason: readString(message, "stop_reason"),
    parentToolUseId: readString(line, "parent_tool_use_id"),
    error: readString(line, "error"),
    userMessageUuids: readUserMessageUuids(line),
  };
}

export function parseUser(line: JsonObject): UserMessage | null {
  const message = readObject(line, "message");
  const content = message === null ? null : parseContent(readValue(message, "content"));
  if (content === null) return null;
  return {
    kind: "user",
    ...readOrigin(line),
    isReplay: readFlag(line, "isReplay"),
    isSynthetic: readFlag(line, "isSynthetic"),
    content,
    parentToolUseId: readString(line, "parent_tool_use_id"),
    timestamp: readString(line, "timestamp"),
    toolUseResult: readValue(line, "tool_use_result"),
    toolResultMeta: readObjects(line, "tool_result_meta").flatMap(parseToolResultMeta),
    origin: readValue(line, "origin"),
  };
}

function parseToolResultMeta(meta: JsonObject): readonly ToolResultMeta[] {
  const toolUseId = readString(meta, "id");
  if (toolUseId === null) return [];
  const decision = readObject(meta, "permission_decision");
  return [
    {
      toolUseId,
      nonExecutionKind: readString(meta, "non_execution_kind"),
      decision: decision === null ? null : readString(decision, "decision"),
      decisionSource: decision === null ? null : readString(decision, "source"),
    },
  ];
}

export function parseResult(line: JsonObject): ResultMessage | null {
  const subtype = readString(line, "subtype");
  if (subtype === null) return null;
  return {
    kind: "result",
    ...readOrigin(line),
    subtype,
    isError: readFlag(line, "is_error"),
    terminalReason: readString(line, "terminal_reason"),
    stopReason: readString(line, "stop_reason"),
    numTurns: readNumber(line, "num_turns"),
    durationMs: readNumber(line, "duration_ms"),
    durationApiMs: readNumber(line, "duration_api_ms"),
    totalCostUsd: readNumber(line, "total_cost_usd"),
    usage: parseUsage(line),
    modelUsage: parseModelUsage(line),
    text: readString(line, "result"),
    errors: readStrings(line, "errors"),
    apiErrorStatus: readNumber(line, "api_error_status"),
    permissionDenials: readObjects(line, "permission_denials").flatMap(parseDenial),
    userMessageUuids: readUserMessageUuids(line),
  };
}

function parseDenial(denial: JsonObject): readonly PermissionDenial[] {
  const toolName = readString(denial, "tool_name");
  if (toolName === null) return [];
  return [{ toolName, toolUseId: readString(denial, "tool_use_id"), input: readObject(denial, "tool_input") ?? {} }];
}
