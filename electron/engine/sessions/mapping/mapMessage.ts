import type { ClaudeMessage } from "../../claude/claudeMessage.ts";
import { mapAssistant } from "./mapAssistant.ts";
import { mapResult } from "./mapResult.ts";
import { mapStreamEvent } from "./mapStreamEvent.ts";
import { mapSystem } from "./mapSystem.ts";
import { mapUser } from "./mapUser.ts";
import { type Mapped, type MappingState, told } from "./mappingState.ts";

/** What the mapping may ask about the world outside the message. */
export interface MappingContext {
  /** Whether a message uuid is the id of a payload that was sent from here. */
  readonly isPayload: (uuid: string) => boolean;
  /** The session that the process was started for; missing where it cannot have gone on in another. */
  readonly sessionId?: string;
}

/**
 * Maps one message of an owned claude process to events. Pure: no clock, no I/O. A tool's result belongs to the turn
 * that announced the call; a result belongs to the payloads that it names. Permission requests, receipts and control
 * responses are not facts of the conversation and are dealt with beside this.
 */
export function mapMessage(before: MappingState, message: ClaudeMessage, context: MappingContext): Mapped {
  const state = counting(before, message, context);
  switch (message.kind) {
    case "stream_event":
      return mapStreamEvent(state, message);
    case "assistant":
      return mapAssistant(state, message);
    case "user":
      return mapUser(state, message, context);
    case "result":
      return mapResult(state, message, context);
    case "rate_limit_event":
      return told(state, { type: "rateLimit.reported", data: { status: message.status, raw: message.info } });
    case "control_request/unknown": {
      const { subtype, raw } = message;
      return told(state, { type: "control.unknownReceived", data: { subtype, raw } });
    }
    case "unrecognised": {
      const { reason, messageType, raw, omittedChars } = message;
      return told(state, { type: "message.unrecognised", data: { reason, messageType, raw, omittedChars } });
    }
    case "control_request/can_use_tool":
    case "control_response":
    case "control_cancel_request":
    case "command_lifecycle":
    case "tool_progress":
    case "keep_alive":
      return told(state);
    default:
      return mapSystem(state, message, context);
  }
}

/** After `/clear` the process names another session, and its totals begin anew (measured on 2.1.329). */
function counting(state: MappingState, message: ClaudeMessage, { sessionId }: MappingContext): MappingState {
  if (sessionId === undefined || !("sessionId" in message) || message.sessionId === null) return state;
  const countedFor = message.sessionId === sessionId ? null : message.sessionId;
  return countedFor === state.countedFor ? state : { ...state, countedFor };
}
