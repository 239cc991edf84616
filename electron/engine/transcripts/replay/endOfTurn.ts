import type { EventDraft } from "../../../../shared/model/event.ts";

/** How a turn ended that a transcript tells of; it says nothing of cost and time. */
interface TurnEnd {
  readonly outcome: "success" | "error" | "interrupted";
  readonly subtype: string;
  readonly terminalReason: string | null;
  readonly errorText: string | null;
}

function turnCompleted(end: TurnEnd): EventDraft {
  const unknown = { durationMs: null, modelTurns: null, totalCostUsd: null, costUsd: null, usage: null };
  return { type: "turn.completed", data: { turnId: null, payloadIds: [], ...end, ...unknown } };
}

export function finishedTurn(): EventDraft {
  return turnCompleted({ outcome: "success", subtype: "success", terminalReason: "completed", errorText: null });
}

export function interruptedTurn(inTool: boolean): EventDraft {
  const terminalReason = inTool ? "aborted_tools" : "aborted_streaming";
  return turnCompleted({
    outcome: "interrupted",
    subtype: "error_during_execution",
    terminalReason,
    errorText: null,
  });
}

/** `subtype` and `terminalReason` are the words that results of live sessions have for it. */
export function failedTurn(subtype: string, terminalReason: string | null, errorText: string): EventDraft {
  return turnCompleted({ outcome: "error", subtype, terminalReason, errorText });
}
