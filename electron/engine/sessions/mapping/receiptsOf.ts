import type { ReceiptState } from "../../../../shared/model/payload.ts";
import type { ClaudeMessage } from "../../claude/claudeMessage.ts";
import { errorTextOf, outcomeOf } from "./mapResult.ts";

/** One step that a message proves for a payload. */
export interface ReceiptStep {
  readonly payloadId: string;
  readonly state: ReceiptState;
  readonly reason?: string;
}

const stateOfLifecycle: Readonly<Record<string, ReceiptState>> = {
  queued: "queued",
  started: "delivered",
  completed: "answered",
};

/**
 * How far payloads got according to one message. `command_lifecycle` tells it on current versions; replays and results
 * tell it where that is missing. A result with an error comes before the lifecycle's own end, so its reason is kept.
 */
export function receiptsOf(message: ClaudeMessage): readonly ReceiptStep[] {
  switch (message.kind) {
    case "command_lifecycle":
      return lifecycleStep(message.commandUuid, message.state);
    case "user":
      return message.isReplay && message.uuid !== null ? [{ payloadId: message.uuid, state: "delivered" }] : [];
    case "result": {
      const outcome = outcomeOf(message);
      if (outcome === "interrupted") return [];
      return message.userMessageUuids.map((payloadId) =>
        outcome === "success"
          ? { payloadId, state: "answered" }
          : { payloadId, state: "failed", reason: errorTextOf(message) ?? "The turn failed." },
      );
    }
    default:
      return [];
  }
}

function lifecycleStep(payloadId: string, word: string): readonly ReceiptStep[] {
  if (word === "cancelled") return [{ payloadId, state: "cancelled" }];
  const state = stateOfLifecycle[word];
  return state === undefined ? [] : [{ payloadId, state }];
}
