import type { StreamEventMessage } from "../../claude/claudeMessage.ts";
import type { MessageUsage } from "../../claude/messageUsage.ts";
import type { EventDraft } from "../../../../shared/model/event.ts";
import { beginOrJoinTurn, type Mapped, type MappingState, type OpenMessage, told } from "./mappingState.ts";

/** Maps a piece of a message that is being written. The hot path: a delta allocates its event and nothing else. */
export function mapStreamEvent(state: MappingState, message: StreamEventMessage): Mapped {
  const { event, parentToolUseId } = message;
  const key = parentToolUseId ?? "";
  switch (event.type) {
    case "content_block_delta": {
      const messageId = message.messageId ?? state.openMessages.get(key)?.messageId ?? "";
      const { index: blockIndex, block, text } = event;
      return told(state, { type: "assistant.delta", data: { messageId, blockIndex, block, text, parentToolUseId } });
    }
    case "message_start": {
      const opened: OpenMessage = { messageId: event.messageId, requestId: null, model: event.model };
      const next = { ...state, openMessages: new Map(state.openMessages).set(key, opened) };
      // Versions without a `requesting` status give no earlier sign of a turn.
      return parentToolUseId === null ? beginOrJoinTurn(next, [], event.messageId) : told(next);
    }
    case "message_delta":
      return event.usage === null ? told(state) : finishedUsage(state, message, event.usage);
    default:
      return told(state);
  }
}

/** The last word on a message's tokens: the counts on `assistant` lines before it are placeholders. */
function finishedUsage(state: MappingState, message: StreamEventMessage, usage: MessageUsage): Mapped {
  const { parentToolUseId } = message;
  const open = state.openMessages.get(parentToolUseId ?? "");
  const messageId = message.messageId ?? open?.messageId;
  if (messageId === undefined) return told(state);
  const events: EventDraft[] = [
    {
      type: "usage.recorded",
      data: {
        messageId,
        requestId: open?.requestId ?? null,
        model: open?.model ?? state.model,
        usage: usage.tokens,
        parentToolUseId,
      },
    },
  ];
  const usedTokens = parentToolUseId === null ? contextTokens(usage) : null;
  if (usedTokens === null) return { state, events };
  events.push({ type: "session.contextMeasured", data: { usedTokens, windowTokens: state.windowTokens } });
  return { state: { ...state, usedTokens }, events };
}

/** All that the model held when it finished the message: the prompt, cached or not, and what it wrote. */
function contextTokens({ tokens }: MessageUsage): number | null {
  if (tokens.input === null || tokens.output === null) return null;
  const cached = (tokens.cacheRead ?? 0) + (tokens.cacheWrite5m ?? 0) + (tokens.cacheWrite1h ?? 0);
  return tokens.input + cached + tokens.output;
}
