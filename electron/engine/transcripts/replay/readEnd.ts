import type { JsonObject } from "../../../../shared/model/json.ts";
import { endOfLines } from "./readLines.ts";
import { recordsBackward } from "./readRecords.ts";
import { withTranscript } from "./transcriptFile.ts";

/** What is read of the end: a turn's last steps, far more than tell what a session is doing. */
const MAX_RECORDS = 200;
const MAX_BYTES = 256 * 1024;

/** The last records of a transcript, oldest first, and where its last whole line ends. */
export interface TranscriptEnd {
  readonly records: readonly JsonObject[];
  /** Bytes from the start of the file; a tail goes on here. */
  readonly endOffset: number;
}

/** Reads the end of a transcript; at least one record, however long. @throws RequestError `transcript_missing`. */
export function readEnd(path: string): Promise<TranscriptEnd> {
  return withTranscript(path, async (file) => {
    const records: JsonObject[] = [];
    const endOffset = await endOfLines(file, file.size);
    for await (const { offset, record } of recordsBackward(file, endOffset)) {
      if (records.length >= MAX_RECORDS || (records.length > 0 && endOffset - offset > MAX_BYTES)) break;
      records.unshift(record);
    }
    return { records, endOffset };
  });
}
