import type { EventOf } from "../../../shared/model/event.ts";
import type { MessageCopy } from "../transcripts/messageCopy.ts";

/** The copy of a message that the live stream tells, of the session whose cost it is. */
export function streamedCopy({ at, data }: EventOf<"usage.recorded">, sessionId: string): MessageCopy {
  const { messageId, requestId, model, usage, parentToolUseId, charge } = data;
  return {
    ...{ messageId, requestId, sessionId, model },
    isSidechain: parentToolUseId !== null,
    isForkCopy: false,
    atMs: Date.parse(at),
    ...usage,
    webSearches: charge?.webSearches ?? null,
    speed: charge?.speed ?? null,
    serviceTier: charge?.serviceTier ?? null,
    inferenceGeo: charge?.inferenceGeo ?? null,
    path: "",
    offset: 0,
    origin: "stream",
    turnId: charge?.turnId ?? null,
    isTurnTold: (charge?.turnId ?? null) !== null,
    gitBranch: null,
    isProvisional: charge?.isProvisional ?? false,
    ...(charge?.isBad === true ? { hasBadUsage: true } : {}),
  };
}
