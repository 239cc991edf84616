import type { SessionEvent } from "../../../shared/model/event.ts";
import type { TranscriptRow } from "./transcriptRow.ts";
import { rowKey } from "./transcriptRows.ts";

/**
 * The row that stands for a place of the transcript: that of the event there, else the first one after it, else the
 * last one. Null when there are no rows. `events` are those that the rows were made of.
 */
export function placeRowKey(
  seq: number,
  events: readonly SessionEvent[],
  rows: readonly TranscriptRow[],
): string | null {
  const from = lowerBound(events, seq);
  const keys = new Set(rows.map(({ key }) => key));
  for (const event of events.slice(from)) {
    const key = rowKey(event);
    if (keys.has(key)) return key;
  }
  return rows.at(-1)?.key ?? null;
}

/** The index of the first event at or after a place. */
function lowerBound(events: readonly SessionEvent[], seq: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.seq ?? Number.POSITIVE_INFINITY) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
