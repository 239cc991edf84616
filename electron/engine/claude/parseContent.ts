import type { JsonObject, JsonValue } from "../../../shared/model/json.ts";
import { isJsonObject } from "../../../shared/model/json.ts";
import type { ContentBlock } from "./contentBlock.ts";
import { readFlag, readObject, readString, readValue } from "./readField.ts";

/** Reads a message's `content`: a string, or a list of blocks. Null when it is neither. */
export function parseContent(content: JsonValue): readonly ContentBlock[] | null {
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (!Array.isArray(content)) return null;
  return content.map(parseBlock);
}

function parseBlock(block: JsonValue): ContentBlock {
  if (typeof block === "string") return { type: "text", text: block };
  if (!isJsonObject(block)) return { type: "other", blockType: "unknown", raw: { value: block } };
  return parseKnownBlock(block) ?? { type: "other", blockType: readString(block, "type") ?? "unknown", raw: block };
}

function parseKnownBlock(block: JsonObject): ContentBlock | null {
  switch (readString(block, "type")) {
    case "text": {
      const text = readString(block, "text");
      return text === null ? null : { type: "text", text };
    }
    case "thinking":
      return { type: "thinking", text: readString(block, "thinking") ?? "" };
    case "redacted_thinking":
      return { type: "thinking", text: "" };
    case "tool_use":
    case "server_tool_use":
    case "mcp_tool_use":
      return parseToolUse(block);
    case "tool_result":
      return parseToolResult(block);
    case "image":
    case "document":
      return parseMedia(block);
    default:
      return null;
  }
}

function parseToolUse(block: JsonObject): ContentBlock | null {
  const id = readString(block, "id");
  const name = readString(block, "name");
  if (id === null || name === null) return null;
  return { type: "tool_use", id, name, input: readObject(block, "input") ?? {} };
}

function parseToolResult(block: JsonObject): ContentBlock | null {
  const toolUseId = readString(block, "tool_use_id");
  if (toolUseId === null) return null;
  const content = parseContent(readValue(block, "content")) ?? [];
  return { type: "tool_result", toolUseId, isError: readFlag(block, "is_error"), content };
}

function parseMedia(block: JsonObject): ContentBlock {
  const source = readObject(block, "source");
  return {
    type: "media",
    media: block["type"] === "image" ? "image" : "document",
    mediaType: source === null ? null : readString(source, "media_type"),
  };
}
