import type { StreamEventMessage } from "../../claude/claudeMessage.ts";
import type { MessageUsage } from "../../claude/messageUsage.ts";
import type { EventDraft } from "../../../../shared/model/event.ts";
import { mergeUsage } from "./mergeUsage.ts";
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
      const opened: OpenMessage = {
        messageId: event.messageId,
        requestId: null,
        model: event.model,
        start: event.usage,
      };
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
function finishedUsage(state: MappingState, message: StreamEventMessage, end: MessageUsage): Mapped {
  const { parentToolUseId } = message;
  const key = parentToolUseId ?? "";
  const open = state.openMessages.get(key);
  const messageId = message.messageId ?? open?.messageId;
  if (messageId === undefined) return told(state);
  const isOfOpen = open?.messageId === messageId;
  const usage = believed(mergeUsage(isOfOpen ? open.start : null, end));
  const known = {
    messageId,
    requestId: open?.requestId ?? null,
    model: open?.model ?? state.model,
  };
  const events = [usageEvent(state, known, usage, { parentToolUseId, isProvisional: false })];
  const next = isOfOpen
    ? { ...state, openMessages: new Map(state.openMessages).set(key, { ...open, start: null }) }
    : state;
  const usedTokens = parentToolUseId === null ? contextTokens(usage) : null;
  if (usedTokens === null) return { state: next, events };
  const measured: EventDraft = {
    type: "session.contextMeasured",
    data: { usedTokens, windowTokens: state.windowTokens },
  };
  return { state: { ...next, usedTokens }, events: [...events, measured] };
}

/** A message's usage, and whether something in it was no count: then nothing of it is believed. */
interface BelievedUsage extends MessageUsage {
  readonly isBad: boolean;
}

function believed(usage: MessageUsage): BelievedUsage {
  const { tokens, webSearchRequests } = usage;
  if ([...Object.values(tokens), webSearchRequests].every(isCountOrUnknown)) return { ...usage, isBad: false };
  const unknown = { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null };
  return { ...usage, tokens: unknown, webSearchRequests: null, isBad: true };
}

function isCountOrUnknown(value: number | null): boolean {
  return value === null || (Number.isSafeInteger(value) && value >= 0);
}

function usageEvent(
  state: MappingState,
  { messageId, requestId, model }: Pick<OpenMessage, "messageId" | "requestId" | "model">,
  usage: BelievedUsage,
  { parentToolUseId, isProvisional }: { readonly parentToolUseId: string | null; readonly isProvisional: boolean },
): EventDraft {
  const { tokens, webSearchRequests: webSearches, speed, serviceTier, inferenceGeo } = usage;
  const turnId = state.turn?.turnId ?? null;
  const rare = {
    ...(state.countedFor === null ? {} : { countedFor: state.countedFor }),
    ...(usage.isBad ? { isBad: true } : {}),
  };
  const charge = { webSearches, speed, serviceTier, inferenceGeo, turnId, isProvisional, ...rare };
  return {
    type: "usage.recorded",
    data: { messageId, requestId, model, usage: tokens, parentToolUseId, charge },
  };
}

/** Messages that were cut off: what their beginning told is charged, and nobody tells more. */
export function unfinishedUsage(state: MappingState): readonly EventDraft[] {
  return [...state.openMessages].flatMap(([key, open]) => {
    if (open.start === null) return [];
    return [
      usageEvent(state, open, believed(open.start), { parentToolUseId: key === "" ? null : key, isProvisional: true }),
    ];
  });
}

/** All that the model held when it finished the message: the prompt, cached or not, and what it wrote. */
function contextTokens({ tokens }: MessageUsage): number | null {
  if (tokens.input === null || tokens.output === null) return null;
  const cached = (tokens.cacheRead ?? 0) + (tokens.cacheWrite5m ?? 0) + (tokens.cacheWrite1h ?? 0);
  return tokens.input + cached + tokens.output;
}
