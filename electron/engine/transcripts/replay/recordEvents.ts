import type { EventDraft, SessionEvent } from "../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../shared/model/json.ts";
import { mapRecord } from "./mapRecord.ts";
import { transcriptSeq } from "./transcriptSeq.ts";

/** The time of events that nothing in the transcript dates. */
const UNKNOWN_TIME = "1970-01-01T00:00:00.000Z";

/** A record's facts with its own time; null where it does not say. For what is put on the bus as a file grows. */
export function eventsOf(
  record: JsonObject,
  parentToolUseId: string | null = null,
): readonly { readonly draft: EventDraft; readonly at: string | null }[] {
  const at = timeOf(record);
  return mapRecord(record, parentToolUseId).map((draft) => ({ draft, at }));
}

/** When a record was written, as ISO 8601 in UTC; null when it does not say. */
export function timeOf(record: JsonObject): string | null {
  const given = record["timestamp"];
  if (typeof given !== "string") return null;
  const time = new Date(given);
  if (Number.isNaN(time.getTime())) return null;
  const text = time.toISOString();
  // A year of more than four digits has a sign before it, which is no timestamp of ours.
  return /^\d{4}-/u.test(text) ? text : null;
}

/** What the events of a record get beside their facts. */
export interface RecordPlace {
  readonly sessionId: string;
  /** Where the record's line begins. */
  readonly offset: number;
  /** Null when nothing in the transcript dates the record. */
  readonly at: string | null;
}

/** Gives the facts of one record their places and their time. */
export function placed(drafts: readonly EventDraft[], { sessionId, offset, at }: RecordPlace): readonly SessionEvent[] {
  return drafts.map((draft, index): SessionEvent => ({
    ...draft,
    sessionId,
    seq: transcriptSeq(offset, index),
    at: at ?? UNKNOWN_TIME,
  }));
}
