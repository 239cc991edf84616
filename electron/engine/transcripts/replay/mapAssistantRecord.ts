import type { EventDraft } from "../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../shared/model/json.ts";
import type { AssistantMessage } from "../../claude/claudeMessage.ts";
import { parseAssistant } from "../../claude/parseConversation.ts";
import { readFlag, readNumber, readString } from "../../claude/readField.ts";
import { mapAssistant } from "../../sessions/mapping/mapAssistant.ts";
import { initialMappingState } from "../../sessions/mapping/mappingState.ts";
import { contextTokens } from "./contextTokens.ts";
import { failedTurn, finishedTurn } from "./endOfTurn.ts";

/** What the CLI calls the model of messages that it made itself. */
const SYNTHETIC_MODEL = "<synthetic>";

/** With these the model has had its say; for `max_tokens` and `refusal` the CLI goes on by itself (2.1.329). */
const LAST_WORDS: ReadonlySet<string | null> = new Set(["end_turn", "stop_sequence"]);

/**
 * Maps an assistant record: one block of a message, or all of them in older versions. Null when its shape is not the known
 * one. Each block repeats the message's tokens; they are told with its first.
 */
export function mapAssistantRecord(record: JsonObject, parentToolUseId: string | null): readonly EventDraft[] | null {
  const parsed = parseAssistant({ ...record, request_id: readString(record, "requestId") });
  if (parsed === null) return null;
  const message: AssistantMessage = { ...parsed, parentToolUseId };
  const { events } = mapAssistant(initialMappingState(null), message);
  const isOwn = parentToolUseId === null;
  if (isOwn && readFlag(record, "isApiErrorMessage")) return [failedTurn("success", "api_error", textOf(events))];
  const hasText = events.some(({ type }) => type === "assistant.textAdded");
  const endsTurn = isOwn && hasText && LAST_WORDS.has(message.stopReason) && message.model !== SYNTHETIC_MODEL;
  return [...events, ...usageEvents(record, message), ...(endsTurn ? [finishedTurn()] : [])];
}

function usageEvents(record: JsonObject, message: AssistantMessage): readonly EventDraft[] {
  const { messageId, requestId, model, parentToolUseId } = message;
  if (message.usage === null || model === SYNTHETIC_MODEL || (readNumber(record, "apiBlockIndex") ?? 0) > 0) return [];
  const usage = message.usage.tokens;
  const recorded: EventDraft = {
    type: "usage.recorded",
    data: { messageId, requestId, model, usage, parentToolUseId },
  };
  const usedTokens = parentToolUseId === null ? contextTokens(usage) : null;
  if (usedTokens === null) return [recorded];
  return [recorded, { type: "session.contextMeasured", data: { usedTokens, windowTokens: null } }];
}

function textOf(events: readonly EventDraft[]): string {
  return events.flatMap((event) => (event.type === "assistant.textAdded" ? [event.data.text] : [])).join("\n");
}
