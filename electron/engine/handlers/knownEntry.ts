import { basename } from "node:path";
import type { CostEntry } from "../../../shared/model/cost.ts";
import type { Payload } from "../../../shared/model/payload.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { transcriptSeq } from "../transcripts/replay/transcriptSeq.ts";

/** What the host knows beyond the ledger. */
export interface KnownHere {
  readonly session: (sessionId: string) => SessionSummary | undefined;
  readonly payload: (payloadId: string) => Payload | null;
}

/** An entry with its session as it is called now, what caused it when it was sent from here, and where it is to be read. */
export function knownEntry({ session, payload }: KnownHere, entry: CostEntry): CostEntry {
  const { sessionId, turnId, place } = entry;
  const summary = session(sessionId);
  return {
    ...entry,
    sessionTitle: summary?.title ?? entry.sessionTitle,
    projectPath: entry.projectPath ?? summary?.projectPath ?? null,
    payloadId: turnId === null ? null : (payload(turnId)?.payloadId ?? null),
    seq: place !== null && isOwnTranscript(place.path, entry) ? transcriptSeq(place.offset) : null,
  };
}

/** Not that of a sub-agent, nor one that a fork was copied from. */
export function isOwnTranscript(path: string, { sessionId }: { readonly sessionId: string }): boolean {
  return basename(path) === `${sessionId}.jsonl`;
}
