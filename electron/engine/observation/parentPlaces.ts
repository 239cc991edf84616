/**
 * Places in the transcript that a fork was copied from. A fork has a transcript of its own, with places of its own below
 * zero, so those of the other one are put below all of them.
 */
import type { SessionEvent } from "../../../shared/model/event.ts";
import { transcriptSeq } from "../transcripts/replay/transcriptSeq.ts";

/** Nearly as far as a transcript's own places reach; the rest leaves room for the place before the first one. */
const SHIFT = 2 ** 52 - 1024;

/** Halfway between the two: the first places of a fork's own transcript stay its own, and so does the one before them. */
const LIMIT = transcriptSeq(0) - 2 ** 51;

export function isParentPlace(seq: number): boolean {
  return seq < LIMIT;
}

/** The place as the fork's history names it. */
export function toParentPlace(seq: number): number {
  return seq - SHIFT;
}

/** The place as the transcript of the other session has it. */
export function fromParentPlace(seq: number): number {
  return seq + SHIFT;
}

export function withParentPlaces(events: readonly SessionEvent[]): readonly SessionEvent[] {
  return events.map((event) => ({ ...event, seq: toParentPlace(event.seq) }));
}
