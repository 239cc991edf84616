/**
 * Owns: finding the next or previous mark in a transcript of any size.
 * Invariants: a line is parsed only when its bytes can hold the mark; memory stays that of one chunk and the longest
 * line that is read whole; the event loop runs between two chunks.
 */
import { holdsIn } from "./lineWords.ts";
import { mapRecord } from "./mapRecord.ts";
import { type Mark, markedEvents, mayHoldMark } from "./marks.ts";
import { endBefore, startAfter } from "./places.ts";
import { recordsBackward, recordsForward } from "./readRecords.ts";
import { withTranscript } from "./transcriptFile.ts";
import type { TranscriptLine } from "./transcriptLine.ts";
import { transcriptSeq } from "./transcriptSeq.ts";

export interface SeekOptions {
  readonly path: string;
  readonly mark: Mark;
  readonly direction: "next" | "previous";
  /** The `seq` to look from; without it the start with `next`, the end with `previous`. */
  readonly from?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The place of the nearest mark in that direction; null when there is none.
 * @throws RequestError `transcript_missing`; what `signal` was aborted with.
 */
export function seekMark({ path, mark, direction, from, signal }: SeekOptions): Promise<number | null> {
  const options = { signal, wants: lineFilter(mark) };
  return withTranscript(path, async (file) => {
    const isNext = direction === "next";
    const before = from ?? Number.POSITIVE_INFINITY;
    const records = isNext
      ? recordsForward(file, from === undefined ? 0 : await startAfter(file, from), file.size, options)
      : recordsBackward(file, await endBefore(file, before), options);
    for await (const { offset, record } of records) {
      const places = markedEvents(mapRecord(record), mark).map((index) => transcriptSeq(offset, index));
      const found = isNext
        ? places.find((seq) => seq > (from ?? Number.NEGATIVE_INFINITY))
        : places.findLast((seq) => seq < before);
      if (found !== undefined) return found;
    }
    return null;
  });
}

/** A look at a line's bytes that leaves out nearly all lines without the mark. */
function lineFilter(mark: Mark): (line: TranscriptLine) => boolean {
  return ({ bytes, omittedBytes }) => omittedBytes === 0 && mayHoldMark[mark](holdsIn(bytes));
}
