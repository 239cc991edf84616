import type { SessionEvent } from "../../../shared/model/event.ts";
import type { InnerPlace } from "../../stores/uiStore.ts";
import { subagentKey } from "./subagentRows.ts";
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

/** The row that stands for a place inside an unfolded sub-agent; null where there is none. `events` are the sub-agent's. */
export function innerRowKey(
  { toolUseId, seq }: InnerPlace,
  events: readonly SessionEvent[],
  rows: readonly TranscriptRow[],
): string | null {
  const keys = new Set(rows.map(({ key }) => key));
  for (const event of events.slice(lowerBound(events, seq))) {
    const key = rowKey(event);
    const found = [subagentKey(toolUseId, key), key].find((candidate) => keys.has(candidate));
    if (found !== undefined) return found;
  }
  return null;
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
