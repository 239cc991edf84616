import { roundUsd } from "../../../../shared/model/usage.ts";
import type { EventDraft } from "../../../../shared/model/event.ts";
import type { ResultMessage } from "../../claude/claudeMessage.ts";
import type { MappingContext } from "./mapMessage.ts";
import { unfinishedUsage } from "./mapStreamEvent.ts";
import { type Mapped, type MappingState, told } from "./mappingState.ts";

/**
 * Maps a result. It is not always the end of a turn: a payload that only joins the conversation, and most slash
 * commands, yield a result of zero model turns that costs nothing, and then there is nothing to tell.
 */
export function mapResult(state: MappingState, message: ResultMessage, context: MappingContext): Mapped {
  const total = message.totalCostUsd === null ? null : roundUsd(message.totalCostUsd);
  const costUsd = total === null || state.totalCostUsd === null ? null : roundUsd(total - state.totalCostUsd);
  const next: MappingState = {
    ...state,
    turn: null,
    totalCostUsd: total ?? state.totalCostUsd,
    windowTokens: windowOf(state, message) ?? state.windowTokens,
    openMessages: new Map(),
  };
  const measured = [...unfinishedUsage(state), ...windowEvents(state, next)];
  if (!endsTurn(state, message, costUsd)) return told(next, ...measured);
  const named = message.userMessageUuids.filter(context.isPayload);
  const event: EventDraft = {
    type: "turn.completed",
    data: {
      turnId: state.turn?.turnId ?? named[0] ?? null,
      payloadIds: named.length > 0 ? named : (state.turn?.payloadIds ?? []),
      outcome: outcomeOf(message),
      subtype: message.subtype,
      terminalReason: message.terminalReason,
      durationMs: message.durationMs,
      modelTurns: message.numTurns,
      totalCostUsd: total,
      // A total below the last one means that the CLI began to count anew (`/clear`): the new total is what was added.
      costUsd: costUsd !== null && costUsd < 0 ? total : costUsd,
      usage: message.usage?.tokens ?? null,
      errorText: errorTextOf(message),
      ...(state.countedFor === null ? {} : { countedFor: state.countedFor }),
    },
  };
  return told(next, ...measured, event);
}

/** The size of the model's context is told by results only, so the first one completes what was measured before it. */
function windowEvents(before: MappingState, after: MappingState): readonly EventDraft[] {
  const { usedTokens, windowTokens } = after;
  if (usedTokens === null || windowTokens === before.windowTokens) return [];
  return [{ type: "session.contextMeasured", data: { usedTokens, windowTokens } }];
}

function endsTurn(state: MappingState, message: ResultMessage, costUsd: number | null): boolean {
  const silent = message.numTurns === 0 && message.terminalReason === null && !message.isError;
  return state.turn !== null || !silent || (costUsd !== null && costUsd !== 0);
}

/** How a result ended, from `terminal_reason` (an aborted turn may call itself a success, measured on 2.1.329). */
export function outcomeOf(message: ResultMessage): "success" | "error" | "interrupted" {
  if (message.terminalReason?.startsWith("aborted") === true) return "interrupted";
  return message.isError ? "error" : "success";
}

/** The error in words, or null for a result that is none. */
export function errorTextOf(message: ResultMessage): string | null {
  if (outcomeOf(message) !== "error") return null;
  return message.text ?? (message.errors.join("\n") || message.subtype);
}

function windowOf(state: MappingState, message: ResultMessage): number | null {
  const own = message.modelUsage.find(({ model }) => model === state.model) ?? message.modelUsage[0];
  return own?.contextWindow ?? null;
}
