import { parseSessionFacts } from "../transcripts/sessionFacts.ts";
import type { TranscriptIndex } from "../transcripts/transcriptIndex.ts";

/** The title that a session's transcripts had, which may be gone; null when none told of it. */
export function keptTitle({ read }: Pick<TranscriptIndex, "read">, sessionId: string): string | null {
  return parseSessionFacts(read.session(sessionId)?.facts ?? "")?.title ?? null;
}
