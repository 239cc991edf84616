import type { MessageUsage } from "../../claude/messageUsage.ts";
import type { EventDraft } from "../../../../shared/model/event.ts";

/** The turn that runs, and all payloads that have joined it so far. */
export interface RunningTurn {
  readonly turnId: string;
  readonly payloadIds: readonly string[];
}

/** What the mapping must remember between two messages of one claude process. */
export interface MappingState {
  readonly turn: RunningTurn | null;
  readonly model: string | null;
  readonly permissionMode: string | null;
  readonly title: string | null;
  /** The last `init` as text: it comes before every turn, and only a change is news. */
  readonly initSignature: string | null;
  /** The session's running total when it was last told; null while there is no baseline. */
  readonly totalCostUsd: number | null;
  /** The session that the CLI counts for, when it is another than the one it was started for: after `/clear`. */
  readonly countedFor: string | null;
  /** The fill of the model's context: what is known of it is told as soon as either half changes. */
  readonly usedTokens: number | null;
  readonly windowTokens: number | null;
  /** The API message that each stream writes; the key is the sub-agent's tool call, "" for the session itself. */
  readonly openMessages: ReadonlyMap<string, OpenMessage>;
}

/** An API message that is being streamed. */
export interface OpenMessage {
  readonly messageId: string;
  readonly requestId: string | null;
  readonly model: string | null;
  /** What its beginning told of its tokens; null when it told nothing, or the end did. */
  readonly start: MessageUsage | null;
}

/** What one message comes to: the facts in it, and what to remember. */
export interface Mapped {
  readonly state: MappingState;
  readonly events: readonly EventDraft[];
}

/** The state of a process that has said nothing yet. `totalCostUsd` is what the session had cost before it. */
export function initialMappingState(totalCostUsd: number | null): MappingState {
  return {
    turn: null,
    model: null,
    permissionMode: null,
    title: null,
    initSignature: null,
    totalCostUsd,
    countedFor: null,
    usedTokens: null,
    windowTokens: null,
    openMessages: new Map(),
  };
}

/** A message that is news but changes nothing to remember. */
export function told(state: MappingState, ...events: readonly EventDraft[]): Mapped {
  return { state, events };
}

/**
 * Begins a turn, or lets more payloads join the one that runs. `fallbackId` names a turn that no payload caused.
 */
export function beginOrJoinTurn(state: MappingState, payloadIds: readonly string[], fallbackId: string): Mapped {
  if (state.turn !== null) {
    const joining = payloadIds.filter((payloadId) => !state.turn?.payloadIds.includes(payloadId));
    if (joining.length === 0) return told(state);
    return told({ ...state, turn: { ...state.turn, payloadIds: [...state.turn.payloadIds, ...joining] } });
  }
  const payloadId = payloadIds[0] ?? null;
  const turn: RunningTurn = { turnId: payloadId ?? fallbackId, payloadIds };
  const counted = state.countedFor === null ? {} : { countedFor: state.countedFor };
  return told({ ...state, turn }, { type: "turn.started", data: { turnId: turn.turnId, payloadId, ...counted } });
}
