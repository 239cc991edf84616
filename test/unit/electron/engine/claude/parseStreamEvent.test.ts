import { expect, test } from "vitest";
import type { ClaudeMessage } from "../../../../../electron/engine/claude/claudeMessage.ts";
import { parseMessage } from "../../../../../electron/engine/claude/parseMessage.ts";

function parse(line: unknown): ClaudeMessage {
  return parseMessage(JSON.stringify(line));
}

const origin = { uuid: "u1", session_id: "s1" };
const parsedOrigin = { uuid: "u1", sessionId: "s1" };

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
