import { expect, test } from "vitest";
import type { ClaudeMessage } from "../../../../../electron/engine/claude/claudeMessage.ts";
import { parseMessage } from "../../../../../electron/engine/claude/parseMessage.ts";

function parse(line: unknown): ClaudeMessage {
  return parseMessage(JSON.stringify(line));
}

const origin = { uuid: "u1", session_id: "s1" };
const parsedOrigin = { uuid: "u1", sessionId: "s1" };

test.each([
  [
    { subtype: "session_title_changed", title: "x" },
    { kind: "system/session_title_changed", title: "x" },
  ],
  [
    { subtype: "session_state_changed", state: "idle" },
    { kind: "system/session_state_changed", state: "idle" },
  ],
  [
    { subtype: "status", status: null, permissionMode: "plan" },
    { kind: "system/status", status: null, permissionMode: "plan", compactResult: null, userMessageUuids: [] },
  ],
  [
    { subtype: "informational", content: "Careful", level: "warning" },
    { kind: "system/notice", subtype: "informational", text: "Careful", level: "warning" },
  ],
  [
    { subtype: "notification", text: "Careful", priority: "high" },
    { kind: "system/notice", subtype: "notification", text: "Careful", level: "high" },
  ],
  [
    {
      subtype: "api_retry",
      attempt: 1,
      max_retries: 10,
      retry_delay_ms: 536.5,
      error_status: 529,
      error: "overloaded",
    },
    {
      kind: "system/api_retry",
      attempt: 1,
      maxRetries: 10,
      retryDelayMs: 536.5,
      errorStatus: 529,
      error: "overloaded",
    },
  ],
  [
    { subtype: "compact_boundary", compact_metadata: { trigger: "auto", pre_tokens: 9 } },
    { kind: "system/compact_boundary", trigger: "auto", preTokens: 9, postTokens: null },
  ],
  [
    { subtype: "permission_denied", tool_name: "Bash", message: "no" },
    { kind: "system/permission_denied", toolName: "Bash", toolUseId: null, message: "no", decisionReasonType: null },
  ],
  [
    { subtype: "task_progress", task_id: "k1", description: "Reading", last_tool_name: "Read" },
    { kind: "system/task_progress", taskId: "k1", toolUseId: null, description: "Reading", lastToolName: "Read" },
  ],
  [
    { subtype: "task_updated", task_id: "k1", patch: { status: "failed", error: "x" } },
    {
      kind: "system/task_updated",
      taskId: "k1",
      status: "failed",
      error: "x",
      patch: { status: "failed", error: "x" },
    },
  ],
  [
    {
      subtype: "background_tasks_changed",
      tasks: [{ task_id: "k1", task_type: "local_bash", description: "d" }, {}],
    },
    { kind: "system/background_tasks_changed", tasks: [{ taskId: "k1", taskType: "local_bash", description: "d" }] },
  ],
  [
    { subtype: "hook_progress", hook_id: "h1", hook_name: "Stop", output: "x" },
    { kind: "system/hook_progress", hookId: "h1", hookName: "Stop", hookEvent: null, output: "x" },
  ],
])("%j", (line, expected) => {
  expect(parse({ type: "system", ...origin, ...line })).toEqual({ ...parsedOrigin, ...expected });
});

test("init of an older version, with next to nothing in it", () => {
  expect(parse({ type: "system", subtype: "init", mcp_servers: [{ name: "a" }, { status: "x" }] })).toEqual({
    kind: "system/init",
    uuid: null,
    sessionId: null,
    cwd: null,
    model: null,
    permissionMode: null,
    cliVersion: null,
    apiKeySource: null,
    tools: [],
    slashCommands: [],
    mcpServers: [{ name: "a", status: "unknown" }],
    capabilities: [],
    userMessageUuids: [],
  });
});
