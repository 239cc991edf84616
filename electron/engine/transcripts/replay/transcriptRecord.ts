import { isJsonObject, type JsonObject } from "../../../../shared/model/json.ts";
import { isQuietLine } from "./quietRecords.ts";
import type { TranscriptLine } from "./transcriptLine.ts";
import { withoutMedia } from "./withoutMedia.ts";

/** A record and its place in the file. */
export interface TranscriptRecord {
  /** Where its line begins, in bytes from the start of the file. */
  readonly offset: number;
  /** Where the next line begins. */
  readonly endOffset: number;
  /** For a line that nobody can read a stand-in of type `UNREADABLE`: `{type, reason, raw, omittedChars}`. */
  readonly record: JsonObject;
}

/** The type of the record that stands for a line which is none. The CLI's own types have no such word. */
export const UNREADABLE = "unreadable-line";

/** What is kept of a line that nobody can read: enough to see what it was, little enough to show. */
const MAX_RAW_CHARS = 20_000;

/** More than this would take too long to decode and parse in one go; images and documents are not counted. */
const MAX_PARSED_BYTES = 2 * 1024 * 1024;

/** Reads one line; null when it is empty or holds nothing that a reader of the session would miss. */
export function readRecord(line: TranscriptLine): TranscriptRecord | null {
  const { offset, endOffset, bytes, omittedBytes } = line;
  if (isQuietLine(bytes)) return null;
  const shown = omittedBytes > 0 ? bytes : withoutMedia(bytes);
  const tooMany = Math.max(0, shown.length - MAX_PARSED_BYTES);
  const text = withoutPadding(shown.toString("utf8", 0, tooMany > 0 ? MAX_RAW_CHARS : undefined));
  if (text === "") return null;
  const unread = tooMany > 0 ? shown.length - MAX_RAW_CHARS : 0;
  return { offset, endOffset, record: recordIn(text, omittedBytes + unread) };
}

/** `omittedBytes`: what of the line was not read at all. */
function recordIn(text: string, omittedBytes: number): JsonObject {
  if (omittedBytes > 0) return unreadable("too_long", text, omittedBytes);
  const value = parsed(text);
  if (value === undefined) return unreadable("not_json", text);
  return isJsonObject(value) ? value : unreadable("unexpected_shape", text);
}

/** Leaves out a byte order mark, the CR of a CRLF, and the NULs that a crash leaves in files. */
function withoutPadding(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isPadding(text.charCodeAt(start))) start += 1;
  while (end > start && isPadding(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const SPACE = 0x20;
const BYTE_ORDER_MARK = 0xfeff;

function isPadding(code: number): boolean {
  return code <= SPACE || code === BYTE_ORDER_MARK;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(reason: string, text: string, alreadyOmitted = 0): JsonObject {
  const raw = text.slice(0, MAX_RAW_CHARS).toWellFormed();
  return { type: UNREADABLE, reason, raw, omittedChars: text.length - raw.length + alreadyOmitted };
}
