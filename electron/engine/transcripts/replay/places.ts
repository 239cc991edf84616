/** From places of events (`seq`) to places of the file they were read from. */
import { checkPlace, isLineStart, linesForward } from "./readLines.ts";
import type { TranscriptFile } from "./transcriptFile.ts";
import { placeOfSeq } from "./transcriptSeq.ts";

/**
 * Where the record begins that can hold the first event after a place; the end of the file for a place of the bus.
 * @throws RequestError `transcript_missing` when the place is none of this file: another one stands there now.
 */
export async function startAfter(file: TranscriptFile, seq: number): Promise<number> {
  const place = placeOfSeq(seq);
  const next = placeOfSeq(seq + 1);
  if (place === null || next === null) return file.size;
  // The place just before a record's first one lies on the byte before it, but is meant for what follows.
  if (place.offset !== next.offset && (await isLineStart(file, next.offset))) return next.offset;
  await checkPlace(file, place.offset);
  return place.offset;
}

/** Where the record ends that can hold the last event before a place. @throws RequestError as `startAfter`. */
export async function endBefore(file: TranscriptFile, seq: number): Promise<number> {
  const place = seq === Number.POSITIVE_INFINITY ? null : placeOfSeq(seq);
  if (place === null) return file.size;
  await checkPlace(file, place.offset);
  if (place.index === 0 || place.offset === file.size) return place.offset;
  for await (const [line] of linesForward(file, place.offset, file.size)) {
    if (line !== undefined) return line.endOffset;
  }
  return place.offset;
}
