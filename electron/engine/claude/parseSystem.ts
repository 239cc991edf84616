/** The `system` lines about the session itself; tasks and hooks are in their own files. */
import type { JsonObject } from "../../../shared/model/json.ts";
import { readOrigin, readUserMessageUuids } from "./messageOrigin.ts";
import { parseHook } from "./parseHook.ts";
import { parseTask } from "./parseTask.ts";
import { readNumber, readObject, readObjects, readString, readStrings } from "./readField.ts";
import type { InitMessage, NoticeMessage, SystemMessage } from "./systemMessage.ts";

/** What a family's parser says: a message, `unknown` for a subtype it does not know, null for a shape it cannot read. */
export type SystemOutcome = SystemMessage | "unknown" | null;

export function parseSystem(line: JsonObject, subtype: string): SystemOutcome {
  if (subtype.startsWith("hook_")) return parseHook(line, subtype);
  if (subtype.startsWith("task_") || subtype === "background_tasks_changed") return parseTask(line, subtype);
  switch (subtype) {
    case "init":
      return parseInit(line);
    case "status":
      return {
        kind: "system/status",
        ...readOrigin(line),
        status: readString(line, "status"),
        permissionMode: readString(line, "permissionMode"),
        compactResult: readString(line, "compact_result"),
        userMessageUuids: readUserMessageUuids(line),
      };
    case "thinking_tokens":
      return {
        kind: "system/thinking_tokens",
        ...readOrigin(line),
        estimatedTokens: readNumber(line, "estimated_tokens"),
      };
    case "informational":
    case "notification":
    case "local_command":
      return parseNotice(line, subtype);
    default:
      return parseIncident(line, subtype);
  }
}

function parseIncident(line: JsonObject, subtype: string): SystemOutcome {
  switch (subtype) {
    case "permission_denied":
      return parsePermissionDenied(line);
    case "api_retry":
      return parseApiRetry(line);
    case "compact_boundary":
      return parseCompactBoundary(line);
    case "session_title_changed": {
      const title = readString(line, "title");
      return title === null ? null : { kind: "system/session_title_changed", ...readOrigin(line), title };
    }
    case "session_state_changed": {
      const state = readString(line, "state");
      return state === null ? null : { kind: "system/session_state_changed", ...readOrigin(line), state };
    }
    default:
      return "unknown";
  }
}

function parseInit(line: JsonObject): InitMessage {
  return {
    kind: "system/init",
    ...readOrigin(line),
    cwd: readString(line, "cwd"),
    model: readString(line, "model"),
    permissionMode: readString(line, "permissionMode"),
    cliVersion: readString(line, "claude_code_version"),
    apiKeySource: readString(line, "apiKeySource"),
    tools: readStrings(line, "tools"),
    slashCommands: readStrings(line, "slash_commands"),
    mcpServers: readObjects(line, "mcp_servers").flatMap((server) => {
      const name = readString(server, "name");
      return name === null ? [] : [{ name, status: readString(server, "status") ?? "unknown" }];
    }),
    capabilities: readStrings(line, "capabilities"),
    userMessageUuids: readUserMessageUuids(line),
  };
}

function parseNotice(line: JsonObject, subtype: NoticeMessage["subtype"]): NoticeMessage | null {
  const text = readString(line, "content") ?? readString(line, "text");
  if (text === null) return null;
  const level = readString(line, "level") ?? readString(line, "priority");
  return { kind: "system/notice", ...readOrigin(line), subtype, text, level };
}

function parsePermissionDenied(line: JsonObject): SystemMessage | null {
  const toolName = readString(line, "tool_name");
  if (toolName === null) return null;
  return {
    kind: "system/permission_denied",
    ...readOrigin(line),
    toolName,
    toolUseId: readString(line, "tool_use_id"),
    message: readString(line, "message") ?? "",
    decisionReasonType: readString(line, "decision_reason_type"),
  };
}

function parseApiRetry(line: JsonObject): SystemMessage | null {
  const attempt = readNumber(line, "attempt");
  if (attempt === null) return null;
  return {
    kind: "system/api_retry",
    ...readOrigin(line),
    attempt,
    maxRetries: readNumber(line, "max_retries"),
    retryDelayMs: readNumber(line, "retry_delay_ms"),
    errorStatus: readNumber(line, "error_status"),
    error: readString(line, "error") ?? "unknown",
  };
}

function parseCompactBoundary(line: JsonObject): SystemMessage {
  const metadata = readObject(line, "compact_metadata") ?? {};
  return {
    kind: "system/compact_boundary",
    ...readOrigin(line),
    trigger: readString(metadata, "trigger"),
    preTokens: readNumber(metadata, "pre_tokens"),
    postTokens: readNumber(metadata, "post_tokens"),
  };
}
