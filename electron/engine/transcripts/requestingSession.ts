import type { RecordReader } from "./recordReader.ts";

/**
 * The session that a record was written for first. 2.1.329 names it in the copies that a fork begins with, as the one that
 * made the request; versions before it named the session that the fork was made of; older ones copied the records of a
 * resumed session as they were. Null when the record names none.
 */
export function requestingSession(record: RecordReader): string | null {
  return record.text("requestSessionId") ?? record.text("forkedFromSession") ?? record.text("sessionId");
}
