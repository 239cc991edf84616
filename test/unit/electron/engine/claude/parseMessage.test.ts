import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClaudeMessage } from "../../../../../electron/engine/claude/claudeMessage.ts";
import { parseMessage } from "../../../../../electron/engine/claude/parseMessage.ts";
import { MAX_RAW_CHARS } from "../../../../../electron/engine/claude/unrecognised.ts";

const samples = new URL("../../../../support/samples/", import.meta.url);

function readSample(name: string): readonly ClaudeMessage[] {
  const lines = readFileSync(new URL(name, samples), "utf8").split("\n");
  return lines.filter((line) => line !== "").map(parseMessage);
}

function parse(line: unknown): ClaudeMessage {
  return parseMessage(JSON.stringify(line));
}

const origin = { uuid: "u1", session_id: "s1" };
const parsedOrigin = { uuid: "u1", sessionId: "s1" };

describe("what the real CLI said", () => {
  const names = readdirSync(samples).filter((name) => name.endsWith(".jsonl"));

  test.each(names)("%s: every line is recognised", (name) => {
    const messages = readSample(name);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter((message) => message.kind === "unrecognised")).toEqual([]);
  });

  test("a turn with text, by kinds", () => {
    const kinds = readSample("textTurn.jsonl").map((message) => message.kind);
    expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
      "command_lifecycle",
      "system/init",
      "system/status",
      "user",
      "stream_event",
      "assistant",
      "stream_event",
      "result",
      "command_lifecycle",
    ]);
  });

  test("a permission request and what was decided on it", () => {
    const messages = readSample("bashDenied.jsonl");
    const ask = messages.find((message) => message.kind === "control_request/can_use_tool");
    expect(ask).toMatchObject({ toolName: "Bash", displayName: "Bash", requiresUserInteraction: false });
    const denied = messages.find((message) => message.kind === "user" && message.toolResultMeta.length > 0);
    expect(denied).toMatchObject({ toolResultMeta: [{ decision: "reject" }] });
  });
});

describe("assistant", () => {
  const message = { id: "m1", role: "assistant", content: [] };

  test("content blocks of every kind, and usage", () => {
    const content = [
      { type: "text", text: "Hi" },
      { type: "thinking", thinking: "Well", signature: "x" },
      { type: "redacted_thinking", data: "x" },
      { type: "tool_use", id: "t1", name: "Bash", input: { command: "ls" } },
      { type: "server_tool_use", id: "t2", name: "web_search", input: {} },
      { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
      { type: "novelty", value: 1 },
      { type: "text" },
    ];
    const usage = {
      input_tokens: 1,
      output_tokens: 2,
      cache_read_input_tokens: 3,
      cache_creation_input_tokens: 9,
      cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 5 },
      server_tool_use: { web_search_requests: 6 },
      service_tier: "standard",
      speed: "fast",
    };
    const line = {
      type: "assistant",
      ...origin,
      message: { ...message, content, usage, model: "claude-opus-5-5", stop_reason: "end_turn" },
      parent_tool_use_id: "t0",
      request_id: "req1",
      user_message_uuids: ["a", "b"],
    };
    expect(parse(line)).toEqual({
      kind: "assistant",
      ...parsedOrigin,
      messageId: "m1",
      requestId: "req1",
      model: "claude-opus-5-5",
      content: [
        { type: "text", text: "Hi" },
        { type: "thinking", text: "Well" },
        { type: "thinking", text: "" },
        { type: "tool_use", id: "t1", name: "Bash", input: { command: "ls" } },
        { type: "tool_use", id: "t2", name: "web_search", input: {} },
        { type: "media", media: "image", mediaType: "image/png" },
        { type: "other", blockType: "novelty", raw: { type: "novelty", value: 1 } },
        { type: "other", blockType: "text", raw: { type: "text" } },
      ],
      usage: {
        tokens: { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 },
        webSearchRequests: 6,
        serviceTier: "standard",
        speed: "fast",
        inferenceGeo: null,
      },
      stopReason: "end_turn",
      parentToolUseId: "t0",
      error: null,
      userMessageUuids: ["a", "b"],
    });
  });

  test("what is missing stays missing: unknown is not zero", () => {
    const line = { type: "assistant", message: { ...message, usage: { output_tokens: "many" } } };
    expect(parse(line)).toEqual({
      kind: "assistant",
      uuid: null,
      sessionId: null,
      messageId: "m1",
      requestId: null,
      model: null,
      content: [],
      usage: {
        tokens: { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null },
        webSearchRequests: null,
        serviceTier: null,
        speed: null,
        inferenceGeo: null,
      },
      stopReason: null,
      parentToolUseId: null,
      error: null,
      userMessageUuids: [],
    });
  });
});

test("user: a tool's result with parts, and why it did not run", () => {
  const line = {
    type: "user",
    ...origin,
    message: {
      role: "user",
      content: [
        {
          type: "tool_result",
          tool_use_id: "t1",
          is_error: true,
          content: [{ type: "text", text: "no" }, { type: "image", source: { type: "url", url: "x" } }],
        },
        { type: "tool_result", tool_use_id: "t2" },
      ],
    },
    parent_tool_use_id: null,
    tool_use_result: "Error: no",
    tool_result_meta: [
      { id: "t1", non_execution_kind: "user-rejected", permission_decision: { decision: "reject", source: "config" } },
      { no: "id" },
    ],
  };
  expect(parse(line)).toEqual({
    kind: "user",
    ...parsedOrigin,
    isReplay: false,
    isSynthetic: false,
    content: [
      {
        type: "tool_result",
        toolUseId: "t1",
        isError: true,
        content: [
          { type: "text", text: "no" },
          { type: "media", media: "image", mediaType: null },
        ],
      },
      { type: "tool_result", toolUseId: "t2", isError: false, content: [] },
    ],
    parentToolUseId: null,
    timestamp: null,
    toolUseResult: "Error: no",
    toolResultMeta: [
      { toolUseId: "t1", nonExecutionKind: "user-rejected", decision: "reject", decisionSource: "config" },
    ],
    origin: null,
  });
});

test("result: totals, denials, and the older name of the answered message", () => {
  const line = {
    type: "result",
    subtype: "error_max_turns",
    is_error: true,
    total_cost_usd: 0.5,
    num_turns: 2,
    errors: ["Reached maximum number of turns (1)"],
    permission_denials: [{ tool_name: "Bash", tool_use_id: "t1", tool_input: { command: "ls" } }, {}],
    modelUsage: { opus: { inputTokens: 1, outputTokens: 2, costUSD: 0.5, contextWindow: 1000, cacheCreationInputTokens: 7 } },
    user_message_uuid: "a",
  };
  expect(parse(line)).toMatchObject({
    kind: "result",
    subtype: "error_max_turns",
    isError: true,
    terminalReason: null,
    totalCostUsd: 0.5,
    numTurns: 2,
    usage: null,
    text: null,
    errors: ["Reached maximum number of turns (1)"],
    permissionDenials: [{ toolName: "Bash", toolUseId: "t1", input: { command: "ls" } }],
    modelUsage: [
      {
        model: "opus",
        tokens: { input: 1, output: 2, cacheRead: null, cacheWrite5m: 7, cacheWrite1h: null },
        webSearchRequests: null,
        costUsd: 0.5,
        contextWindow: 1000,
      },
    ],
    userMessageUuids: ["a"],
  });
});

describe("stream events", () => {
  const delta = (value: object) => ({ type: "content_block_delta", index: 1, delta: value });

  test.each([
    [
      { type: "message_start", message: { id: "m1", model: "opus" } },
      { type: "message_start", messageId: "m1", model: "opus", usage: null },
    ],
    [
      { type: "content_block_start", index: 0, content_block: { type: "tool_use", id: "t1", name: "Bash", input: {} } },
      { type: "content_block_start", index: 0, blockType: "tool_use", toolUseId: "t1", toolName: "Bash" },
    ],
    [delta({ type: "text_delta", text: "a" }), { type: "content_block_delta", index: 1, block: "text", text: "a" }],
    [
      delta({ type: "thinking_delta", thinking: "b" }),
      { type: "content_block_delta", index: 1, block: "thinking", text: "b" },
    ],
    [
      delta({ type: "input_json_delta", partial_json: "{" }),
      { type: "content_block_delta", index: 1, block: "toolInput", text: "{" },
    ],
    [delta({ type: "signature_delta" }), { type: "other", eventType: "content_block_delta/signature_delta" }],
    [
      { type: "content_block_stop", index: 2 },
      { type: "content_block_stop", index: 2 },
    ],
    [
      { type: "message_delta", delta: { stop_reason: "end_turn" } },
      { type: "message_delta", stopReason: "end_turn", usage: null },
    ],
    [{ type: "message_stop" }, { type: "message_stop" }],
    [{ type: "ping" }, { type: "other", eventType: "ping" }],
  ])("%j", (event, expected) => {
    const messageId = event.type === "message_start" ? "m1" : "m9";
    expect(parse({ type: "stream_event", ...origin, api_message_id: "m9", event })).toEqual({
      kind: "stream_event",
      ...parsedOrigin,
      messageId,
      parentToolUseId: null,
      event: expected,
    });
  });
});

describe("control", () => {
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
    [{ subtype: "success", request_id: "r1", response: { a: 1 } }, { ok: true, response: { a: 1 } }],
    [{ subtype: "success", request_id: "r1" }, { ok: true, response: {} }],
    [
      { subtype: "error", request_id: "r1", error: "no", error_code: "unsupported_request" },
      { ok: false, error: "no", errorCode: "unsupported_request" },
    ],
    [{ subtype: "error", request_id: "r1" }, { ok: false, error: "The CLI gave no reason.", errorCode: null }],
  ])("response %j", (response, outcome) => {
    expect(parse({ type: "control_response", response })).toEqual({ kind: "control_response", requestId: "r1", outcome });
  });

  test("a request taken back", () => {
    expect(parse({ type: "control_cancel_request", request_id: "r1" })).toEqual({
      kind: "control_cancel_request",
      requestId: "r1",
    });
  });
});

describe("system", () => {
  test.each([
    [{ subtype: "session_title_changed", title: "x" }, { kind: "system/session_title_changed", title: "x" }],
    [{ subtype: "session_state_changed", state: "idle" }, { kind: "system/session_state_changed", state: "idle" }],
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
      { subtype: "api_retry", attempt: 1, max_retries: 10, retry_delay_ms: 536.5, error_status: 529, error: "overloaded" },
      { kind: "system/api_retry", attempt: 1, maxRetries: 10, retryDelayMs: 536.5, errorStatus: 529, error: "overloaded" },
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
      { kind: "system/task_updated", taskId: "k1", status: "failed", error: "x", patch: { status: "failed", error: "x" } },
    ],
    [
      { subtype: "background_tasks_changed", tasks: [{ task_id: "k1", task_type: "local_bash", description: "d" }, {}] },
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
});

test.each([
  [{ type: "keep_alive" }, { kind: "keep_alive" }],
  [
    { type: "rate_limit_event", ...origin, rate_limit_info: { status: "allowed_warning", utilization: 0.9 } },
    {
      kind: "rate_limit_event",
      ...parsedOrigin,
      status: "allowed_warning",
      info: { status: "allowed_warning", utilization: 0.9 },
    },
  ],
  [
    { type: "tool_progress", ...origin, tool_use_id: "t1", tool_name: "Bash", elapsed_time_seconds: 3 },
    {
      kind: "tool_progress",
      ...parsedOrigin,
      toolUseId: "t1",
      toolName: "Bash",
      parentToolUseId: null,
      elapsedSeconds: 3,
    },
  ],
  [
    { type: "command_lifecycle", ...origin, command_uuid: "c1", state: "queued" },
    { kind: "command_lifecycle", ...parsedOrigin, commandUuid: "c1", state: "queued" },
  ],
])("%j", (line, expected) => {
  expect(parse(line)).toEqual(expected);
});

describe("what nobody can read is kept", () => {
  test.each([
    ["Warning: not JSON", "not_json", null],
    ['{"type":"assistant"', "not_json", null],
    ["[1]", "unexpected_shape", null],
    ["null", "unexpected_shape", null],
    ['"text"', "unexpected_shape", null],
    ["{}", "unexpected_shape", null],
    ['{"type":7}', "unexpected_shape", null],
    ['{"type":"novelty"}', "unknown_type", "novelty"],
    ['{"type":"constructor"}', "unknown_type", "constructor"],
    ['{"type":"system"}', "unexpected_shape", "system"],
    ['{"type":"system","subtype":"novelty"}', "unknown_type", "system/novelty"],
    ['{"type":"system","subtype":"hook_novelty"}', "unknown_type", "system/hook_novelty"],
    ['{"type":"system","subtype":"task_novelty"}', "unknown_type", "system/task_novelty"],
    ['{"type":"system","subtype":"task_started"}', "unexpected_shape", "system/task_started"],
    ['{"type":"assistant","message":"text"}', "unexpected_shape", "assistant"],
    ['{"type":"assistant","message":{"id":"m1","content":7}}', "unexpected_shape", "assistant"],
    ['{"type":"user"}', "unexpected_shape", "user"],
    ['{"type":"result"}', "unexpected_shape", "result"],
    ['{"type":"stream_event"}', "unexpected_shape", "stream_event"],
    ['{"type":"stream_event","event":{"type":"content_block_stop","index":-1}}', "unexpected_shape", "stream_event"],
    ['{"type":"control_request","request":{}}', "unexpected_shape", "control_request"],
    ['{"type":"control_response","response":{}}', "unexpected_shape", "control_response"],
    ['{"type":"control_cancel_request"}', "unexpected_shape", "control_cancel_request"],
    ['{"type":"command_lifecycle"}', "unexpected_shape", "command_lifecycle"],
  ])("%s", (raw, reason, messageType) => {
    expect(parseMessage(raw)).toEqual({ kind: "unrecognised", reason, messageType, raw, omittedChars: 0 });
  });

  test("its text is cut at a limit, and how much was cut is told", () => {
    const message = parseMessage("x".repeat(MAX_RAW_CHARS + 5));
    expect(message).toMatchObject({ raw: "x".repeat(MAX_RAW_CHARS), omittedChars: 5 });
  });
});

describe("never throws", () => {
  test("on any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseMessage(text)).toHaveProperty("kind");
      }),
    );
  });

  test("on known types with anything inside", () => {
    const type = fc.constantFrom("assistant", "user", "result", "stream_event", "control_request", "control_response");
    const inside = fc.dictionary(
      fc.constantFrom("message", "event", "request", "response", "content", "usage", "id", "request_id", "subtype", "index"),
      fc.oneof({ depthSize: "small" }, fc.jsonValue(), fc.dictionary(fc.constantFrom("id", "content", "type"), fc.jsonValue())),
    );
    fc.assert(
      fc.property(type, inside, (name, fields) => {
        expect(parse({ ...fields, type: name })).toHaveProperty("kind");
      }),
    );
  });
});
