/** The hottest lines: thousands a second while the model writes, so plain field reads and nothing else. */
import type { JsonObject } from "../../../shared/model/json.ts";
import type { StreamEventMessage } from "./claudeMessage.ts";
import { parseUsage } from "./parseUsage.ts";
import { readNumber, readObject, readString } from "./readField.ts";
import type { StreamEvent } from "./streamEvent.ts";

/** Null when the line has no event or the event lacks what its type promises. */
export function parseStreamEvent(line: JsonObject): StreamEventMessage | null {
  const raw = readObject(line, "event");
  const event = raw === null ? null : parseEvent(raw);
  if (event === null) return null;
  return {
    kind: "stream_event",
    uuid: readString(line, "uuid"),
    sessionId: readString(line, "session_id"),
    messageId: event.type === "message_start" ? event.messageId : readString(line, "api_message_id"),
    parentToolUseId: readString(line, "parent_tool_use_id"),
    event,
  };
}

function parseEvent(event: JsonObject): StreamEvent | null {
  const type = readString(event, "type");
  switch (type) {
    case null:
      return null;
    case "content_block_delta":
      return parseDelta(event);
    case "content_block_start":
      return parseBlockStart(event);
    case "content_block_stop":
      return withIndex(event, (index) => ({ type, index }));
    case "message_start":
      return parseMessageStart(event);
    case "message_delta":
      return parseMessageDelta(event);
    case "message_stop":
      return { type };
    default:
      return { type: "other", eventType: type };
  }
}

function parseDelta(event: JsonObject): StreamEvent | null {
  const index = readIndex(event);
  const delta = readObject(event, "delta");
  if (index === null || delta === null) return null;
  const type = readString(delta, "type");
  switch (type) {
    case "text_delta":
      return { type: "content_block_delta", index, block: "text", text: readString(delta, "text") ?? "" };
    case "thinking_delta":
      return { type: "content_block_delta", index, block: "thinking", text: readString(delta, "thinking") ?? "" };
    case "input_json_delta":
      return { type: "content_block_delta", index, block: "toolInput", text: readString(delta, "partial_json") ?? "" };
    default:
      return { type: "other", eventType: `content_block_delta/${type ?? "unknown"}` };
  }
}

function parseBlockStart(event: JsonObject): StreamEvent | null {
  const block = readObject(event, "content_block");
  if (block === null) return null;
  return withIndex(event, (index) => ({
    type: "content_block_start",
    index,
    blockType: readString(block, "type") ?? "unknown",
    toolUseId: readString(block, "id"),
    toolName: readString(block, "name"),
  }));
}

function parseMessageStart(event: JsonObject): StreamEvent | null {
  const message = readObject(event, "message");
  const messageId = message === null ? null : readString(message, "id");
  if (message === null || messageId === null) return null;
  return {
    type: "message_start",
    messageId,
    model: readString(message, "model"),
    usage: parseUsage(message, readNumber),
  };
}

function parseMessageDelta(event: JsonObject): StreamEvent {
  const delta = readObject(event, "delta");
  const stopReason = delta === null ? null : readString(delta, "stop_reason");
  return { type: "message_delta", stopReason, usage: parseUsage(event, readNumber) };
}

function withIndex(event: JsonObject, build: (index: number) => StreamEvent): StreamEvent | null {
  const index = readIndex(event);
  return index === null ? null : build(index);
}

function readIndex(event: JsonObject): number | null {
  const index = readNumber(event, "index");
  return index !== null && Number.isSafeInteger(index) && index >= 0 ? index : null;
}
