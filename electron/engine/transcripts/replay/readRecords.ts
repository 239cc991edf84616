/** Records of a transcript from any place, in either direction, with their places. Lines that say nothing are left out. */
import { linesBackward, linesForward, type ReadLinesOptions } from "./readLines.ts";
import type { TranscriptFile } from "./transcriptFile.ts";
import type { TranscriptLine } from "./transcriptLine.ts";
import { readRecord, type TranscriptRecord } from "./transcriptRecord.ts";

export interface ReadRecordsOptions extends ReadLinesOptions {
  /** A look at the bytes that saves parsing lines which are of no use. */
  readonly wants?: ((line: TranscriptLine) => boolean) | undefined;
}

/** Records from `from`, where a line must begin, to `until`. @throws RequestError `transcript_missing`. */
export async function* recordsForward(
  file: TranscriptFile,
  from: number,
  until: number,
  options: ReadRecordsOptions = {},
): AsyncGenerator<TranscriptRecord, void> {
  for await (const lines of linesForward(file, from, until, options)) yield* recordsIn(lines, options.wants);
}

/** Records that end at or before `before`, the last one first. @throws RequestError `transcript_missing`. */
export async function* recordsBackward(
  file: TranscriptFile,
  before: number,
  options: ReadRecordsOptions = {},
): AsyncGenerator<TranscriptRecord, void> {
  for await (const lines of linesBackward(file, before, options)) yield* recordsIn(lines, options.wants);
}

function* recordsIn(
  lines: readonly TranscriptLine[],
  wants: ReadRecordsOptions["wants"],
): Generator<TranscriptRecord, void> {
  for (const line of lines) {
    const record = wants === undefined || wants(line) ? readRecord(line) : null;
    if (record !== null) yield record;
  }
}
