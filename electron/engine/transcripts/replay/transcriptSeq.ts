/**
 * Sequence numbers of events that are read back from a transcript: below zero, so that they come before every event of
 * the bus, in the order of the file, and lead back to the record's place in it.
 */

/** Events that one record can become; a record with more blocks gives its last ones the same place. */
const EVENTS_PER_RECORD = 256;

/** Leaves 17 terabytes of transcript below zero, and stays a safe integer. */
const FIRST_SEQ = -(2 ** 52);

/** The place of a record's event: `offset` in bytes from the start of the file, `index` among the record's events. */
export function transcriptSeq(offset: number, index = 0): number {
  return FIRST_SEQ + offset * EVENTS_PER_RECORD + Math.min(index, EVENTS_PER_RECORD - 1);
}

/** The place that a sequence number names; null for an event of the bus. */
export function placeOfSeq(seq: number): { readonly offset: number; readonly index: number } | null {
  if (seq >= 0) return null;
  const place = Math.max(0, seq - FIRST_SEQ);
  return { offset: Math.floor(place / EVENTS_PER_RECORD), index: place % EVENTS_PER_RECORD };
}
