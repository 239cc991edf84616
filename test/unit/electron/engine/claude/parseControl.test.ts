import { expect, test } from "vitest";
import type { ClaudeMessage } from "../../../../../electron/engine/claude/claudeMessage.ts";
import { parseMessage } from "../../../../../electron/engine/claude/parseMessage.ts";

function parse(line: unknown): ClaudeMessage {
  return parseMessage(JSON.stringify(line));
}

test("a permission request with everything in it", () => {
  const request = {
    subtype: "can_use_tool",
    tool_name: "Bash",
    display_name: "Bash",
    input: { command: "rm -r x" },
    description: "Remove",
    tool_use_id: "t1",
    permission_suggestions: [{ type: "setMode", mode: "acceptEdits", destination: "session" }, 7],
    blocked_path: "/x",
    decision_reason: "outside",
    decision_reason_type: "rule",
    requires_user_interaction: true,
    suppress_always_allow_rule: true,
    default_to_no: true,
    matched_ask_rule: { source: "user" },
    agent_id: "a1",
  };
  expect(parse({ type: "control_request", request_id: "r1", request })).toEqual({
    kind: "control_request/can_use_tool",
    requestId: "r1",
    toolName: "Bash",
    displayName: "Bash",
    input: { command: "rm -r x" },
    description: "Remove",
    toolUseId: "t1",
    permissionSuggestions: [{ type: "setMode", mode: "acceptEdits", destination: "session" }],
    blockedPath: "/x",
    decisionReason: "outside",
    decisionReasonType: "rule",
    requiresUserInteraction: true,
    suppressAlwaysAllowRule: true,
    defaultToNo: true,
    matchedAskRule: { source: "user" },
    agentId: "a1",
  });
});

test.each([
  ["another subtype", { subtype: "hook_callback" }, "hook_callback"],
  ["a permission request without a tool", { subtype: "can_use_tool", input: {} }, "can_use_tool"],
  ["a permission request without an input", { subtype: "can_use_tool", tool_name: "Bash" }, "can_use_tool"],
  ["no subtype", {}, "unknown"],
  ["no request", undefined, "unknown"],
])("%s can still be answered", (_name, request, subtype) => {
  const line = { type: "control_request", request_id: "r1", ...(request === undefined ? {} : { request }) };
  expect(parse(line)).toEqual({ kind: "control_request/unknown", requestId: "r1", subtype, raw: line });
});

test.each([
  [
    { subtype: "success", request_id: "r1", response: { a: 1 } },
    { ok: true, response: { a: 1 } },
  ],
  [
    { subtype: "success", request_id: "r1" },
    { ok: true, response: {} },
  ],
  [
    { subtype: "error", request_id: "r1", error: "no", error_code: "unsupported_request" },
    { ok: false, error: "no", errorCode: "unsupported_request" },
  ],
  [
    { subtype: "error", request_id: "r1" },
    { ok: false, error: "The CLI gave no reason.", errorCode: null },
  ],
])("response %j", (response, outcome) => {
  expect(parse({ type: "control_response", response })).toEqual({
    kind: "control_response",
    requestId: "r1",
    outcome,
  });
});

test("a request taken back", () => {
  expect(parse({ type: "control_cancel_request", request_id: "r1" })).toEqual({
    kind: "control_cancel_request",
    requestId: "r1",
  });
});
