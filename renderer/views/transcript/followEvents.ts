import type { SessionEvent } from "../../../shared/model/event.ts";
import { type Transcript, emptyTranscript, extendTranscript } from "./transcriptRows.ts";

/** A transcript and the events it was made of. */
export interface FollowedTranscript {
  readonly events: readonly SessionEvent[];
  readonly transcript: Transcript;
}

export const nothingFollowed: FollowedTranscript = { events: [], transcript: emptyTranscript };

/**
 * Brings a transcript up to a list of events: events that only were added at the end are applied, any other change
 * (another session, an older page, dropped events) builds it anew.
 */
export function followEvents(before: FollowedTranscript, events: readonly SessionEvent[]): FollowedTranscript {
  if (events === before.events) return before;
  const known = before.events.length;
  const isExtension = known > 0 && events[0] === before.events[0] && events[known - 1] === before.events[known - 1];
  const base = isExtension ? before.transcript : emptyTranscript;
  return { events, transcript: extendTranscript(base, isExtension ? events.slice(known) : events) };
}
