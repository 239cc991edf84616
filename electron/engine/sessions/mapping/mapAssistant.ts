import type { AssistantMessage } from "../../claude/claudeMessage.ts";
import type { ContentBlock } from "../../claude/contentBlock.ts";
import type { EventDraft } from "../../../../shared/model/event.ts";
import { type Mapped, type MappingState, told } from "./mappingState.ts";

/** Maps finished blocks of an assistant message: text, thinking, tool calls. */
export function mapAssistant(state: MappingState, message: AssistantMessage): Mapped {
  const events = message.content.flatMap((block) => blockEvents(message, block));
  return { state: withRequestId(state, message), events };
}

function blockEvents(message: AssistantMessage, block: ContentBlock): EventDraft[] {
  const { messageId, model, parentToolUseId } = message;
  switch (block.type) {
    case "text":
      return [{ type: "assistant.textAdded", data: { messageId, text: block.text, model, parentToolUseId } }];
    case "thinking":
      return [{ type: "assistant.thinkingAdded", data: { messageId, text: block.text, parentToolUseId } }];
    case "tool_use": {
      const { id: toolUseId, name, input } = block;
      return [{ type: "tool.called", data: { toolUseId, messageId, name, input, parentToolUseId } }];
    }
    case "media":
      return [{ type: "assistant.textAdded", data: { messageId, text: `[${block.media}]`, model, parentToolUseId } }];
    case "other": {
      const raw = JSON.stringify(block.raw);
      const messageType = `assistant/${block.blockType}`;
      return [{ type: "message.unrecognised", data: { reason: "unknown_type", messageType, raw, omittedChars: 0 } }];
    }
    case "tool_result":
      return [];
  }
}

/** The request id stands on the finished line only, but the final token count comes after it. */
function withRequestId(state: MappingState, message: AssistantMessage): MappingState {
  const key = message.parentToolUseId ?? "";
  const open = state.openMessages.get(key);
  if (message.requestId === null || open?.messageId !== message.messageId || open.requestId !== null) return state;
  const known = { ...open, requestId: message.requestId };
  return told({ ...state, openMessages: new Map(state.openMessages).set(key, known) }).state;
}
