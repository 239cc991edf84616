import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
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
          content: [
            { type: "text", text: "no" },
            { type: "image", source: { type: "url", url: "x" } },
          ],
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
    modelUsage: {
      opus: { inputTokens: 1, outputTokens: 2, costUSD: 0.5, contextWindow: 1000, cacheCreationInputTokens: 7 },
    },
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
      fc.constantFrom(
        "message",
        "event",
        "request",
        "response",
        "content",
        "usage",
        "id",
        "request_id",
        "subtype",
        "index",
      ),
      fc.oneof(
        { depthSize: "small" },
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom("id", "content", "type"), fc.jsonValue()),
      ),
    );
    fc.assert(
      fc.property(type, inside, (name, fields) => {
        expect(parse({ ...fields, type: name })).toHaveProperty("kind");
      }),
    );
  });
});
